"""What is kept as sets tells the same as the full text, whatever is written or put back."""

from collections.abc import Callable
from contextvars import Context
from random import Random

import pytest
from flask import Flask

from mobilizer.core.database import db
from mobilizer.search import actions as search
from mobilizer.search.models import CommonTerm, Findable
from mobilizer.search.queries import all_common, common, looked_up
from mobilizer.search.rules.numbers import cut, joined, numbers
from mobilizer.search.rules.terms import (
    BLOCK,
    answers,
    anywhere,
    begun,
    common_among,
    just_so,
    terms_of,
)
from mobilizer.search.rules.words import asked
from tests.search.test_both_alike import ASKED, WORDS, by_reading
from tests.support.searching import each, ranked


def kept_rows() -> dict[int, str]:
    return dict(db.session.execute(db.select(Findable.number, Findable.words)).all())


def write_something(chance: Random, among: range) -> None:
    number = chance.choice(among)
    words = [" ".join(chance.choices(WORDS, k=4))]
    act: Callable[[], None] = chance.choice(
        [
            lambda: search.keep(number, words),
            lambda: search.add(number, words),
            lambda: search.write(number, words, words),
            lambda: search.forget(number),
        ]
    )
    act()


@pytest.fixture
def sets(app: object) -> set[str]:
    """Two hundred promises beyond one block, and a set for every other term they answer to."""
    chance = Random(5)
    for number in range(BLOCK - 100, BLOCK + 100):
        search.keep(number, [" ".join(chance.choices(WORDS, k=4))])
        search.add(number, [" ".join(chance.choices(WORDS, k=4))])
    db.session.commit()
    terms = sorted(common_among(list(kept_rows().values())))[::2]
    for term in terms:
        search.keep_set(term)
    db.session.commit()
    return set(terms)


def faults(sets: set[str]) -> list[str]:
    kept = common(sets)
    return [term for term in sorted(sets) if kept[term] != looked_up([(term,)])[(term,)]]


def test_the_sets_follow_whatever_is_written(sets: set[str]) -> None:
    chance = Random(7)
    for _ in range(15):
        for _ in range(chance.randint(1, 12)):
            write_something(chance, range(BLOCK - 120, BLOCK + 120))
        if chance.random() < 0.3:
            db.session.rollback()
        db.session.commit()
        assert not faults(sets)
    assert all_common() == sets


def test_the_sets_follow_what_is_put_back_in_part(sets: set[str]) -> None:
    search.keep(7, ["училиште"])
    with db.session.begin_nested() as part:
        search.keep(8, ["училиште"])
        search.forget(BLOCK)
        part.rollback()
    db.session.commit()
    assert not faults(sets)
    assert BLOCK in kept_rows()


def test_what_was_put_back_is_forgotten_before_the_words_are_written_again(
    app: Flask, sets: set[str]
) -> None:
    """Who tries again after a fault finds what others have written meanwhile."""
    number = BLOCK - 1
    words = [word for word in WORDS if just_so(word) in sets][:2]

    def meanwhile() -> None:
        with app.app_context():
            search.write(number, words, [])
            db.session.commit()

    search.keep(number, ["nothing"])
    db.session.rollback()
    search.write(number, [], [])
    db.session.commit()
    search.keep(number, ["put back"])
    db.session.rollback()
    Context().run(meanwhile)
    search.write(number, ["quite other"], [])
    db.session.commit()
    assert not faults(sets)


def test_a_search_finds_the_same_with_sets_and_without(sets: set[str]) -> None:
    rows = kept_rows()
    for typed in ASKED:
        words = asked(typed).words
        found = [list(numbers(rank)) for rank in ranked(words)]
        assert found == (by_reading(rows, words) if words else [[], [], []]), typed
    with_sets = each(("skola", "pat", "nothing"))
    db.session.execute(db.delete(CommonTerm))
    assert each(("skola", "pat", "nothing")) == with_sets


def test_a_set_that_is_kept_no_more_changes_nothing(sets: set[str]) -> None:
    before = each(("skola",))
    for term in sets:
        search.drop_set(term)
    db.session.commit()
    assert each(("skola",)) == before
    assert not all_common()


def test_a_row_answers_to_just_the_terms_that_are_told_of_it() -> None:
    row = sorted({"+ucilista", "+10", "+km", "-patot", "-2026a"})
    told = terms_of(row)
    assert all(answers(row, term) for term in told)
    for word in ("ucilista", "uciliste", "uci", "10", "1", "km", "patot", "pat", "2026", "2026a"):
        for way in (just_so, begun, anywhere):
            assert (way(word) in told) == answers(row, way(word)), way(word)


@pytest.mark.parametrize("numbers_in", [(), (0,), (7,), (BLOCK - 1, BLOCK), (3 * BLOCK + 5,)])
def test_a_set_is_put_together_again_from_its_blocks(numbers_in: tuple[int, ...]) -> None:
    whole = sum(1 << number for number in numbers_in)
    blocks = cut(whole, BLOCK)
    assert joined(blocks, BLOCK) == whole
    assert 0 in blocks
    assert len(blocks) <= len(numbers_in) + 1
