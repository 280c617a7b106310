"""Who may decide on what, and what a decision needs: without a database."""

from dataclasses import replace
from datetime import date
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mobilizer.accounts.rules import Reach
from mobilizer.core.errors import RuleBroken
from mobilizer.cycles.rules import Level, Timeliness
from mobilizer.evidence.rules.uploads import UploadState
from mobilizer.monitoring.rules.answers import Incomplete
from mobilizer.monitoring.rules.contradictions import Contradiction
from mobilizer.monitoring.rules.matrix import Matrix, Measure
from mobilizer.monitoring.rules.workflow import EntryState, RevisionKind
from mobilizer.promises.rules import Unit
from mobilizer.review.rules import (
    COMMENT_LONGEST,
    MOST_RETURNS,
    Brought,
    Ruling,
    Standing,
    Verdict,
    check_may_decide,
    check_may_release,
    comment_name,
    due_on,
    is_overdue,
    lacking,
    published_rating,
    read_ruling,
    released,
)
from mobilizer.scoring.rules import Rating

TWO = Matrix(Level.CENTRAL, (Measure(1, Unit.NUMBER, "10"), Measure(2, Unit.NUMBER, "5")))
ONE = Matrix(Level.CENTRAL, (Measure(1, Unit.NUMBER, "10"),))
NONE = Matrix(Level.CENTRAL, ())
LEADS_TO = {
    Verdict.APPROVE: EntryState.APPROVED,
    Verdict.RETURN: EntryState.RETURNED,
    Verdict.REJECT: EntryState.REJECTED,
}
STANDINGS = [
    Standing(*each)
    for each in product(
        EntryState,
        (True, False),
        (None, Reach.OWN, Reach.REGION, Reach.CYCLE),
        range(MOST_RETURNS + 2),
        (True, False),
    )
]


def may(standing):
    """The rule, said once more in other words."""
    return (
        standing.state is EntryState.SUBMITTED
        and not standing.is_own
        and not standing.is_quarantined
        and (
            standing.reach is Reach.CYCLE
            or (standing.reach is Reach.REGION and standing.returns < MOST_RETURNS)
        )
    )


@pytest.mark.parametrize("verdict", Verdict)
def test_every_combination_is_decided_by_the_table_and_by_nothing_else(verdict):
    allowed = 0
    for standing in STANDINGS:
        if may(standing):
            allowed += 1
            assert check_may_decide(standing, verdict) is LEADS_TO[verdict]
        else:
            with pytest.raises(RuleBroken):
                check_may_decide(standing, verdict)
    assert allowed == MOST_RETURNS + MOST_RETURNS + 2


def test_a_mentor_never_decides_on_her_own_entry_however_far_she_reaches():
    for standing in STANDINGS:
        if standing.is_own:
            with pytest.raises(RuleBroken, match="own"):
                check_may_decide(standing, Verdict.APPROVE)


def test_nobody_decides_on_what_she_handed_in_herself():
    for standing in filter(may, STANDINGS):
        with pytest.raises(RuleBroken, match="handed in"):
            check_may_decide(replace(standing, has_handed_in=True), Verdict.APPROVE)


@pytest.mark.parametrize("verdict", Verdict)
def test_a_decision_tells_the_state_in_which_it_leaves_a_report(verdict):
    assert verdict.outcome is LEADS_TO[verdict]


@pytest.mark.parametrize(
    ("standing", "may_release"),
    [
        (Standing(EntryState.SUBMITTED, False, Reach.CYCLE, is_quarantined=True), True),
        (Standing(EntryState.SUBMITTED, True, Reach.CYCLE, is_quarantined=True), False),
        (Standing(EntryState.SUBMITTED, False, Reach.REGION, is_quarantined=True), False),
        (Standing(EntryState.SUBMITTED, False, None, is_quarantined=True), False),
        (Standing(EntryState.SUBMITTED, False, Reach.CYCLE), False),
    ],
)
def test_only_the_coordinator_lets_in_what_came_after_the_close(standing, may_release):
    if may_release:
        check_may_release(standing)
    else:
        with pytest.raises(RuleBroken):
            check_may_release(standing)


def test_what_is_let_in_counts_as_late_and_never_as_better():
    assert released(Timeliness.AFTER_CLOSE) is Timeliness.LATE
    assert released(Timeliness.ON_TIME) is Timeliness.ON_TIME
    assert released(None) is None


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)), st.integers(0, 60), st.integers(0, 90))
def test_a_decision_is_overdue_from_the_day_after_the_last_one(received, days, later):
    last = due_on(received, days)
    today = received.fromordinal(received.toordinal() + later)

    assert is_overdue(received, days, today) == (today > last)
    assert not is_overdue(received, days, last)


# --- comments


def ruling(verdict, **comments):
    return Ruling(verdict, 1, "", {"" if k == "whole" else k: v for k, v in comments.items()})


def faults(ruling, known=("", "rating")):
    with pytest.raises(Incomplete) as caught:
        read_ruling(ruling, known)
    return {fault.field for fault in caught.value.faults}


