"""Which rules of a cycle were changed after it began: from the log, where nobody can mend it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from sqlalchemy import select

from mobilizer.audit.models import AuditEvent
from mobilizer.core import clock
from mobilizer.core.database import db
from mobilizer.cycles.models import Cycle
from mobilizer.cycles.rules.settings import Changed, rule_changes


@dataclass(frozen=True)
class Dated:
    """A rule that was changed, and on which day. Never by whom, and never at what time."""

    on: date
    change: Changed


@dataclass(frozen=True)
class Settled:
    """When a cycle began, and what of its rules was changed from then on, the latest first."""

    began: date
    changes: Sequence[Dated]


def settled(cycle: Cycle) -> Settled:
    """How the rules of a cycle have held: one query.

    It began with the earliest month that was ever its first one: putting the first month off
    afterwards hides no change.
    """
    steps = db.session.execute(
        select(AuditEvent.at, AuditEvent.details)
        .where(
            AuditEvent.subject_kind == Cycle.__tablename__,
            AuditEvent.subject_key == str(cycle.id),
            AuditEvent.verb == "cycle.change",
        )
        .order_by(AuditEvent.id.desc())
    ).all()
    zone = ZoneInfo(cycle.time_zone)
    dated = [
        Dated(at.astimezone(zone).date(), change)
        for at, details in steps
        for change in rule_changes(details.get("changed", {}))
    ]
    firsts = (one.change.before for one in dated if one.change.name == "first_month")
    began = min([cycle.first_month, *(one for one in firsts if isinstance(one, date))])
    return Settled(began, [one for one in dated if one.on >= began])


def is_settled(cycle: Cycle) -> bool:
    """Whether the public has seen a cycle that has begun: then some of its rules stay as they are.

    Hiding it for a moment frees none of them: that it was hidden is one of the changes.
    """
    held = settled(cycle)
    was_shown = cycle.is_public or any(one.change.name == "is_public" for one in held.changes)
    return was_shown and clock.today(cycle.time_zone) >= held.began
