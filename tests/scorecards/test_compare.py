"""Two parties, places or cycles beside each other."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from urllib.parse import urlencode

import pytest

from mobilizer.core import clock
from mobilizer.core.database import db
from mobilizer.cycles.models import Cycle
from mobilizer.elections.models import Party
from mobilizer.promises.models import Promise
from mobilizer.scorecards.forms import LONGEST_SHOWN
from tests.builders import Builders
from tests.support.page import Page
from tests.support.queries import Queries

LANGUAGES = ("en", "sq", "mk", "sr")
BRIDGE, TOWER = "party:MK-BRIDGE", "party:MK-TOWER"
TETOVO, GOSTIVAR = "municipality:MK-POLOG-TETOVO", "municipality:MK-POLOG-GOSTIVAR"


def at(one: str, other: str, lang: str = "en", **more: str) -> str:
    return f"/{lang}/compare?{urlencode({'one': one, 'other': other, **more})}"


@pytest.fixture
def cycle(make: Builders) -> Iterator[Cycle]:
    """Six promises of one party in one town, two of another in another, found in October."""
    cycle: Cycle = make.cycle("local", first_month="2026-09", last_month="2027-06")
    health, roads = (make.topic(code, cycle=cycle) for code in ("health", "roads"))
    for name, code, town, ratings in (
        ("Bridge", "MK-BRIDGE", "Tetovo", ("kept", "kept", "partly_kept", "broken", "stalled")),
        ("Tower", "MK-TOWER", "Gostivar", ("kept", "broken")),
    ):
        place = make.municipality(town, region="Polog")
        party = make.party(name, code=code)
        for number, rating in enumerate(ratings):
            with clock.at(datetime(2026, 10, 5, 12, tzinfo=UTC)):
                topic = roads if number == 0 else health
                promise = make.promise(cycle=cycle, topic=topic, party=party, places=[place])
                make.finding(promise, rating, place=place, month=date(2026, 10, 1))
    with clock.at(datetime(2026, 11, 22, 12, tzinfo=UTC)):
        yield cycle


@pytest.mark.parametrize("lang", LANGUAGES)
def test_without_a_choice_it_says_what_can_be_compared(cycle: Cycle, page: Page, lang: str) -> None:
    shown = page.get(f"/{lang}/compare")

    offered = {option.attrs["value"] for option in shown.query("#one option")}
    assert {BRIDGE, TOWER, TETOVO, GOSTIVAR, "region:MK-POLOG"} <= offered
    assert not any(one.startswith("cycle:") for one in offered), "there is one only"
    assert not shown.query("main table")


def test_where_nothing_was_chosen_there_is_a_hint(cycle: Cycle, page: Page) -> None:
    for asked in ("one=&other=", "other=", "one=&other=&as_of="):
        shown = page.get(f"/en/compare?{asked}")
        assert shown.texts("#one-hint") == ["Choose what to compare."]
        assert not shown.query("#one-error, #other-hint")
    assert not page.get("/en/compare").query("#one-hint")


@pytest.mark.parametrize(
    ("asked", "says"),
    [
        ("one=nonsense", "This is not on the list. Choose another one."),
        (f"one={BRIDGE}&one={TOWER}", "There are two here. Choose one."),
    ],
)
def test_a_first_one_that_is_wrong_is_told_before_a_second_is_asked(
    cycle: Cycle, page: Page, asked: str, says: str
) -> None:
    shown = page.get(f"/en/compare?{asked}", expect=400)
    assert says in shown.texts("#one-error")[0]
    assert not shown.query("#other-hint, #other-error")


@pytest.mark.parametrize("pair", [(BRIDGE, TOWER), (TETOVO, GOSTIVAR)])
def test_numbers_stand_beside_each_other_in_one_table_with_heads(
    cycle: Cycle, page: Page, pair: tuple[str, str]
) -> None:
    shown = page.get(at(*pair))

    (table,) = shown.query("main table")
    rows = {row.query("th")[0].to_text(): row for row in table.query("tbody tr")}
    assert len(table.query("thead th[scope=col]")) == 2
    assert len(table.query("tbody th[scope=row]")) == len(rows) - 1
    score = shown.texts("main tbody tr")[0].replace("\u00a0", " ")
    assert score == "Score 50 % 5 of 5 rated no score yet 2 of 2 rated"
    assert "Kept 2 1" in shown.texts("main tbody tr")


def test_a_region_has_what_was_found_in_it_and_in_all_that_lies_in_it(
    cycle: Cycle, make: Builders, page: Page
) -> None:
    promise = db.session.scalars(db.select(Promise).limit(1)).one()
    make.finding(promise, "kept", place=make.region("Polog"), month=date(2026, 11, 1))
    make.finding(promise, "broken", place=make.municipality("Stip", region="East"))

    shown = page.get(at("region:MK-POLOG", "region:MK-EAST"))

    score = shown.texts("main tbody tr")[0].replace("\u00a0", " ")
    assert score == "Score 56 % 8 of 8 rated no score yet 1 of 1 rated"


def test_topics_stand_beside_each_other_and_what_was_not_promised_is_said(
    cycle: Cycle, page: Page
) -> None:
    told = page.get(at(BRIDGE, TOWER)).texts("main tbody:last-of-type tr")

    assert any("no score yet 4 of 4 rated no score yet 1 of 1 rated" in row for row in told)
    assert any("no score yet 1 of 1 rated no score yet 1 of 1 rated" in row for row in told)
    assert len(told) == 3, "a heading, and two topics of which something was promised"


def test_fewer_than_five_rated_promises_show_no_percentage_and_it_is_said(
    cycle: Cycle, page: Page
) -> None:
    shown = page.get(at(BRIDGE, TOWER))

    assert "Of one of them too few promises are rated for a percentage." in shown


def test_two_cycles_are_compared_and_what_speaks_against_it_is_said(
    cycle: Cycle, make: Builders, page: Page
) -> None:
    other = make.cycle("older", first_month="2025-01", last_month="2025-12", matrix_version="0")
    make.promise(cycle=other, topic=make.topic("health", cycle=other))

    shown = page.get(at("cycle:local", "cycle:older"))

    assert "The two cycles ask different questions of each promise." in shown
    assert "One of the two cycles has been followed for longer." in shown
    links = [one.attrs["href"] for one in shown.query("main thead a")]
    assert links == ["/en/cycles/local", "/en/cycles/older"]


def test_a_cycle_that_began_later_is_led_to_as_it_is_today(
    cycle: Cycle, make: Builders, page: Page
) -> None:
    make.cycle("later", first_month="2026-11", last_month="2027-12")
    for day, asked in (("2026-10-31", ""), ("2026-11-01", "?as_of=2026-11-01")):
        shown = page.get(at("cycle:local", "cycle:later", as_of=day))

        links = [one.attrs["href"] for one in shown.query("main thead a")]
        assert links == [f"/en/cycles/local?as_of={day}", f"/en/cycles/later{asked}"]
        for link in links:
            page.get(link)


def test_what_can_be_chosen_stands_in_the_order_of_the_language(
    cycle: Cycle, make: Builders, page: Page
) -> None:
    for name in ("Žitoše", "Čair", "Đepčište"):
        make.municipality(name, region="Polog")

    shown = page.get("/en/compare").query("#one option")

    towns = [one.to_text() for one in shown if one.attrs["value"].startswith("municipality:")]
    assert towns == ["Čair", "Đepčište", "Gostivar", "Tetovo", "Žitoše"]


@pytest.mark.parametrize(
    ("one", "other", "field", "says"),
    [
        (BRIDGE, BRIDGE, "other", "This is the same twice."),
        (BRIDGE, TETOVO, "other", "Choose two of one kind"),
        (TETOVO, "region:MK-POLOG", "other", "Choose two of one kind"),
        (BRIDGE, "party:MK-NONE", "other", "This is not on the list."),
        ("MK-BRIDGE", TOWER, "one", "This is not on the list."),
        ("x" * 10_000, TOWER, "one", "This is not on the list."),
        (BRIDGE, "", "other", "Choose what to compare."),
        ("", TOWER, "one", "Choose what to compare."),
        (BRIDGE, "party:ＭＫ-TOWER", "other", "This is not on the list."),
        (BRIDGE, "<script>", "other", "This is not on the list."),
    ],
)
def test_what_cannot_be_compared_is_told_beside_the_field(
    cycle: Cycle, page: Page, one: str, other: str, field: str, says: str
) -> None:
    shown = page.get(at(one, other), expect=400)

    assert any(told.startswith(says) for told in shown.texts(f"#{field}-error"))
    assert "Choose anew what is marked." in shown
    assert "What you typed" not in shown, "it was chosen, and an empty list shows nothing"
    assert not shown.query("main table")
    for name, typed in (("one", one), ("other", other)):
        (still,) = shown.query(f"#{name} option[selected]")
        assert still.attrs["value"] == typed[:LONGEST_SHOWN]


def test_two_for_one_field_are_one_too_many(cycle: Cycle, page: Page) -> None:
    shown = page.get(f"{at(BRIDGE, TOWER)}&one={TOWER}", expect=400)
    assert shown.texts("#one-error") == ["There are two here. Choose one."]


def test_it_can_be_asked_how_they_stood_on_an_earlier_day(
    cycle: Cycle, make: Builders, page: Page
) -> None:
    before = page.get(at(BRIDGE, TOWER)).texts("main table")
    town = make.municipality("Tetovo", region="Polog")
    party = db.session.scalars(db.select(Party).where(Party.code == "MK-BRIDGE")).one()
    make.promise(cycle=cycle, party=party, topic=cycle.topics[0], places=[town])
    for promise in db.session.scalars(db.select(Promise).where(Promise.party_id == party.id)).all():
        make.finding(promise, "broken", place=town, month=date(2026, 11, 1))
    assert "Broken 6 1" in page.get(at(BRIDGE, TOWER)).texts("main tbody tr")

    shown = page.get(at(BRIDGE, TOWER, as_of="2026-10-31"))

    assert shown.texts("main table") == before != page.get(at(BRIDGE, TOWER)).texts("main table")
    links = [one.attrs["href"] for one in shown.query("main thead a")]
    assert all(one.endswith("as_of=2026-10-31") for one in links)
    page.get(at(BRIDGE, TOWER, as_of="2026-02-31"), expect=400)


def test_from_the_page_of_a_party_one_is_chosen_already(cycle: Cycle, page: Page) -> None:
    links = [one.attrs["href"] for one in page.get("/en/parties/MK-BRIDGE").query("main a")]
    (link,) = [one for one in links if one.startswith("/en/compare")]

    shown = page.get(link)

    assert shown.query("#one option[selected]")[0].attrs["value"] == BRIDGE
    assert not shown.query("main .error")


def test_where_one_is_chosen_it_says_beside_the_field_that_a_second_is_needed(
    cycle: Cycle, page: Page
) -> None:
    shown = page.get(f"/en/compare?one={BRIDGE}")

    assert shown.texts("#other-hint") == ["Choose a second one to compare it with."]
    assert shown.query("#other")[0].attrs["aria-describedby"].split() == ["other-hint"]


@pytest.mark.parametrize("address", ["/en/compare", "/en/compare?one=&other=", at(BRIDGE, TOWER)])
def test_where_nothing_or_both_are_chosen_no_second_is_asked_for(
    cycle: Cycle, page: Page, address: str
) -> None:
    shown = page.get(address)

    assert not shown.query("#other-hint, main .error")


@pytest.mark.parametrize(
    ("invented", "banners", "marks"), [((), 0, 0), (("local",), 0, 1), (("local", "older"), 1, 0)]
)
def test_only_what_is_invented_is_said_to_be(
    cycle: Cycle,
    make: Builders,
    page: Page,
    invented: tuple[str, ...],
    banners: int,
    marks: int,
) -> None:
    """The page's own cycle, here a third one that is a demonstration, says nothing of the two."""
    older = make.cycle("older", first_month="2021-10", last_month="2025-09")
    shown_by = make.cycle("shown", first_month="2026-09", last_month="2027-06")
    shown_by.is_demonstration = True
    for one in (cycle, older):
        one.is_demonstration = one.code in invented

    shown = page.get(at("cycle:local", "cycle:older", cycle="shown"))

    assert len(shown.query(".banner")) == banners
    assert len(shown.query("thead th .hint")) == marks
    assert ("One of the two cycles is a demonstration" in shown) is bool(marks)


def test_it_asks_no_more_than_twelve_questions(cycle: Cycle, page: Page, queries: Queries) -> None:
    page.get(at(BRIDGE, TOWER))
    page.app.extensions["front"].forget()
    with queries.at_most(12):
        page.get(at(BRIDGE, TOWER))
