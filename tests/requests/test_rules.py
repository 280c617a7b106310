"""States, days, and what is published: as rules, without a database."""

from datetime import UTC, datetime, timedelta
from itertools import product

import pytest

from mobilizer.core.errors import RuleBroken
from mobilizer.requests.rules import (
    KEPT_DAYS,
    SPAM_KEPT_DAYS,
    STEPS,
    AlreadyClosed,
    Outcome,
    RequestState,
    after,
    answer_by,
    check_day,
    check_publication,
    check_read,
    erase_at,
    shown_question,
)

RECEIVED, ANSWERED = RequestState.RECEIVED, RequestState.ANSWERED
NOW = datetime(2026, 11, 22, 10, tzinfo=UTC)


@pytest.mark.parametrize(("state", "outcome"), list(product(RequestState, Outcome)))
def test_a_request_is_closed_once(state, outcome):
    if outcome in STEPS.get(state, {}):
        assert after(state, outcome, "In May.") is STEPS[state][outcome]
        return
    with pytest.raises(AlreadyClosed):
        after(state, outcome, "In May.")


def test_only_what_was_received_is_open():
    assert set(STEPS) == {RECEIVED}
    assert set(STEPS[RECEIVED]) == set(Outcome)
    assert set(STEPS[RECEIVED].values()) == set(RequestState) - {RECEIVED}


@pytest.mark.parametrize(
    ("outcome", "field"),
    [(None, "outcome"), (Outcome.ANSWER, "answer"), (Outcome.DECLINE, "answer")],
)
def test_nobody_is_left_without_a_word(outcome, field):
    with pytest.raises(RuleBroken) as broken:
        after(RECEIVED, outcome, " \n")
    assert broken.value.field == field


def test_spam_needs_no_word():
    assert after(RECEIVED, Outcome.SPAM, "") is RequestState.SPAM


def test_the_days_end_with_a_day_where_the_cycle_is():
    late = datetime(2026, 11, 22, 23, 30, tzinfo=UTC)  # the 23rd by then in Skopje
    assert answer_by(late, 15, "Europe/Skopje") == datetime(2026, 12, 8, 23, tzinfo=UTC)


def test_spam_is_erased_sooner_and_what_is_open_never():
    assert erase_at(RequestState.SPAM, NOW) == NOW + timedelta(days=SPAM_KEPT_DAYS)
    assert erase_at(ANSWERED, NOW) == NOW + timedelta(days=KEPT_DAYS)
    assert erase_at(RECEIVED, None) is None
    assert SPAM_KEPT_DAYS < KEPT_DAYS


@pytest.mark.parametrize("state", RequestState)
@pytest.mark.parametrize("is_erased", [True, False])
@pytest.mark.parametrize("may_quote", [True, False])
@pytest.mark.parametrize("summary", ["", "When it opens."])
def test_only_an_answer_is_published_and_never_words_she_keeps(
    state, is_erased, may_quote, summary
):
    fits = state is ANSWERED and not is_erased and bool(may_quote or summary)
    if fits:
        check_publication(state, summary, may_quote=may_quote, is_erased=is_erased)
        return
    with pytest.raises(RuleBroken):
        check_publication(state, summary, may_quote=may_quote, is_erased=is_erased)


@pytest.mark.parametrize("may_quote", [True, False])
@pytest.mark.parametrize("summary", ["", "Ours."])
def test_her_words_are_shown_only_if_she_agreed(may_quote, summary):
    shown, is_hers = shown_question("Hers.", summary, may_quote=may_quote)
    assert is_hers is (shown == "Hers.")
    assert not is_hers or may_quote
    assert not summary or shown == summary


@pytest.mark.parametrize("typed", ["2026-11-22", " 2026-11-22", "2027-02-20"])
def test_a_day_may_be_today_and_so_many_days_ahead(typed):
    assert check_day(typed, NOW.date()).isoformat() == typed.strip()


@pytest.mark.parametrize(
    "typed", ["2026-11-21", "2027-02-21", "", "soon", "9" * 10_000, "٢٠٢٦-١١-٢٢", "2026-11-22\x00"]
)
def test_a_day_that_is_over_too_far_off_or_none_is_told_beside_its_field(typed):
    with pytest.raises(RuleBroken) as broken:
        check_day(typed, NOW.date())
    assert broken.value.field == "day"


def test_what_names_somebody_is_published_only_by_who_has_read_it():
    with pytest.raises(RuleBroken) as broken:
        check_read(["Mira M.", "Petra"], is_read=False)
    assert broken.value.field == "is_read"
    assert broken.value.params == {"names": "Mira M., Petra"}
    check_read(["Mira M."], is_read=True)
    check_read([], is_read=False)
