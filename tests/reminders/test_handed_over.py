"""Both are told when promises pass from hand to hand, and nothing that endangers either."""

import pytest

from mobilizer.board.actions import Asked, change_over, hand_over
from mobilizer.board.queries import plan_of
from mobilizer.core.database import db
from tests.builders import month

WHY = "Her brother works for the mayor."


@pytest.fixture
def passing(make):
    """Mira has two promises; Vesa takes over what the test hands her."""
    cycle = make.cycle("hers", first_month="2026-09", last_month="2027-08")
    mentor = make.mentor("Polog", cycle=cycle)
    mira, vesa = (
        make.mobilizer("Polog", cycle=cycle, mentor=mentor, email=f"{name}@promises.example")
        for name in ("mira", "vesa")
    )
    held = [make.assignment(mira) for _ in range(2)]
    return make.coordinator(cycle=cycle), mira, vesa, held


def hand(passing, at=0):
    cora, _, vesa, held = passing
    return hand_over(Asked(held[at].id, vesa.id, month("2026-12"), WHY), by=cora)


def told(out):
    """Who was told what of it; what is due soon is another matter."""
    return sorted(
        (letter["To"].split("@")[0], str(letter["Subject"]))
        for letter in out.letters
        if " due by " not in letter["Subject"]
    )


def test_both_are_told_once(passing, out, work):
    hand(passing)
    work()
    work()

    assert told(out) == [
        ("mira", "1 promise passes to somebody else"),
        ("vesa", "1 promise is now yours to follow"),
    ]


def test_many_at_once_are_one_message(passing, out, work):
    cora, mira, vesa, held = passing
    plan = plan_of(held[0].cycle, mira.id, month("2026-12"), [vesa.id])
    change_over(plan, plan.digest, WHY, by=cora)
    work()

    assert told(out) == [
        ("mira", "2 promises pass to somebody else"),
        ("vesa", "2 promises are now yours to follow"),
    ]


def test_nothing_private_is_in_it(passing, out, work):
    _, mira, vesa, held = passing
    hand(passing)
    promise = held[0].promise
    private = [WHY, promise.exact_words, mira.alias, mira.full_name, vesa.alias, vesa.full_name]
    private += [*promise.titles.values(), *held[0].place.names.values()]
    work()

    said = "".join(f"{one['Subject']}{one.get_content()}" for one in out.letters)
    assert not [text for text in private if text and text in said]


def test_only_in_whose_hands_it_is_by_now_is_told(passing, out, work):
    cora, mira, _, _ = passing
    made = hand(passing)
    db.session.flush()
    hand_over(Asked(made.begun_id, mira.id, month("2026-12"), WHY), by=cora)
    work()

    assert told(out) == [
        ("mira", "1 promise is now yours to follow"),
        ("vesa", "1 promise passes to somebody else"),
    ]
