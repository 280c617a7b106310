"""What mentors noted of their meetings."""

from datetime import date
from typing import Any

from mobilizer.accounts.models import User
from mobilizer.core import clock
from mobilizer.mentoring.models import Meeting
from tests.builders.people import PeopleBuilders


class MentoringBuilders(PeopleBuilders):
    """Records of meetings."""

    def meeting(self, mobilizer: User, mentor: User, **given: Any) -> Meeting:
        """A meeting of today about evidence, not shared, with a next step of the week after."""
        today = clock.now().date()
        values: dict[str, Any] = {
            "cycle_id": mobilizer.current_postings[0].cycle_id,
            "met_on": today,
            "minutes": 45,
            "subject": "Photos as evidence",
            "advice": "Take the sign of the building site into the picture.",
            "next_step": "Visit the site together.",
            "next_step_on": date(today.year, today.month, 28),
            "created_at": clock.now(),
        }
        return self._keep(Meeting(mobilizer=mobilizer, mentor=mentor, **{**values, **given}))