@pytest.mark.parametrize(
    ("asked", "beside"),
    [
        (ruling(None), "verdict"),
        (ruling(Verdict.RETURN), "comment_whole"),
        (ruling(Verdict.RETURN, whole=" \n\u202e "), "comment_whole"),
        (ruling(Verdict.RETURN, other="Not a field of this report."), "comment_whole"),
        (ruling(Verdict.REJECT, rating="Wrong."), "comment_whole"),
        (ruling(Verdict.APPROVE, rating="x" * (COMMENT_LONGEST + 1)), "comment_rating"),
    ],
)
def test_a_decision_that_lacks_something_says_so_beside_the_field(asked, beside):
    assert faults(asked) == {beside}


@pytest.mark.parametrize(
    "asked",
    [
        ruling(Verdict.APPROVE),
        ruling(Verdict.RETURN, whole="Who said so?"),
        ruling(Verdict.RETURN, rating="Who said so?"),
        ruling(Verdict.REJECT, whole="This is another promise."),
        ruling(Verdict.APPROVE, rating="x" * COMMENT_LONGEST),
    ],
)
def test_a_return_needs_a_comment_a_rejection_a_reason_an_approval_neither(asked):
    verdict, comments = read_ruling(asked, ("", "rating"))

    assert verdict is asked.verdict
    assert comments == asked.comments


def test_the_name_of_a_comment_tells_its_field():
    assert comment_name("") == "comment_whole"
    assert comment_name("value_1") == "comment_value_1"


# --- what an approval needs

FULL, SAME, COULD_NOT = RevisionKind.FULL, RevisionKind.NO_CHANGE, RevisionKind.NOT_FOUND_OUT
OPEN, COMPLETE, REFUSED = UploadState
GREEN = {"light_1": "green", "light_2": "grey"}


@pytest.mark.parametrize(
    ("brought", "number"),
    [
        (Brought(FULL, ONE, GREEN, ((),)), 0),
        (Brought(FULL, ONE, GREEN), 1),
        (Brought(FULL, TWO, {"light_1": "green", "light_2": "red"}, ((1,),)), 1),
        (Brought(FULL, TWO, GREEN, ((1,),)), 0),
        (Brought(FULL, ONE, {"light_1": "grey", "tried_1": "Asked twice."}), 0),
        (Brought(FULL, NONE, {}), 1),
        (Brought(FULL, NONE, {}, ((),)), 0),
        (Brought(SAME, ONE, GREEN), 1),
        (Brought(SAME, ONE, {**GREEN, "tried": "Went there."}), 0),
        (Brought(SAME, ONE, GREEN, ((),)), 0),
        (Brought(COULD_NOT, ONE, {"because": "no_reply"}), 0),
        (Brought(COULD_NOT, ONE, {"because": "other"}), 1),
        (Brought(COULD_NOT, ONE, {"because": "other", "tried": "Everything."}), 0),
        (Brought(COULD_NOT, ONE, {}), 1),
        (Brought(FULL, ONE, GREEN, ((),), is_media_complete=False), 1),
        (Brought(FULL, ONE, GREEN, ((),), uploads=(COMPLETE, COMPLETE)), 0),
        (Brought(FULL, ONE, GREEN, ((),), uploads=(COMPLETE, OPEN)), 1),
        (Brought(FULL, ONE, GREEN, ((),), uploads=(REFUSED,)), 1),
        (Brought(FULL, ONE, GREEN, ((),), uploads=(OPEN, OPEN, REFUSED)), 2),
        (Brought(FULL, ONE, GREEN, ((),), is_promise_published=False), 1),
        (Brought(FULL, ONE, GREEN, ((),), (Contradiction.RED_BUT_KEPT,)), 1),
        (Brought(FULL, ONE, GREEN, ((),), (Contradiction.RED_BUT_KEPT,), "Because."), 0),
        (Brought(FULL, ONE, GREEN, (), (Contradiction.RED_BUT_KEPT,), "", False, (), False), 4),
    ],
)
def test_an_approval_needs_evidence_whole_files_and_no_riddles(brought, number):
    found = lacking(brought)

    assert len(found) == number
    assert {fault.field for fault in found} <= {"verdict"}


@pytest.mark.parametrize(
    ("kind", "said", "published", "becomes"),
    [
        (FULL, Rating.KEPT, None, Rating.KEPT),
        (FULL, Rating.CANNOT_BE_RATED, Rating.KEPT, Rating.CANNOT_BE_RATED),
        (SAME, Rating.STALLED, Rating.STALLED, Rating.STALLED),
        (COULD_NOT, Rating.NOT_YET_RATED, None, None),
        (COULD_NOT, Rating.KEPT, None, None),
        (COULD_NOT, Rating.KEPT, Rating.STALLED, Rating.STALLED),
    ],
)
def test_what_is_published_never_says_more_than_was_approved(kind, said, published, becomes):
    assert published_rating(kind, said, published) is becomes
