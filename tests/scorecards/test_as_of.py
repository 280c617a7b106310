"""Public pages as of an earlier day: what they said then they say again."""

from collections.abc import Iterator
from datetime import date

import pytest

from mobilizer.core.database import db
from mobilizer.cycles.models import Cycle
from mobilizer.promises.models import Promise
from mobilizer.scorecards.forms import LONGEST_SHOWN
from tests.builders import Builders
from tests.support.answers import Answer
from tests.support.days import on
from tests.support.page import Page
from tests.support.queries import Queries

#: Every page that can be of an earlier day, with what stands in its address.
PAGES = {
    "home": {},
    "cycle": {"code": "local"},
    **{name: {} for name in ("topics", "parties", "regions", "all_municipalities")},
    **{name: {} for name in ("promises", "findings")},
    "topic": {"code": "health"},
    "party": {"code": "MK-BRIDGE"},
    "region": {"code": "MK-POLOG"},
    "municipality": {"code": "MK-POLOG-TETOVO"},
    "promise": {"number": 1},
}
#: With the one that tells of a day how its numbers are counted again.
AND_CHECKED = {**PAGES, "check": {}}
#: What tells nothing of a day, or of a day of its own.
UNDATED = ("/method", "/data", "/corrections", "/releases/", "/follow", "feed.atom", "/ask")
DAYLESS = ("/method", "/data", "/corrections", "/static/")
LANGUAGES = ("en", "sq", "mk", "sr")
BAD = {
    "2026-11-23": "This day has not come yet. Today is 22 November 2026.",
    "2026-08-31": "This cycle began on 1 September 2026.",
    "2026-02-31": "There is no such day in the calendar.",
    "last week": "Write the day as year, month and day, such as 2026-10-31.",
    "٢٠٢٦-١٠-٣١": "Write the day as year, month and day, such as 2026-10-31.",
    "x" * 10_000: "Write the day as year, month and day, such as 2026-10-31.",
}


@pytest.fixture
def october(make: Builders) -> Cycle:
    """A cycle with what was found in it by the end of October."""
    cycle: Cycle = make.cycle("local", first_month="2026-09", last_month="2027-06")
    town = make.municipality("Tetovo", region="Polog")
    common = {"cycle": cycle, "topic": make.topic("health", cycle=cycle), "places": [town]}
    bridge = make.party("Bridge Party", code="MK-BRIDGE")
    with on(2026, 10, 5):
        promises = [make.promise(**common, party=bridge) for _ in range(6)]
        for promise, rating in zip(promises, ("kept", "kept", "broken", "stalled"), strict=False):
            make.finding(promise, rating, place=town, month=date(2026, 10, 1))
    with on(2026, 10, 31):
        make.finding(promises[4], "partly_kept", place=town, month=date(2026, 10, 1))
    return cycle


def november(make: Builders, cycle: Cycle) -> None:
    """What came after that, a correction and a new promise among it."""
    town = make.municipality("Tetovo", region="Polog")
    promises = list(db.session.scalars(db.select(Promise).order_by(Promise.number)))
    with on(2026, 11, 10):
        first = promises[0]
        promises.append(
            make.promise(
                "A later promise.", cycle=cycle, topic=first.topic, party=first.party, places=[town]
            )
        )
        for promise in promises:
            make.finding(promise, "in_progress", place=town, month=date(2026, 11, 1))
        make.finding(first, "broken", place=town, month=date(2026, 11, 1), corrects=1)


@pytest.fixture
def cycle(october: Cycle, make: Builders) -> Iterator[Cycle]:
    """The cycle with all of it; the clock stands on the 22nd of November."""
    november(make, october)
    with on(2026, 11, 22):
        yield october


def tells_of_no_day(address: str, parts: tuple[str, ...]) -> bool:
    """Whether one of these parts stands in an address; what checks a number lies below one."""
    return "/data/check" not in address and any(part in address for part in parts)


def body(answer: Answer) -> list[str]:
    """What a page tells, without the way to other days."""
    return answer.texts("main .heading, main section, main article, main table, main .chip")


