"""What happened to a report, for its author."""

from sqlalchemy import select

from mobilizer.evidence.models import Evidence
from mobilizer.history.queries import History, happened
from mobilizer.monitoring.queries.reports import Report


def history(report: Report) -> History | None:
    """The latest steps on her report and its evidence; None before there is any."""
    if report.entry is None:
        return None
    return happened(
        report.entry, evidence=select(Evidence.id).where(Evidence.entry_id == report.entry.id)
    )
