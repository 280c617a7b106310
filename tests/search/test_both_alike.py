"""The same promises in the same order on both databases: those that plain reading finds."""

from itertools import chain
from random import Random

import pytest

from mobilizer.core.database import db
from mobilizer.search import actions as search
from mobilizer.search.models import Findable
from mobilizer.search.queries import looked_up
from mobilizer.search.rules.numbers import numbers
from mobilizer.search.rules.words import FOUND, PROMISED, asked, is_meant, with_sign
from tests.support.queries import Queries
from tests.support.searching import each, ranked

#: What promises are made of, in the languages of the programme and a few that are not.
WORDS = (
    "училиште училишта школа школи škola shkollë shkolla патот пат Струмица Dojran nova ново "
    "ѓубре ќерка ѕвезда џамија љубов его Đorđe Gjorgji 2026 2027 10 10km 1e5 3,5 a-b foo_bar "
    "NEAR AND OR NOT 中文 Ελλάδα straße STRASSE x² ½ и а 🙂 rock'n'roll"
).split()
ASKED = [
    *WORDS,
    *(f"{word[:3]}" for word in WORDS),
    "skola patot",
    "nova skola 2026",
    "ucilista NOT skola",
    '"skola"',
    "skola*",
    "+skola -pat",
    "words: skola",
    "(skola",
    "' OR 1=1 --",
    "skola\x00",
    "\\",
    "^skola$",
    "x" * 10_000,
    "nothing of the kind",
]


def by_reading(rows: dict[int, str], words: tuple[str, ...]) -> list[list[int]]:
    """The numbers of each rank, found by looking at every word of every row."""
    ranks: list[list[int]] = [[], [], []]
    for number, row in sorted(rows.items()):
        own = {word[1:] for word in with_sign(row, PROMISED)}
        told = {word[1:] for word in with_sign(row, FOUND)}
        if all(word in own for word in words):
            ranks[0].append(number)
        elif all(any(is_meant(one, [word]) for one in own) for word in words):
            ranks[1].append(number)
        elif all(any(is_meant(one, [word]) for one in own | told) for word in words):
            ranks[2].append(number)
    return ranks


@pytest.fixture
def rows(app: object) -> dict[int, str]:
    """Two hundred promises of words drawn at random, the same each time."""
    chance = Random(5)
    for number in chance.sample(range(1, 1000), 200):
        search.keep(number, [" ".join(chance.choices(WORDS, k=4))])
        if number % 2:
            search.add(number, [" ".join(chance.choices(WORDS, k=4))])
        if not number % 7:
            search.keep(number, [" ".join(chance.choices(WORDS, k=4))])
        if not number % 11:
            search.forget(number)
    db.session.commit()
    return dict(db.session.execute(db.select(Findable.number, Findable.words)).all())


def test_every_search_finds_what_plain_reading_finds_in_the_same_order(
    rows: dict[int, str],
) -> None:
    found_something = 0
    for typed in ASKED:
        words = asked(typed).words
        found = [list(numbers(rank)) for rank in ranked(words)]
        assert found == (by_reading(rows, words) if words else [[], [], []]), typed
        found_something += any(found)
    assert found_something > len(WORDS) / 2


def test_each_word_alone_is_found_in_one_question(rows: dict[int, str]) -> None:
    alone = each(("skola", "pat", "nothing"))
    assert {word: list(numbers(of)) for word, of in alone.items()} == {
        word: sorted(chain(*by_reading(rows, (word,)))) for word in alone
    }
    assert each(()) == {}


@pytest.mark.parametrize("app", ["postgresql"], indirect=True)
def test_no_row_is_split_to_look_a_word_up_however_few_there_are(
    rows: dict[int, str], queries: Queries
) -> None:
    db.session.execute(db.text("ANALYZE findable"))
    with queries.counted() as statements:
        looked_up([("~skol*",), ("+skola", "+patot")])
    asked_for = {"asked_0": "'+skol':* | '-skol':*", "asked_1": "'+skola' & '+patot'"}
    plan = db.session.connection().exec_driver_sql(f"EXPLAIN {statements[-1]}", asked_for)
    steps = " ".join(step for (step,) in plan)
    assert steps.count("Index Scan on findable_fts") == len(asked_for)
    assert "Seq Scan" not in steps


def test_what_is_put_back_is_not_found(app: object) -> None:
    search.keep(7, ["A road"])
    db.session.rollback()
    assert ranked(["road"]) == (0, 0, 0)


def test_what_is_changed_is_found_by_its_new_words_only(app: object) -> None:
    search.keep(7, ["A road"])
    search.add(7, ["It was mended"])
    search.keep(7, ["A bridge"])
    assert ranked(["road"]) == (0, 0, 0)
    assert ranked(["bridge"]) == (1 << 7, 0, 0)
    assert ranked(["bridge", "mended"]) == (0, 0, 1 << 7)
    search.forget(7)
    assert ranked(["bridge"]) == ranked(["mended"]) == (0, 0, 0)
