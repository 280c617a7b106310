"""Reports of one tap: "same as last month", and "could not find out, because…"."""

import pytest

from mobilizer.core.database import db
from mobilizer.evidence.rules.links import EvidenceKind
from mobilizer.monitoring.models import Revision
from mobilizer.monitoring.rules.workflow import EntryState, RevisionKind
from mobilizer.scoring.rules import Rating
from tests.monitoring.answers import LONG
from tests.monitoring.filing import fill, where

pytestmark = pytest.mark.usefixtures("november")


@pytest.fixture
def october(make, page):
    """A report of last month, and its author signed in."""
    entry = make.report(
        make.assignment(), "partly_kept", month="2026-10", state="approved", note_mentor="Private."
    )
    page.sign_in(entry.assignment.mobilizer)
    return entry


@pytest.fixture
def sent():
    def newest():
        rows = db.session.scalars(db.select(Revision).order_by(Revision.id)).all()
        return [one for one in rows if one.entry.month.month == 11]

    return newest


def test_the_same_as_last_month_is_one_tap_from_the_home_screen(october, page, sent):
    assert "Same as October 2026" in page.get("monitoring.home")

    page.post("monitoring.same", **where(october.assignment))

    (revision,) = sent()
    before = october.revisions[0]
    assert revision.kind == RevisionKind.NO_CHANGE
    assert revision.rating == Rating.PARTLY_KEPT
    assert revision.evidence == before.evidence
    assert revision.answers == {k: v for k, v in before.answers.items() if k != "note_mentor"}
    assert revision.entry.state == EntryState.SUBMITTED


def test_tapping_twice_sends_once(october, page, sent):
    page.post("monitoring.same", **where(october.assignment))
    page.post("monitoring.same", **where(october.assignment))
    assert len(sent()) == 1


def test_the_same_without_evidence_asks_what_was_looked_at(make, page, sent):
    entry = make.entry(month="2026-10", state="approved")
    make.revision(entry, evidence=[], value_1="no_data", light_1="grey", tried_1=LONG)
    page.sign_in(entry.assignment.mobilizer)

    asked = page.post("monitoring.same", **where(entry.assignment), expect=200)
    assert "At least 30 characters" in asked
    assert sent() == []

    page.post("monitoring.same", **where(entry.assignment), data={"tried": LONG})
    assert sent()[0].answers["tried"] == LONG


def test_a_contradiction_of_last_month_stands_with_its_reason_or_is_asked(make, page, sent):
    entry = make.report(make.assignment(), "kept", month="2026-10", state="approved", value_1="2")
    page.sign_in(entry.assignment.mobilizer)

    asked = page.post("monitoring.same", **where(entry.assignment), expect=200)
    assert "a value has not reached its target" in asked

    page.post("monitoring.same", **where(entry.assignment), data={"contradiction_reason": LONG})
    assert sent()[0].contradiction_reason == LONG


def test_what_was_proved_and_denied_last_month_is_not_the_same_without_a_reason(make, page, sent):
    entry = make.entry(make.assignment(), month="2026-10", state="approved")
    make.evidence(entry, kind=EvidenceKind.REQUEST, address="12-34/2026")
    make.revision(entry, foi="not_sent")
    page.sign_in(entry.assignment.mobilizer)

    asked = page.post("monitoring.same", **where(entry.assignment), expect=200)
    assert "The number of a request is among the evidence" in asked
    assert sent() == []


def test_nothing_is_the_same_as_nothing(make, page, sent):
    assignment = make.assignment()
    page.sign_in(assignment.mobilizer)

    assert "Same as" not in page.get("monitoring.home")
    page.post("monitoring.same", **where(assignment), expect=409)
    assert sent() == []


@pytest.mark.parametrize("state", [EntryState.REJECTED, EntryState.WITHDRAWN])
def test_what_was_rejected_or_taken_back_is_nothing_to_go_on_from(make, page, state):
    entry = make.report(make.assignment(), month="2026-10", state=state)
    page.sign_in(entry.assignment.mobilizer)

    assert "Same as" not in page.get("monitoring.home")
    page.post("monitoring.same", **where(entry.assignment), expect=409)


def test_a_month_in_which_nothing_was_found_out_is_passed_over(make, page, sent):
    september = make.report(make.assignment(), "stalled", month="2026-09", stagnation=["unknown"])
    october = make.entry(september.assignment, month="2026-10", state="approved")
    make.revision(october, "stalled", kind=RevisionKind.NOT_FOUND_OUT)
    page.sign_in(september.assignment.mobilizer)

    page.post("monitoring.same", **where(september.assignment))

    assert sent()[0].rating == Rating.STALLED


def test_a_short_report_does_not_throw_away_what_is_typed(october, page, sent):
    fill(page, october.assignment, only=("state",))

    page.post("monitoring.same", **where(october.assignment))
    page.post("monitoring.could_not", **where(october.assignment), data={"because": "away"})

    assert sent() == []
    assert "send it, or throw it away first" in page.get("monitoring.home")


def test_a_late_tap_does_not_undo_a_full_report(october, page, sent):
    fill(page, october.assignment)
    page.post("monitoring.send", **where(october.assignment))

    page.post("monitoring.same", **where(october.assignment), expect=409)

    assert [one.kind for one in sent()] == [RevisionKind.FULL]


def test_could_not_find_out_says_why_and_keeps_the_rating(october, page, sent):
    page.post("monitoring.could_not", **where(october.assignment), data={"because": "no_access"})

    (revision,) = sent()
    assert revision.kind == RevisionKind.NOT_FOUND_OUT
    assert revision.answers == {"because": "no_access"}
    assert revision.rating == Rating.PARTLY_KEPT


def test_what_was_never_rated_is_not_rated_by_not_finding_out(make, page, sent):
    assignment = make.assignment()
    page.sign_in(assignment.mobilizer)
    page.post("monitoring.could_not", **where(assignment), data={"because": "no_reply"})
    assert sent()[0].rating == Rating.NOT_YET_RATED


@pytest.mark.parametrize("typed", [{}, {"because": "lazy"}, {"because": "other", "tried": "x"}])
def test_could_not_find_out_needs_a_reason(october, page, sent, typed):
    page.post("monitoring.could_not", **where(october.assignment), data=typed, expect=200)
    assert sent() == []
