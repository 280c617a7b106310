"""Taking the log out of the programme, which the log tells too."""

from mobilizer.accounts.models import User
from mobilizer.accounts.rules import Role
from mobilizer.audit.actions import record
from mobilizer.core.database import db
from mobilizer.cycles.models import Cycle
from mobilizer.desk import queries
from mobilizer.desk.queries import Line, Wanted


def export(wanted: Wanted, zone: str, *, by: User) -> list[Line]:
    """All steps that she may read and asks for, the latest first.

    Raises:
        RuleBroken: there are too many for one file.
    """
    found = queries.every_line(by, wanted, zone)
    since, until = (day.isoformat() if day else None for day in (wanted.since, wanted.until))
    for cycle in _cycles(by):
        record(by, "audit.export", cycle, rows=len(found), since=since, until=until)
    return found


def _cycles(by: User) -> list[Cycle]:
    """All whose log it may be, so that everybody who oversees one of them reads of it."""
    hers = Cycle.id.in_(by.cycle_ids(Role.COORDINATOR))
    return list(db.session.scalars(db.select(Cycle).where(hers).order_by(Cycle.id)))
