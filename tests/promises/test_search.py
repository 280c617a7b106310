"""Finding promises, and finding the one that is being typed again."""

from time import perf_counter

import pytest
from sqlalchemy import func, insert, select

from mobilizer.core import clock
from mobilizer.core.database import db
from mobilizer.core.text import trigrams
from mobilizer.promises import queries as promises
from mobilizer.promises.models import Promise, PromiseWord
from mobilizer.promises.queries import duplicates
from mobilizer.promises.rules import PromiseState
from mobilizer.promises.rules.likeness import index_words

ROAD = "Ќе го завршиме патот Струмица–Дојран до крајот на 2022 година."


def found(make, text):
    return db.session.scalars(
        promises.search(promises.public_promises(make.the_cycle()), text)
    ).all()


def test_a_promise_is_found_by_beginnings_of_its_words_in_any_script(make):
    road = make.promise(ROAD, language="mk", titles={"mk": ROAD})
    make.promise("We will build a hospital in Shtip.")
    for text in ("патот", "patot strumica", "СТРУМ", "дојран pat", "zavrsime", "2022"):
        assert found(make, text) == [road], text
    for text in ("hospital patot", "trumica", "xyz"):
        assert found(make, text) == [], text


def test_a_number_finds_the_promise_of_that_number(make):
    make.promise(number=7)
    wanted = make.promise(number=1234)
    assert found(make, "1234") == [wanted]
    assert found(make, "#1234") == [wanted]
    assert found(make, "9" * 40) == []


@pytest.mark.parametrize("text", ["", "  ", "%", "_", "!?", "'; drop table promise; --\x00"])
def test_odd_texts_break_nothing(make, text):
    promise = make.promise("We will drop the table of fees.")
    assert found(make, text) in ([promise], [])


def test_signs_of_a_pattern_mean_nothing(make):
    make.promise("We will drop the table of fees.")
    assert len(found(make, "dr%op")) == 0
    assert len(found(make, "tab_")) == 1


def test_a_likely_duplicate_is_found_while_typing_in_either_script(make):
    mentor = make.mentor()
    road = make.promise(ROAD, language="mk", titles={"mk": "Патот Струмица–Дојран"})
    make.promise("Ќе изградиме нова болница во Штип до 2025 година.", language="mk")
    for typed in (
        "Kje go zavrshime patot Strumica",
        "ќе го завршиме патот струмица дојран",
        "Го завршуваме патот Струмица–Дојран",
    ):
        likely = promises.likely_duplicates(mentor, make.the_cycle().id, typed)
        assert [one.promise for one in likely] == [road], typed
    nothing = ("", "x", "нова", "We will plant a tree for every child")
    for typed in nothing:
        assert promises.likely_duplicates(mentor, make.the_cycle().id, typed) == [], typed


def test_a_duplicate_is_shown_only_to_those_who_may_see_it(make):
    make.promise(ROAD, state=PromiseState.DRAFT)
    cycle = make.the_cycle().id
    assert promises.likely_duplicates(make.mobilizer(), cycle, ROAD) == []
    assert len(promises.likely_duplicates(make.mentor(), cycle, ROAD)) == 1
    assert promises.likely_duplicates(make.mentor(), make.cycle().id, ROAD) == []


def test_a_promise_that_is_changed_is_not_its_own_duplicate(make):
    promise = make.promise(ROAD)
    likely = promises.likely_duplicates(
        make.mentor(), make.the_cycle().id, ROAD, but_for=promise.id
    )
    assert likely == []


PLACES = ("Tetovo", "Gostivar", "Ohrid", "Bitola", "Prilep", "Veles", "Kumanovo", "Debar")
THINGS = ("schools", "roads", "bridges", "hospitals", "parks", "theatres", "wells", "markets")
VERBS = ("build", "repair", "widen", "equip", "enlarge", "reopen", "clean", "connect")


def fill(like, number):
    """Many promises that share most of their words, written straight into the tables."""
    first = db.session.scalar(select(func.max(Promise.id))) + 1
    columns = (
        "cycle_id party_id topic_id source_id level language due_precision state "
        "focus speaker source_spot due_raw institution is_in_its_power became_link origin "
        "testability_reason version"
    ).split()
    same = {column: getattr(like, column) for column in columns}
    rows, words = [], []
    for at in range(first, first + number):
        text = (
            f"We will {VERBS[at % 8]} {at} {THINGS[at // 8 % 8]} in {PLACES[at // 64 % 8]}"
            f" by the end of the mandate, number {at * 7919}."
        )
        titles = {"en": text[:60]}
        row = {"id": at, "number": at + 10**6, "exact_words": text, "titles": titles}
        rows.append({**same, **row, "logged_at": clock.now()})
        words += [{"promise_id": at, "word": word} for word in index_words([text])]
    db.session.execute(insert(Promise), rows)
    db.session.execute(insert(PromiseWord), words)
    db.session.commit()
    db.session.connection().exec_driver_sql("ANALYZE")


def seconds(call, times=5):
    took = []
    for _ in range(times):
        began = perf_counter()
        call()
        took.append(perf_counter() - began)
    return min(took)


def test_among_five_thousand_promises_duplicates_and_words_are_found_in_time(
    make, queries, monkeypatch
):
    mentor = make.mentor()
    typed = "We will build 4001 schools in Tetovo by the end of"
    cycle, like = make.the_cycle(), make.promise()

    def alike():
        return promises.likely_duplicates(mentor, cycle.id, typed)

    def searched():
        return found(make, "schools tetovo 4001")

    fill(like, 500)
    small = seconds(alike), seconds(searched)
    fill(like, 4500)
    large = seconds(alike), seconds(searched)

    read = []
    monkeypatch.setattr(duplicates, "trigrams", lambda text: read.append(text) or trigrams(text))
    with queries.at_most(2):
        assert alike()
    assert len(read) <= 2 * duplicates.CANDIDATES + 1
    # Ten times the promises may cost ten times the index, but never more, nor a look at each text.
    for few, many in zip(small, large, strict=True):
        assert many < 12 * few + 0.05, (small, large)
