"""A mentor decides: what is stored, and what she is told."""

import pytest
from sqlalchemy import select

from mobilizer.core import clock
from mobilizer.core.database import db
from mobilizer.monitoring.models import Comment
from mobilizer.monitoring.rules.workflow import EntryState
from mobilizer.review.models import Decision
from tests.review.stored import NOW, WHY, findings, how_many, nothing_happened


@pytest.fixture(autouse=True)
def november():
    with clock.at(NOW):
        yield


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


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({}, None),
        ({"comment_rating": "Well seen."}, "What you typed is still here."),
        (
            {"comment_rating": "x" * 2001},
            "What you typed is still here. Mend what is marked, then send it again.",
        ),
    ],
)
def test_what_was_typed_is_spoken_of_where_it_was_and_mended_where_it_is_marked(
    make, page, typed, told
):
    entry = make.report()
    page.sign_in(entry.assignment.mentor)
    seen = page.get("review.show", entry_id=entry.id)
    if len(typed.get("comment_rating", "")) < 2000:
        make.revision(entry, rating_reason="It was seen by three people on the eighth of November.")
    page.last = seen

    data = {"verdict": "approve", **typed}
    answer = page.post("review.decide", entry_id=entry.id, data=data, expect=422)

    assert answer.texts("#errors > p") == ([told] if told else [])


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