@pytest.mark.parametrize("name", PAGES)
def test_a_page_says_again_what_it_said_on_that_day(
    october: Cycle, make: Builders, page: Page, name: str
) -> None:
    address = page.address(f"scorecards.{name}", lang="en", **PAGES[name])
    with on(2026, 10, 31):
        then = body(page.get(address))
    november(make, october)

    with on(2026, 11, 22):
        assert body(page.get(f"{address}?as_of=2026-10-31")) == then
        assert body(page.get(address)) != then


@pytest.mark.parametrize("name", AND_CHECKED)
def test_it_says_so_and_leads_back_to_today(cycle: Cycle, page: Page, name: str) -> None:
    address = page.address(f"scorecards.{name}", lang="en", **AND_CHECKED[name])
    shown = page.get(f"{address}?as_of=2026-10-31")

    assert "This is how it stood at the end of 31 October 2026." in shown
    back = [link.attrs["href"] for link in shown.query(".notice a")]
    assert back == [address]
    assert "how it stood at the end" not in page.get(address).text


@pytest.mark.parametrize("name", AND_CHECKED)
def test_every_link_to_a_score_keeps_the_day(cycle: Cycle, page: Page, name: str) -> None:
    """But for the one back to today, and what tells nothing of a day."""
    address = page.address(f"scorecards.{name}", lang="en", **AND_CHECKED[name])
    shown = page.get(f"{address}?as_of=2026-10-31")
    found = {link.attrs["href"] for link in shown.query("a[href]")} - {address}
    lost = {
        one
        for one in found
        if one.startswith("/en/")
        and "as_of=2026-10-31" not in one
        and not tells_of_no_day(one, UNDATED)
    }
    assert lost == set()
    assert not [one for one in found if "as_of" in one and tells_of_no_day(one, DAYLESS)]
    assert len(found) > 5


@pytest.mark.parametrize("name", AND_CHECKED)
def test_every_form_keeps_the_day(cycle: Cycle, page: Page, name: str) -> None:
    """What stands behind the question mark of its address is lost when it is sent."""
    address = page.address(f"scorecards.{name}", lang="en", **AND_CHECKED[name])
    forms = page.get(f"{address}?as_of=2026-10-31").query("form[method=get]")

    assert len(forms) >= 2
    for form in forms:
        sent = {one.attrs["name"]: one.attrs.get("value") for one in form.query("input")}
        assert sent["as_of"] == "2026-10-31"


def test_what_else_was_asked_for_is_not_said_again_at_any_length(cycle: Cycle, page: Page) -> None:
    shown = page.get(f"/en/promises/?q={'a' * 900}&as_of=2026-10-31")
    assert "a" * 200 in shown.source
    assert "a" * 201 not in shown.source


@pytest.mark.parametrize("name", AND_CHECKED)
def test_search_engines_are_to_find_the_page_of_today(cycle: Cycle, page: Page, name: str) -> None:
    address = page.address(f"scorecards.{name}", lang="en", **AND_CHECKED[name])

    def robots(asked: str) -> list[str]:
        return [one.attrs["content"] for one in page.get(asked).query("meta[name=robots]")]

    assert robots(f"{address}?as_of=2026-10-31") == ["noindex"]
    assert robots(address) == robots(f"{address}?as_of=2026-11-22") == []


@pytest.mark.parametrize(
    "name", ["home", "topics", "promises", "party", "municipality", "promise", "check"]
)
@pytest.mark.parametrize("typed", BAD)
def test_what_is_no_such_day_is_told_beside_the_field_and_the_page_is_of_today(
    cycle: Cycle, page: Page, name: str, typed: str
) -> None:
    address = page.address(f"scorecards.{name}", lang="en", **AND_CHECKED[name])
    today = body(page.get(address))

    shown = page.get(
        page.address(f"scorecards.{name}", lang="en", as_of=typed, **AND_CHECKED[name]), expect=400
    )

    (field,) = shown.query("#as_of")
    assert field.attrs["value"] == typed[:LONGEST_SHOWN]
    assert field.attrs["aria-invalid"] == "true"
    says = BAD[typed]
    if name == "promise" and typed == "2026-08-31":
        says = "This promise was published on 5 October 2026."
    assert any(one.startswith(says) for one in shown.texts("#as_of-error"))
    assert body(shown) == today


