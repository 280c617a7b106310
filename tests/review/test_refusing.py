"""Which decisions are refused, whoever asks."""

from pathlib import Path

import pytest
from flask import current_app
from sqlalchemy import select
from sqlalchemy.exc import DBAPIError

from mobilizer.core import clock
from mobilizer.core.database import db
from mobilizer.core.errors import NotVisible, RuleBroken
from mobilizer.evidence.rules.details import Details
from mobilizer.evidence.rules.links import EvidenceKind
from mobilizer.monitoring.models import Revision
from mobilizer.monitoring.rules.answers import Incomplete
from mobilizer.monitoring.rules.workflow import EntryState
from mobilizer.promises.rules import PromiseState
from mobilizer.review import actions
from mobilizer.review.models import Decision
from mobilizer.review.rules import Superseded
from mobilizer.scoring.rules import Rating
from tests.evidence import pictures
from tests.evidence.uploading import announced, send
from tests.review.stored import NOW, findings, nothing_happened

PHOTO = pictures.jpeg((400, 300))


@pytest.fixture(autouse=True)
def november():
    with clock.at(NOW):
        yield


def test_who_wrote_a_revision_does_not_decide_even_after_it_was_handed_over(make):
    mira = make.mentor("Polog")
    make.posting(mira, "mobilizer", "Polog")
    entry = make.report(make.assignment(mira, mentor=make.mentor("Polog")))
    entry.assignment.mobilizer = make.mobilizer("Polog")
    db.session.flush()

    with pytest.raises(RuleBroken, match="own"):
        make.decision(entry, "approve", by=mira)

    assert nothing_happened(entry)


def test_a_report_is_not_returned_to_who_can_no_longer_send_it(make, page):
    entry = make.report()
    for posting in entry.assignment.mobilizer.postings:
        posting.ended_at = NOW
    page.sign_in(entry.assignment.mentor)
    assert "not returned" in page.get("review.show", entry_id=entry.id)
    said = {"verdict": "return", "comment_whole": "Which of the ten schools were built?"}

    refused = page.post("review.decide", entry_id=entry.id, data=said, expect=422)

    assert "no longer a mobilizer" in refused.texts("#verdict-error")[0]
    assert said["comment_whole"] in refused
    assert nothing_happened(entry)
    page.post("review.decide", entry_id=entry.id, data={**said, "verdict": "reject"})
    assert entry.state is EntryState.REJECTED


def test_a_mentor_of_another_region_does_not_learn_that_it_exists(make):
    entry = make.report()

    with pytest.raises(NotVisible):
        make.decision(entry, "approve", by=make.mentor("Skopje"))


def test_a_decision_names_the_hash_of_what_was_seen(make):
    entry = make.report()
    asked = make.ruling(entry, "approve")
    swapped = type(asked)(asked.verdict, asked.revision, "0" * 64, {})

    with pytest.raises(Superseded):
        actions.decide(entry.id, swapped, by=entry.assignment.mentor)

    assert nothing_happened(entry)
    made = actions.decide(entry.id, asked, by=entry.assignment.mentor)
    assert made.decision.sha256 == made.decision.revision.sha256


@pytest.mark.parametrize("swap", ["answers", "sha256"])
def test_a_revision_cannot_be_swapped_once_it_came_in(make, swap):
    entry = make.report()
    make.decision(entry, "approve")
    db.session.commit()
    revision = db.session.scalars(select(Revision)).one()

    setattr(revision, swap, {"rating": "kept"} if swap == "answers" else "0" * 64)
    with pytest.raises(DBAPIError, match="append-only"):
        db.session.flush()
    db.session.rollback()


def test_a_decision_can_neither_be_changed_nor_made_twice_on_one_revision(make):
    entry = make.report()
    made = make.decision(entry, "return").decision
    again = {"revision_id": made.revision_id, "by_id": made.by_id, "decided_at": clock.now()}
    db.session.commit()

    db.session.add(Decision(verdict="approve", sha256=made.sha256, **again))
    with pytest.raises(DBAPIError, match=r"(?i)unique|append-only"):
        db.session.flush()
    db.session.rollback()
    made.reason = "Another."
    with pytest.raises(DBAPIError, match="append-only"):
        db.session.flush()
    db.session.rollback()


