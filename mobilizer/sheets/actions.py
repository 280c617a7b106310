"""Taking filled sheets out of the programme, which the log tells. The caller commits."""

from datetime import date

from mobilizer.accounts.models import User
from mobilizer.assignments.models import Assignment
from mobilizer.audit.actions import record
from mobilizer.cycles.models import Cycle
from mobilizer.places.models import Place
from mobilizer.sheets import queries
from mobilizer.sheets.rules import Sheet


def export_one(assignment_id: str, month: date, *, by: User) -> tuple[Assignment, Sheet]:
    """One assignment's sheet of a month, to be saved as a file.

    Raises:
        NotVisible: she does not oversee it, or it does not reach into this month.
    """
    assignment, sheet = queries.sheet(by, assignment_id, month)
    record(by, "sheet.export", assignment, month=month.isoformat(), rows=1)
    return assignment, sheet


def export_month(
    cycle: Cycle, month: date, region: Place | None = None, *, by: User
) -> list[Sheet]:
    """All sheets of a month of her cycle, or of one of its regions, to be saved as a file."""
    sheets = queries.sheets(by, cycle, month, region)
    record(
        by,
        "sheet.export",
        cycle,
        month=month.isoformat(),
        rows=len(sheets),
        only_region=region.code if region else None,
    )
    return sheets
