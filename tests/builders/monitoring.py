"""The month: entries."""

from datetime import date
from typing import Any

from mobilizer.assignments.models import Assignment
from mobilizer.core import clock
from mobilizer.monitoring.models import Entry
from mobilizer.monitoring.rules.workflow import EntryState
from tests.builders.assignments import AssignmentBuilders
from tests.builders.base import month


class MonitoringBuilders(AssignmentBuilders):
    """What was filed."""

    def entry(
        self,
        assignment: Assignment | None = None,
        *,
        state: EntryState | str = EntryState.DRAFT,
        **given: Any,
    ) -> Entry:
        """An entry for the assignment's first month, without revisions."""
        assignment = assignment or self.assignment()
        filed_for: str | date = given.pop("month", assignment.first_month)
        return self._keep(
            Entry(
                assignment=assignment,
                month=month(filed_for),
                state=EntryState(state),
                created_at=clock.now(),
                **given,
            )
        )
