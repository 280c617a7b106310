"""What may be read of the month, and by whom."""

from mobilizer.monitoring.queries.beside import Beside, beside, evidence_of, messages_of
from mobilizer.monitoring.queries.held import with_reports
from mobilizer.monitoring.queries.history import history
from mobilizer.monitoring.queries.months import Month, Months, Task, months_of
from mobilizer.monitoring.queries.reports import (
    Report,
    before,
    matrix_of,
    newest_of,
    places_for,
    report,
    report_on,
    version,
    window_of,
)
from mobilizer.monitoring.queries.visible import assignments_of, evidence_visible_to, visible_to

__all__ = [
    "Beside",
    "Month",
    "Months",
    "Report",
    "Task",
    "assignments_of",
    "before",
    "beside",
    "evidence_of",
    "evidence_visible_to",
    "history",
    "matrix_of",
    "messages_of",
    "months_of",
    "newest_of",
    "places_for",
    "report",
    "report_on",
    "version",
    "visible_to",
    "window_of",
    "with_reports",
]