@pytest.mark.parametrize("state", [state for state in EntryState if state != "submitted"])
def test_only_what_waits_is_decided_on(make, state):
    entry = make.report(state=state)

    with pytest.raises(RuleBroken):
        make.decision(entry, "approve")

    assert entry.state is state
    assert findings() == []


def test_after_two_returns_the_coordinator_decides(make):
    entry = make.report()
    for _ in range(2):
        make.decision(entry, "return")
        entry.state = EntryState.SUBMITTED
        make.revision(entry)

    with pytest.raises(RuleBroken, match="coordinator"):
        make.decision(entry, "approve")
    made = make.decision(entry, "approve", by=make.coordinator())

    assert made.finding is not None


def test_nothing_is_approved_before_its_promise_is_public(make, page):
    promise = make.promise(state=PromiseState.CHECKED)
    entry = make.report(make.assignment(promise=promise))
    page.sign_in(entry.assignment.mentor)

    assert "The promise is not public yet" in page.get("review.show", entry_id=entry.id)
    answer = page.post("review.decide", entry_id=entry.id, data={"verdict": "approve"}, expect=422)

    assert "The promise is not public yet" in " ".join(answer.texts(".has-error .error"))
    assert nothing_happened(entry)


def test_nothing_is_approved_without_evidence(make):
    entry = make.entry(state=EntryState.SUBMITTED)
    make.revision(entry)

    with pytest.raises(Incomplete) as caught:
        make.decision(entry, "approve")

    assert [fault.field for fault in caught.value.faults] == ["verdict"]


def test_a_contradiction_that_nobody_explained_is_shown_and_not_approved(make, page):
    entry = make.report(rating=Rating.KEPT, light_1="red")
    page.sign_in(entry.assignment.mentor)

    assert "A light is red, but the rating says “kept”." in page.get(
        "review.show", entry_id=entry.id
    )
    page.post("review.decide", entry_id=entry.id, data={"verdict": "approve"}, expect=422)

    assert nothing_happened(entry)


def test_a_request_that_is_proved_and_denied_is_shown_and_not_approved(make, page):
    entry = make.entry(state=EntryState.SUBMITTED)
    make.evidence(entry, kind=EvidenceKind.REQUEST, address="12-34/2026")
    make.revision(entry, foi="not_sent")
    page.sign_in(entry.assignment.mentor)

    shown = page.get("review.show", entry_id=entry.id)
    assert "The number of a request is among the evidence" in shown
    page.post("review.decide", entry_id=entry.id, data={"verdict": "approve"}, expect=422)

    assert nothing_happened(entry)


def test_a_photo_whose_files_are_gone_is_not_approved(make):
    entry = make.entry(state=EntryState.SUBMITTED)
    photo = make.photo(entry, has_consent=True)
    make.revision(entry)
    kept = Path(current_app.config["MEDIA_FOLDER"]) / "copies"
    next(kept.glob(f"{photo.media_sha256}-*")).unlink()

    with pytest.raises(Incomplete):
        make.decision(entry, "approve")


def test_a_photo_that_is_on_its_way_is_waited_for(make, page):
    entry = make.entry(state=EntryState.SUBMITTED)
    make.evidence(entry)
    upload = announced(entry, PHOTO, details=Details(has_consent=True))
    db.session.expire(entry, ["evidence"])
    make.revision(entry)
    page.sign_in(entry.assignment.mentor)

    assert "still on its way" in page.get("review.show", entry_id=entry.id)
    page.post("review.decide", entry_id=entry.id, data={"verdict": "approve"}, expect=422)
    assert nothing_happened(entry)

    send(upload, PHOTO)
    assert "still on its way" not in page.get("review.show", entry_id=entry.id)
    page.post("review.decide", entry_id=entry.id, data={"verdict": "approve"})
    (finding,) = findings()
    assert upload.evidence.media_sha256 in str(finding.content)


def test_a_photo_that_cannot_be_read_is_asked_for_again(make, page):
    entry = make.entry(state=EntryState.SUBMITTED)
    make.evidence(entry)
    send(announced(entry, b"no photo"), b"no photo")
    db.session.expire(entry, ["evidence"])
    make.revision(entry)
    page.sign_in(entry.assignment.mentor)

    assert "cannot be read" in page.get("review.show", entry_id=entry.id)
    with pytest.raises(Incomplete):
        make.decision(entry, "approve")
    assert make.decision(entry, "return", evidence="Again, please.")
