"""The register: what is found, in which order, how it is told, and what each filter would leave."""

from datetime import date
from typing import Any

import pytest

from mobilizer.core.database import db
from mobilizer.cycles.models import Cycle
from mobilizer.promises import actions as promises
from mobilizer.promises.models import Promise
from mobilizer.promises.rules import PromiseState
from mobilizer.scorecards.queries.hits import READ
from tests.builders import Builders
from tests.support.answers import Answer
from tests.support.page import Page
from tests.support.queries import Queries
from tests.support.register import REGISTER, schools_and_roads, titles


@pytest.fixture
def cycle(make: Builders) -> Cycle:
    return schools_and_roads(make)


def choices(shown: Answer, name: str) -> list[str]:
    return shown.texts(f"select#{name} option")


@pytest.mark.parametrize("typed", ["ucilista", "učilišta", "УЧИЛИШТА"])
def test_promises_stand_before_findings_and_words_before_their_forms(
    cycle: Cycle, page: Page, typed: str
) -> None:
    shown = page.get(REGISTER, lang="mk", q=typed)
    assert [title.partition(" (")[0] for title in titles(shown)] == [
        "Десет училишта",
        "Ново училиште во Тетово",
        "Ќе изградиме патишта",
    ]


def test_the_words_are_marked_and_the_finding_is_named(cycle: Cycle, page: Page) -> None:
    shown = page.get(REGISTER, lang="en", q="ucilista")
    assert shown.texts("main article mark") == ["училишта", "училиште", "училишта"]
    assert "In a finding of October 2026, Tetovo:" in shown
    assert shown.query("main article a[href$='#finding-1']")


def test_a_hit_by_a_name_in_another_language_shows_that_name(
    cycle: Cycle, make: Builders, page: Page
) -> None:
    titles = {"en": "Lamps", "mk": "Светилки на улиците"}
    make.promise("Do të ketë dritë", cycle=cycle, language="sq", titles=titles)
    shown = page.get(REGISTER, lang="en", q="svetilki")
    assert shown.texts("main article [lang=mk] mark") == ["Светилки"]
    assert "(in Macedonian)" in shown.texts("main article")[0]


def test_a_hit_by_who_said_it_or_is_to_do_it_says_which(
    cycle: Cycle, make: Builders, page: Page
) -> None:
    make.promise("Lamps", cycle=cycle, speaker="Ana Petrova", institution="City of <b>Light</b>")
    shown = page.get(REGISTER, lang="en", q="petrova light lamps")
    assert shown.texts("main article mark") == ["Lamps", "Petrova", "Light"]
    told = shown.texts("main article p")
    assert told[:2] == ["Speaker: Ana Petrova", "Responsible institution: City of <b> Light </b>"]


def test_what_was_written_is_never_taken_for_markup(
    cycle: Cycle, make: Builders, page: Page
) -> None:
    make.promise("<script>alert(1)</script> & <mark>bold</mark>", cycle=cycle)
    shown = page.get(REGISTER, lang="en", q="script bold")
    assert shown.texts("main article mark") == ["script", "script", "bold"]
    assert "<script>alert" not in shown.source


def test_each_choice_says_how_many_promises_it_leaves(cycle: Cycle, page: Page) -> None:
    shown = page.get(REGISTER, lang="en", q="ucilista", party="bridge-party")
    every = {name: choices(shown, name) for name in ("topic", "party", "region", "rating")}
    assert {"Education (1)", "Roads (1)"} <= set(every["topic"])
    assert every["party"][1:] == ["Bridge Party (2)", "Hill Party (1)"]
    assert {"Pelagonia (1)", "Polog (1)"} <= set(every["region"])
    assert {"Broken (1)", "Not yet rated (1)", "Kept (0)"} <= set(every["rating"])


