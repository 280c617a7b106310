"""A mentor decides: what is stored, what is public, what she is told, and what is refused."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from flask import current_app
from sqlalchemy import func, select
from sqlalchemy.exc import DBAPIError

from mobilizer.audit.models import AuditEvent
from mobilizer.core import clock
from mobilizer.core.database import db
from mobilizer.core.errors import NotVisible, RuleBroken
from mobilizer.cycles.rules import Timeliness
from mobilizer.findings.models import Finding
from mobilizer.findings.queries import latest
from mobilizer.monitoring.models import Comment, Revision
from mobilizer.monitoring.rules.answers import Incomplete
from mobilizer.monitoring.rules.workflow import EntryState, RevisionKind
from mobilizer.promises.rules import PromiseState
from mobilizer.review import actions
from mobilizer.review.models import Decision
from mobilizer.review.rules import Superseded
from mobilizer.scoring.rules import Rating

NOW = datetime(2026, 11, 22, 10, tzinfo=UTC)
WHY = "Please say who told you."


@pytest.fixture(autouse=True)
def november():
    with clock.at(NOW):
        yield


def findings():
    return db.session.scalars(select(Finding).order_by(Finding.number)).all()


def how_many(model):
    return db.session.scalar(select(func.count()).select_from(model))


def nothing_happened(entry):
    return (
        entry.state is EntryState.SUBMITTED
        and how_many(Decision) == how_many(Finding) == how_many(Comment) == 0
    )


# --- through the pages


def test_a_return_with_comments_is_answered_and_approved(make, page):
    entry = make.report(month="2026-11")
    mentor, mobilizer = entry.assignment.mentor, entry.assignment.mobilizer
    at = {"assignment_id": entry.assignment_id, "month": "2026-11"}

    page.sign_in(mentor)
    page.post(
        "review.decide",
        entry_id=entry.id,
        data={"verdict": "return", "comment_whole": WHY, "comment_value_1": "Of how many?"},
    )
    page.sign_in(mobilizer)
    assert WHY in page.get("monitoring.home")
    shown = page.get("monitoring.show", **at)
    assert WHY in shown
    assert "Of how many?" in shown
    answer = {"reply_value_1": "Two of the ten.", "value_1": "2", "light_1": "green"}
    found = "Two schools are finished, said the mayor on 20 November."
    page.post("monitoring.save", screen="indicator-1", **at, data={**answer, "finding_1": found})
    page.post("monitoring.send", **at, data={"reply_whole": "The mayor, on 20 November."})
    assert (entry.state, entry.newest) == (EntryState.SUBMITTED, 2)

    page.sign_in(mentor)
    shown = page.get("review.show", entry_id=entry.id)
    assert "Two of the ten." in shown
    assert "mended" in shown
    page.post("review.decide", entry_id=entry.id, data={"verdict": "approve"})

    assert entry.state is EntryState.APPROVED
    assert [finding.revision_id for finding in findings()] == [
        max(revision.id for revision in entry.revisions)
    ]
    page.sign_in(mobilizer)
    assert "Approved" in page.get("monitoring.show", **at)


def test_a_rejection_gives_its_reason_to_the_mobilizer(make, page):
    entry = make.report(month="2026-11")
    page.sign_in(entry.assignment.mentor)

    data = {"verdict": "reject", "comment_whole": "This is about another promise."}
    page.post("review.decide", entry_id=entry.id, data=data)

    decision = db.session.scalars(select(Decision)).one()
    assert (entry.state, decision.reason) == (EntryState.REJECTED, data["comment_whole"])
    assert findings() == []
    page.sign_in(entry.assignment.mobilizer)
    at = {"assignment_id": entry.assignment_id, "month": "2026-11"}
    assert data["comment_whole"] in page.get("monitoring.show", **at)


@pytest.mark.parametrize(
    ("data", "says"),
    [
        ({"comment_rating": "Kept by me."}, "Choose a decision."),
        ({"verdict": "burn", "comment_rating": "Kept by me."}, "Choose a decision."),
        ({"verdict": "return"}, "Say what to change"),
        ({"verdict": "reject", "comment_rating": "Kept by me."}, "A rejection needs a reason."),
        ({"verdict": "approve", "comment_rating": "Kept by me. " * 200}, "At most 2000"),
    ],
)
def test_what_is_missing_is_said_beside_the_field_and_nothing_typed_is_lost(make, page, data, says):
    entry = make.report()
    page.sign_in(entry.assignment.mentor)

    answer = page.post("review.decide", entry_id=entry.id, data=data, expect=422)

    assert any(says in text for text in answer.texts(".has-error .error"))
    kept = answer.query("textarea[name=comment_rating]")[0].to_text()
    assert kept.strip() == data.get("comment_rating", "").strip()
    assert nothing_happened(entry)


def test_a_decision_on_an_older_revision_is_refused_and_the_newer_one_shown(make, page):
    entry = make.report()
    page.sign_in(entry.assignment.mentor)
    page.get("review.show", entry_id=entry.id)
    make.revision(entry, rating_reason="It was seen by three people on the eighth of November.")

    data = {"verdict": "approve", "comment_rating": "Well seen."}
    answer = page.post("review.decide", entry_id=entry.id, data=data, expect=422)

    assert "A newer version of this report came in" in answer
    assert "by three people on the eighth" in answer
    assert answer.query("textarea[name=comment_rating]")[0].to_text().strip() == "Well seen."
    assert not [one for one in answer.query("input[name=verdict]") if "checked" in one.attrs]
    assert nothing_happened(entry)
    page.post("review.decide", entry_id=entry.id, data=data)
    assert entry.state is EntryState.APPROVED


def test_who_comes_second_is_told_who_decided_and_keeps_what_she_typed(make, page):
    entry = make.report()
    other = make.mentor("Polog", full_name="Other Mentor")
    page.sign_in(entry.assignment.mentor)
    page.get("review.show", entry_id=entry.id)
    make.decision(entry, "return", by=other, whole=WHY)

    data = {"verdict": "approve", "comment_rating": "Well seen."}
    answer = page.post("review.decide", entry_id=entry.id, data=data, expect=422)

    assert "Other Mentor has decided on this report meanwhile: Returned for changes" in answer
    assert "Well seen." in answer
    assert (entry.state, how_many(Decision)) == (EntryState.RETURNED, 1)
    assert findings() == []


def test_a_decision_that_is_sent_twice_is_made_once(make, page):
    entry = make.report()
    page.sign_in(entry.assignment.mentor)
    shown = page.get("review.show", entry_id=entry.id)
    data = {"verdict": "return", "comment_whole": WHY}

    page.post("review.decide", entry_id=entry.id, data=data)
    page.last = shown
    page.post("review.decide", entry_id=entry.id, data=data)

    assert (how_many(Decision), how_many(Comment)) == (1, 1)


def test_after_a_decision_comes_the_next_in_the_queue(make, page):
    mentor = make.mentor("Polog")
    entries = []
    for hour in range(3):
        with clock.at(NOW.replace(hour=hour)):
            entries.append(make.report(make.assignment(mentor=mentor)))
    page.sign_in(mentor)

    def decided(entry):
        answer = page.post("review.decide", entry_id=entry.id, data={"verdict": "approve"})
        return answer.location

    first, second, third = entries
    assert decided(second).endswith(f"/{third.id}")
    assert decided(third).endswith(f"/{first.id}")
    assert decided(first).endswith("/desk/review/")


def test_a_mentor_cannot_decide_on_her_own_entry_by_any_address(make, page):
    mira = make.mentor("Polog")
    make.posting(mira, "mobilizer", "Polog")
    entry = make.report(make.assignment(mira, mentor=make.mentor("Polog")))
    page.sign_in(mira)

    assert "nobody decides on her own" in page.get("review.show", entry_id=entry.id)
    for verdict in ("approve", "return", "reject"):
        data = {"verdict": verdict, "comment_whole": WHY, "revision": "1"}
        data["sha256"] = entry.revisions[0].sha256
        page.post("review.decide", entry_id=entry.id, data=data, expect=422)

    assert nothing_happened(entry)


# --- what is refused, whoever asks


def test_who_wrote_a_revision_does_not_decide_even_after_it_was_handed_over(make):
    mira = make.mentor("Polog")
    make.posting(mira, "mobilizer", "Polog")
    entry = make.report(make.assignment(mira, mentor=make.mentor("Polog")))
    entry.assignment.mobilizer = make.mobilizer("Polog")
    db.session.flush()

    with pytest.raises(RuleBroken, match="own"):
        make.decision(entry, "approve", by=mira)

    assert nothing_happened(entry)


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
    with pytest.raises(DBAPIError, match=r"(?i)unique"):
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


# --- what an approval needs


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


def test_a_photo_whose_files_are_gone_is_not_approved(make):
    entry = make.entry(state=EntryState.SUBMITTED)
    photo = make.photo(entry, has_consent=True)
    make.revision(entry)
    kept = Path(current_app.config["MEDIA_FOLDER"]) / "copies"
    next(kept.glob(f"{photo.media_sha256}-*")).unlink()

    with pytest.raises(Incomplete):
        make.decision(entry, "approve")


# --- what the public gets


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


# --- after the close


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
    page.post("review.release", entry_id=entry.id, expect=409)

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
