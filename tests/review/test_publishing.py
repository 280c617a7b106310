"""What an approval publishes, and what is let in after the close."""

import pytest
from sqlalchemy import select

from mobilizer.audit.models import AuditEvent
from mobilizer.core import clock
from mobilizer.core.database import db
from mobilizer.cycles.rules import Timeliness
from mobilizer.findings.queries import latest
from mobilizer.monitoring.rules.workflow import EntryState, RevisionKind
from mobilizer.scoring.rules import Rating
from tests.review.stored import NOW, WHY, findings


@pytest.fixture(autouse=True)
def november():
    with clock.at(NOW):
        yield


def test_a_finding_holds_what_was_approved_and_nothing_private(make):
    place = make.municipality("Tetovo")
    promise = make.promise(places=[place])
    mobilizer = make.mobilizer("Polog", language="sq")
    entry = make.entry(
        make.assignment(mobilizer, promise=promise, place=place),
        state=EntryState.SUBMITTED,
        month="2026-11",
    )
    make.photo(entry, caption="A face")
    shown = make.photo(entry, caption="A bridge", has_consent=True)
    make.evidence(entry, caption="The news")
    make.revision(
        entry, Rating.PARTLY_KEPT, note_mentor="My secret.", contact="Her name.", contact_on=""
    )

    finding = make.decision(entry, "approve").finding

    assert (finding.rating, finding.place, finding.month) == (
        Rating.PARTLY_KEPT,
        place,
        entry.month,
    )
    assert finding.content["language"] == "sq"
    assert finding.content["kind"] == "full"
    assert {piece.get("media") for piece in finding.content["evidence"]} == {
        None,
        shown.media_sha256,
    }
    told = str(finding.content)
    for private in ("A face", "My secret", "Her name", "Ask the ministry", mobilizer.alias):
        assert private not in told


def test_could_not_find_out_leaves_the_reading_as_it_is(make):
    assignment = make.assignment()
    make.finding(assignment.promise, Rating.STALLED, place=assignment.place)
    entry = make.entry(assignment, state=EntryState.SUBMITTED, month="2026-11")
    # The month before said "partly kept", and nobody has approved that.
    make.revision(
        entry, Rating.PARTLY_KEPT, kind=RevisionKind.NOT_FOUND_OUT, evidence=[], because="no_reply"
    )

    make.decision(entry, "approve")

    assert [finding.rating for finding in findings()] == [Rating.STALLED, Rating.STALLED]
    assert findings()[-1].content["kind"] == "not_found_out"


def test_could_not_find_out_about_what_was_never_rated_is_approved_and_publishes_nothing(
    make, page
):
    entry = make.entry(state=EntryState.SUBMITTED)
    make.revision(
        entry,
        Rating.NOT_YET_RATED,
        kind=RevisionKind.NOT_FOUND_OUT,
        evidence=[],
        because="no_reply",
    )
    page.sign_in(entry.assignment.mentor)

    page.post("review.decide", entry_id=entry.id, data={"verdict": "approve"})

    assert entry.state is EntryState.APPROVED
    assert findings() == []
    assert "Nothing was published" in page.get("review.queue")


def test_an_old_month_is_published_and_never_replaces_a_newer_one(make):
    assignment = make.assignment()
    old = make.report(assignment, Rating.NOT_STARTED, month="2026-10")
    make.decision(make.report(assignment, Rating.PARTLY_KEPT, month="2026-11"), "approve")

    made = make.decision(old, "approve")

    assert made.finding is not None
    assert [finding.rating for finding in findings()] == [Rating.PARTLY_KEPT, Rating.NOT_STARTED]
    readings = db.session.scalars(latest(assignment.cycle_id)).all()
    assert [reading.rating for reading in readings] == [Rating.PARTLY_KEPT]


def test_what_came_after_the_close_is_let_in_as_late_and_then_decided_on(make, page):
    entry = make.report()
    entry.is_quarantined, entry.timeliness = True, Timeliness.AFTER_CLOSE
    page.sign_in(entry.assignment.mentor)
    page.post("review.release", entry_id=entry.id, expect=403)
    page.post("review.decide", entry_id=entry.id, data={"verdict": "approve"}, expect=422)
    assert entry.is_quarantined

    page.sign_in(make.coordinator())
    assert entry.assignment.promise.titles["en"] in page.get("review.queue", show="after_close")
    page.get("review.show", entry_id=entry.id)
    page.post("review.release", entry_id=entry.id)
    page.post("review.release", entry_id=entry.id)

    assert "let in already" in page.get("review.show", entry_id=entry.id)
    assert (entry.is_quarantined, entry.timeliness) == (False, Timeliness.LATE)
    page.sign_in(entry.assignment.mentor)
    page.post("review.decide", entry_id=entry.id, data={"verdict": "approve"})
    assert entry.state is EntryState.APPROVED


def test_every_decision_is_in_the_log_with_its_revision_and_no_private_words(make):
    entry = make.report()
    make.decision(entry, "return", whole=WHY)

    event = db.session.scalars(select(AuditEvent).where(AuditEvent.verb == "entry.return")).one()
    assert event.by_id == entry.assignment.mentor_id
    assert event.details["revision"] == 1
    assert event.details["sha256"] == entry.revisions[0].sha256
    assert event.details["state"] == {"from": "submitted", "to": "returned"}
    assert WHY not in str(event.details)
