"""A mobilizer files her month on the phone."""

from datetime import UTC, datetime

import pytest

from mobilizer.core import clock
from mobilizer.core.database import db
from mobilizer.monitoring.models import Entry, Revision
from mobilizer.monitoring.rules.workflow import EntryState, RevisionKind

OPEN = datetime(2026, 11, 22, 10, tzinfo=UTC)
REASON = "The works have begun and the first school stands."
FINDING = "Two schools are finished, said the mayor on 20 November."
VIDEO = "https://www.youtube.com/watch?v=dQw4w9WgXcQ"


@pytest.fixture(autouse=True)
def november():
    with clock.at(OPEN):
        yield


def where(assignment, month="2026-11", **more):
    return {"assignment_id": assignment.id, "month": month, **more}


def file(page, assignment, rating="in_progress", value="2", light="green"):
    """Everything a central promise with one indicator asks."""
    at = where(assignment)
    page.post(
        "monitoring.save",
        screen="state",
        **at,
        data={"rating": rating, "rating_reason": REASON, "next_step": "Visit the site."},
    )
    page.post(
        "monitoring.save",
        screen="indicator-1",
        **at,
        data={"value_1": value, "light_1": light, "finding_1": FINDING},
    )
    page.post("monitoring.save_evidence", **at, data={"link": VIDEO})


def test_a_report_with_a_video_link_goes_from_the_home_screen_to_the_mentor(make, page):
    assignment = make.assignment()
    page.sign_in(assignment.mobilizer)

    assert "File November 2026" in page.get("monitoring.home")
    file(page, assignment)
    page.post("monitoring.send", **where(assignment))

    entry = db.session.scalars(db.select(Entry)).one()
    revision = db.session.scalars(db.select(Revision)).one()
    assert (entry.state, entry.newest, entry.draft) == (EntryState.SUBMITTED, 1, None)
    assert revision.kind == RevisionKind.FULL
    assert revision.answers["value_1"] == "2"
    assert [piece.address for piece in revision.evidence] == [VIDEO]
    assert "Waiting for review" in page.get("monitoring.home")
