"""What happened to a report: to itself, to its evidence, to what it published."""

from sqlalchemy import select

from mobilizer.evidence.models import Evidence
from mobilizer.findings.models import Finding
from mobilizer.history.queries import History, happened
from mobilizer.monitoring.models import Entry, Revision


def history(entry: Entry) -> History:
    """The latest steps on a report, for whoever may review it."""
    revisions = select(Revision.id).where(Revision.entry_id == entry.id)
    return happened(
        entry,
        evidence=select(Evidence.id).where(Evidence.entry_id == entry.id),
        finding=select(Finding.number).where(Finding.revision_id.in_(revisions)),
    )
