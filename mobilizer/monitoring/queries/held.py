"""The months of a cycle in which something was reported, or is being written."""

from datetime import date

from sqlalchemy import Select, select

from mobilizer.assignments.models import Assignment
from mobilizer.cycles.models import Cycle
from mobilizer.cycles.queries.held import holds_months
from mobilizer.monitoring.models import Entry


@holds_months
def with_reports(cycle: Cycle) -> Select[date]:
    """Each month of a cycle that holds a report, sent or not."""
    return (
        select(Entry.month)
        .join(Assignment, Assignment.id == Entry.assignment_id)
        .where(Assignment.cycle_id == cycle.id)
        .distinct()
    )
