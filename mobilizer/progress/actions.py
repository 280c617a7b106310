"""Taking the numbers out of the programme, which the log tells. The caller commits."""

from mobilizer.accounts.models import User
from mobilizer.audit.actions import record
from mobilizer.core.database import db
from mobilizer.cycles.models import Cycle
from mobilizer.places.models import Place
from mobilizer.progress import queries
from mobilizer.progress.queries import Narrowed, Table
from mobilizer.progress.rules import By


def export(cycle: Cycle, each: By, narrowed: Narrowed, *, kind: str, by: User) -> Table:
    """The table that she may see and asks for, to be saved as a file.

    Args:
        cycle: one of hers.
        each: what its rows stand for.
        narrowed: what is counted; it has been found for her.
        kind: of which kind the file is.
        by: who takes it.
    """
    table = queries.table(by, cycle, each, narrowed)
    region = db.session.get(Place, narrowed.region_id) if narrowed.region_id else None
    record(
        by,
        "progress.export",
        cycle,
        each=each.value,
        file=kind,
        rows=sum(month in line.row.months for line in table.lines for month in table.months),
        first_month=narrowed.months[0].isoformat(),
        last_month=narrowed.months[-1].isoformat(),
        only_region=region.code if region else None,
        only_mentor=narrowed.mentor_id,
        only_mobilizer=narrowed.mobilizer_id,
    )
    return table