def test_a_choice_finds_as_many_as_it_said(cycle: Cycle, page: Page) -> None:
    shown = page.get(REGISTER, lang="en", q="ucilista")
    for name in ("topic", "party", "region", "rating"):
        options = shown.query(f"select#{name} option")
        for option, text in list(zip(options, choices(shown, name), strict=True))[1:]:
            found = page.get(REGISTER, lang="en", q="ucilista", **{name: option.attrs["value"]})
            assert text.endswith(f"({len(titles(found))})"), text


@pytest.mark.parametrize("odd", ["nothing", "x" * 10_000, "٣", "<script>", "%", "'"])
def test_a_choice_that_is_none_filters_nothing_and_is_told(
    cycle: Cycle, page: Page, odd: str
) -> None:
    asked = {"topic": odd, "party": odd, "region": odd, "rating": odd}
    shown = page.get(REGISTER, lang="en", q="ucilista", expect=400, **asked)

    assert titles(shown) == titles(page.get(REGISTER, lang="en", q="ucilista"))
    assert [one.attrs["value"] for one in shown.query("input#q")] == ["ucilista"]
    for name in asked:
        (told,) = shown.texts(f"#{name}-error")
        assert "not on the list" in told
        (typed,) = (one.attrs["value"] for one in shown.query(f"select#{name} option[selected]"))
        assert odd.startswith(typed)


def test_a_number_finds_its_promise_first(cycle: Cycle, make: Builders, page: Page) -> None:
    wanted = make.promise("A bridge.", cycle=cycle, number=77)
    make.promise("We will mend 77 wells", cycle=cycle, number=5)
    for typed in ("77", "#77", "٧٧"):
        assert titles(page.get(REGISTER, lang="en", q=typed)) == [
            wanted.exact_words,
            "We will mend 77 wells",
        ]


ODD = [
    {"q": "x" * 10_000},
    {"q": "word " * 2_000},
    {"q": '"'},
    {"q": '"училишта'},
    {"q": "NEAR(a b)"},
    {"q": "-училишта *:^()"},
    {"q": "words:x AND OR NOT"},
    {"q": "🙂"},
    {"q": "x"},
    {"q": "1" * 400},
    {"q": "999999999"},
    {"q": "' OR 1=1; --"},
    {"q": "\ud800"},
    {"q": "a\u202eb"},
    {"page": str(10**9)},
    {"page": "٣"},
    {"page": "-1", "q": "училишта"},
    {"topic": "education", "party": "bridge-party", "region": "MK-PELAGONIA", "rating": "kept"},
    {"q": ["a", "b"], "topic": ["education", "roads"]},
]


@pytest.mark.parametrize("asked", ODD)
def test_whatever_is_asked_for_the_register_answers(
    cycle: Cycle, page: Page, asked: dict[str, Any]
) -> None:
    if asked.get("q") == "\ud800":
        page.get("/en/promises/?q=%ED%A0%80")
        return
    page.get(REGISTER, lang="en", **asked)


def test_the_last_page_is_shown_to_who_asks_for_a_later_one(cycle: Cycle, page: Page) -> None:
    assert len(titles(page.get(REGISTER, lang="en", page=10**9))) == 3


def test_what_is_left_out_is_said(cycle: Cycle, page: Page) -> None:
    left_out = "Only part of what you typed was looked for: at most eight words of two or more"
    no_word = "There is no word in what you typed, so all promises are shown."
    assert left_out in page.get(REGISTER, lang="en", q="a " + "училишта " * 3)
    assert left_out in page.get(REGISTER, lang="en", q="x" * 10_000)
    assert left_out not in page.get(REGISTER, lang="en", q="училишта")
    shown = page.get(REGISTER, lang="en", q="!?")
    assert no_word in shown
    assert len(titles(shown)) == 3


def test_a_sign_that_no_text_has_is_told_beside_the_words(cycle: Cycle, page: Page) -> None:
    shown = page.get("/en/promises/?q=road%00s&topic=education", expect=400)
    (says,) = shown.texts("#q-error")
    assert "A sign stood here that cannot be kept." in says
    assert shown.query("input#q")[0].attrs["value"] == "roads"
    assert titles(shown) == titles(page.get(REGISTER, lang="en", topic="education"))
    for odd in ("topic=%00", "x=%00", "%00=1", "q=1&cycle=%00"):
        page.get(f"/en/promises/?{odd}", expect=404)


