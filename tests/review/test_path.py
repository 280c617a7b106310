"""From the queue to the public number."""

from mobilizer.core.database import db
from mobilizer.findings.models import Finding
from mobilizer.monitoring.rules.workflow import EntryState
from mobilizer.scoring.rules import Rating


def test_an_approval_publishes_a_finding(make, page):
    entry = make.report(rating=Rating.PARTLY_KEPT)
    assignment = entry.assignment
    page.sign_in(assignment.mentor)

    assert assignment.promise.titles["en"] in page.get("review.queue")
    page.get("review.show", entry_id=entry.id)
    page.post("review.decide", entry_id=entry.id, data={"verdict": "approve"})

    finding = db.session.scalars(db.select(Finding)).one()
    assert entry.state is EntryState.APPROVED
    assert finding.rating is Rating.PARTLY_KEPT
    assert finding.promise_id == assignment.promise_id
    assert finding.place_id == assignment.place_id
    assert finding.month == entry.month
    assert "finding 1" in page.get("review.queue")
