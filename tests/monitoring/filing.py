"""Filing a report through the pages, as a phone without script does."""

from typing import Any

from mobilizer.assignments.models import Assignment
from mobilizer.monitoring.models import Entry
from tests.support.page import Page

REASON = "The works have begun and the first school stands."
FINDING = "Two schools are finished, said the mayor on 20 November."
VIDEO = "https://www.youtube.com/watch?v=dQw4w9WgXcQ"


def where(assignment: Assignment, month: str = "2026-11") -> dict[str, Any]:
    """The address of a report."""
    return {"assignment_id": assignment.id, "month": month}


def on(entry: Entry) -> dict[str, Any]:
    return where(entry.assignment, entry.month.strftime("%Y-%m"))


def fill(
    page: Page,
    assignment: Assignment,
    *,
    month: str = "2026-11",
    only: tuple[str, ...] = ("state", "indicator-1", "evidence"),
    rating: str = "in_progress",
    value: str = "2",
    light: str = "yellow",
) -> None:
    """Go through the screens of a central promise with one indicator."""
    typed = {
        "state": {"rating": rating, "rating_reason": REASON, "next_step": "Visit the site."},
        "indicator-1": {"value_1": value, "light_1": light, "finding_1": FINDING},
        "evidence": {"link": VIDEO},
    }
    for screen in only:
        view = "save_evidence" if screen == "evidence" else "save"
        more = {} if screen == "evidence" else {"screen": screen}
        page.post(f"monitoring.{view}", **where(assignment, month), **more, data=typed[screen])