def test_two_days_are_one_too_many_and_both_are_still_there(cycle: Cycle, page: Page) -> None:
    shown = page.get("/en/topics/?as_of=2026-10-31&as_of=2026-10-30", expect=400)

    assert shown.texts("#as_of-error") == ["There are two days here. Choose one."]
    assert shown.query("#as_of")[0].attrs["value"] == "2026-10-31 2026-10-30"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_it_is_said_in_the_language_of_the_page(cycle: Cycle, page: Page, lang: str) -> None:
    refused = page.get(f"/{lang}/?as_of=31.10.2026", expect=400).texts("#as_of-error")
    stood = page.get(f"/{lang}/?as_of=2026-10-31").texts(".notice b")
    english = "Write the day as year, month and day, such as 2026-10-31."

    assert refused
    assert stood
    assert (refused == [english]) is (lang == "en")
    assert stood[0].startswith("This is how it stood") is (lang == "en")


def test_an_empty_field_and_today_are_the_page_of_today(cycle: Cycle, page: Page) -> None:
    today = page.get("/en/").texts("main .heading, main section")

    for asked in ("", "2026-11-22"):
        shown = page.get(f"/en/?as_of={asked}")
        assert shown.texts("main .heading, main section") == today
        assert [one.attrs["href"] for one in shown.query("link[rel=canonical]")] == [
            one.attrs["href"] for one in page.get("/en/").query("link[rel=canonical]")
        ]


def test_the_form_keeps_what_else_was_asked_for_and_begins_at_the_first_page(
    cycle: Cycle, page: Page
) -> None:
    shown = page.get("/en/promises/?topic=health&page=2&as_of=2026-10-31")

    (form,) = [one for one in shown.query("form") if one.query("#as_of")]
    hidden = {one.attrs["name"]: one.attrs["value"] for one in form.query("[type=hidden]")}
    assert hidden == {"topic": "health"}
    assert form.attrs["method"] == "get"
    (day,) = form.query("#as_of")
    assert (day.attrs["type"], day.attrs["value"]) == ("date", "2026-10-31")
    assert (day.attrs["min"], day.attrs["max"]) == ("2026-09-01", "2026-11-22")


def test_what_was_published_later_is_not_found_as_of_an_earlier_day(
    cycle: Cycle, make: Builders, page: Page
) -> None:
    promise = make.promise("We will plant a linden.", cycle=cycle)
    make.finding(promise, "kept", content={"language": "en", "reason": "Lindens were planted."})

    assert "1 promise found" in page.get("/en/promises/?q=linden")
    shown = page.get("/en/promises/?q=linden&as_of=2026-11-21")
    assert "0 promises found" in shown
    assert "Lindens were planted" not in shown.source


def test_a_party_that_had_promised_nothing_yet_has_an_empty_page(cycle: Cycle, page: Page) -> None:
    shown = page.get("/en/parties/MK-BRIDGE?as_of=2026-10-01")

    assert "No score yet" in shown
    assert "No promises here yet" in shown


def test_links_to_another_cycle_lead_to_its_today(cycle: Cycle, make: Builders, page: Page) -> None:
    """It may have begun later."""
    make.cycle("earlier", first_month="2026-01", last_month="2026-12")
    cycle.is_current = True
    shown = page.get("/en/topics/?cycle=earlier&as_of=2026-02-01")
    menu = {link.attrs["href"] for link in shown.query("nav.main a")}
    assert "/en/topics/" in menu
    assert not any("as_of" in one for one in menu)


@pytest.mark.parametrize("name", AND_CHECKED)
def test_no_page_of_an_earlier_day_asks_more_than_twelve_questions(
    cycle: Cycle, page: Page, queries: Queries, name: str
) -> None:
    address = page.address(f"scorecards.{name}", lang="en", **AND_CHECKED[name])
    page.get(f"{address}?as_of=2026-10-31")
    page.app.extensions["front"].forget()
    with queries.at_most(12):
        page.get(f"{address}?as_of=2026-10-31")
