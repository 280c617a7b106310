"""What is said in the world of ``tests.support.world``, and noted of a meeting."""

from typing import Any

from mobilizer.core import clock
from mobilizer.monitoring.models import Entry
from tests.builders import Builders


def talk(make: Builders, waiting: Entry, sent_back: Entry) -> dict[str, Any]:
    """Two comments on what was sent back, one resolved; a mention; a meeting that is shared."""
    assignment = waiting.assignment
    asked = make.comment(sent_back, "rating", "Who said so?")
    resolved = make.comment(sent_back, "next_step", "By when?", resolved_at=clock.now())
    make.comment(waiting, "rating", f"As in #{assignment.promise.number}?")
    meeting = make.meeting(assignment.mobilizer, assignment.mentor, is_shared=True)
    return {"asked": asked.id, "resolved": resolved.id, "meeting": meeting.id}