def test_what_is_typed_stays_in_the_field(cycle: Cycle, page: Page) -> None:
    shown = page.get(REGISTER, lang="en", q='a "road" <b>', topic="education")
    assert shown.query("input#q")[0].attrs["value"] == 'a "road" <b>'
    assert [one.attrs["value"] for one in shown.query("select#topic option[selected]")] == [
        "education"
    ]


@pytest.mark.parametrize(
    "asked", [{}, {"q": "ucilista"}, {"q": "patista deset"}, {"q": "patista dessset"}]
)
def test_the_register_costs_the_same_few_questions_however_much_there_is(
    cycle: Cycle, make: Builders, page: Page, queries: Queries, asked: dict[str, str]
) -> None:
    for number in range(30):
        promise = make.promise(f"Road {number}", cycle=cycle)
        content = {"language": "mk", "kind": "full", "reason": "Училишта."}
        make.finding(promise, content=content)
    db.session.commit()
    page.get(REGISTER, lang="en")
    with queries.at_most(12):
        page.get(REGISTER, lang="en", **asked)


@pytest.mark.parametrize(("typed", "times"), [("patista deset", 2), ("patista dessset", 3)])
def test_beginnings_are_asked_for_only_of_words_that_nothing_public_has(
    cycle: Cycle, page: Page, queries: Queries, typed: str, times: int
) -> None:
    with queries.counted() as statements:
        shown = page.get(REGISTER, lang="mk", q=typed)
    assert not titles(shown)
    assert len([one for one in statements if "findable" in one]) == times


def test_a_page_does_not_grow_with_what_was_typed(cycle: Cycle, page: Page) -> None:
    short = page.get(REGISTER, lang="mk", q="училишта")
    long = page.get(REGISTER, lang="mk", q="училишта " * 1_000)
    assert titles(long) == titles(short)
    assert len(long.source) < len(short.source) + 15_000


# --- only what is public


def test_a_promise_is_found_from_the_moment_it_is_published(
    cycle: Cycle, make: Builders, page: Page
) -> None:
    promise: Promise = make.promise("A waterfall", cycle=cycle, state=PromiseState.CHECKED)
    assert titles(page.get(REGISTER, lang="en", q="waterfall")) == []
    promises.publish(promise, by=None)
    db.session.commit()
    assert titles(page.get(REGISTER, lang="en", q="waterfall")) == ["A waterfall"]


def test_what_is_held_back_is_not_found(make: Builders, page: Page) -> None:
    cycle = make.the_cycle()
    cycle.is_public = True
    held = make.held()
    reason = held.content["reason"]
    db.session.commit()
    assert titles(page.get(REGISTER, lang="en", q=reason)) == []
    make.finding(held.promise, content=held.content)
    assert len(titles(page.get(REGISTER, lang="en", q=reason))) == 1


def test_the_promises_of_another_cycle_are_not_found(
    cycle: Cycle, make: Builders, page: Page
) -> None:
    make.promise("A waterfall", cycle=make.cycle(code="hidden", is_public=False))
    assert titles(page.get(REGISTER, lang="en", q="waterfall")) == []


def test_of_many_findings_the_latest_are_read_for_the_words(
    cycle: Cycle, make: Builders, page: Page
) -> None:
    promise = make.promise("A lake", cycle=cycle)
    content = {"language": "en", "kind": "full", "reason": "Lindens were planted."}
    make.finding(promise, content=content, month=date(2025, 1, 1))
    for month in range(1, READ):
        make.finding(promise, month=date(2026, month, 1))

    assert "Lindens were planted." in page.get(REGISTER, lang="en", q="lindens")
    make.finding(promise, month=date(2026, READ, 1))
    shown = page.get(REGISTER, lang="en", q="lindens")
    assert "In an earlier finding." in shown
    assert "were planted" not in shown
