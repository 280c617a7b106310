"""A mobilizer's public page: only if she wants it, and never so that she is found by it."""

from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest

from mobilizer.accounts.models import User
from mobilizer.core import clock
from mobilizer.core.database import db
from mobilizer.cycles.models import Cycle
from mobilizer.scorecards.rules.alias import LEAST_TOGETHER, ROUGHLY, may_be_shown, roughly
from tests.builders import Builders
from tests.support.page import Page

OCTOBER = datetime(2026, 10, 12, tzinfo=UTC)
NOVEMBER = datetime(2026, 11, 22, 12, tzinfo=UTC)
OWN = {"language": "en", "full_name": "Mira Kostova"}


@pytest.fixture(autouse=True)
def november() -> Iterator[None]:
    with clock.at(NOVEMBER):
        yield


@pytest.fixture
def cycle(make: Builders) -> Cycle:
    return make.cycle(is_public=True, first_month="2026-06", last_month="2026-12")


def publishes(make: Builders, who: User, reports: int, at: datetime = OCTOBER) -> None:
    """So many of her reports are published."""
    with clock.at(at):
        for _ in range(reports):
            entry = make.report(make.assignment(who), month=date(at.year, at.month, 1))
            make.finding(
                entry.assignment.promise,
                place=entry.assignment.place,
                month=entry.month,
                revision_id=entry.revisions[-1].id,
            )


@pytest.fixture
def owl(make: Builders, cycle: Cycle) -> User:
    """One of three who have published in Polog; she wants a page."""
    owl = make.mobilizer("Polog", alias="Бела Утка", public_page="bela-utka")
    for who in (owl, make.mobilizer("Polog"), make.mobilizer("Polog")):
        publishes(make, who, 1)
    db.session.flush()
    return owl


# --- what it says


def test_a_page_says_the_alias_the_region_and_no_number_of_its_own(page: Page, owl: User) -> None:
    shown = page.get("scorecards.mobilizer", lang="en", slug="bela-utka")

    assert "Бела Утка" in shown
    assert "Polog" in shown
    assert shown.query('meta[name=robots][content="noindex, nofollow"]')
    assert shown.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("reports", [*range(0, 600, 7), *ROUGHLY])
def test_a_number_is_never_exact(reports: int) -> None:
    said = roughly(reports)
    assert said == 0 or said in ROUGHLY
    assert said < max(reports, 1)


def test_nothing_changes_with_a_report_of_this_month(make: Builders, page: Page, owl: User) -> None:
    before = page.get("scorecards.mobilizer", lang="en", slug="bela-utka").source
    publishes(make, owl, ROUGHLY[0] + 1, NOVEMBER)
    assert page.get("scorecards.mobilizer", lang="en", slug="bela-utka").source == before

    with clock.at(datetime(2026, 12, 1, 12, tzinfo=UTC)):
        shown = page.get("scorecards.mobilizer", lang="en", slug="bela-utka")
        assert f"More than {ROUGHLY[0]} of her reports" in shown


def test_neither_another_day_nor_another_cycle_tells_more(
    make: Builders, page: Page, owl: User
) -> None:
    before = page.get("scorecards.mobilizer", lang="en", slug="bela-utka").text
    with clock.at(OCTOBER):
        second = make.cycle(code="second", is_public=True)
    asked = {"as_of": "2026-07-01", "cycle": second.code}
    assert page.get("scorecards.mobilizer", lang="en", slug="bela-utka", **asked).text == before


def test_a_page_stays_that_of_a_mobilizer_of_its_cycle_whatever_she_becomes(
    make: Builders, page: Page, owl: User, cycle: Cycle
) -> None:
    before = page.get("scorecards.mobilizer", lang="en", slug="bela-utka").text
    make.posting(owl, "mentor", "East", cycle=cycle)
    make.posting(owl, "mobilizer", "East", cycle=make.cycle(code="second", is_public=True))
    db.session.commit()
    now = page.get("scorecards.mobilizer", lang="en", slug="bela-utka", cycle=cycle.code)
    assert now.text == before


def test_nobody_has_a_page_as_a_mentor(make: Builders, page: Page, cycle: Cycle) -> None:
    lynx = make.mentor("East", alias="Lynx", public_page="lynx")
    for who in (make.mobilizer("East"), make.mobilizer("East"), make.mobilizer("East")):
        publishes(make, who, 1)
    page.get("scorecards.mobilizer", lang="en", slug=lynx.public_page, expect=404)


def test_who_published_elsewhere_or_is_a_mentor_by_now_hides_nobody(
    make: Builders, page: Page, cycle: Cycle
) -> None:
    """Three mobilizers of the very region and cycle, or whoever reads knows which of two."""
    lynx = make.mobilizer("East", alias="Lynx", public_page="lynx")
    other, third = make.mobilizer("East"), make.mobilizer("West")
    for who in (lynx, other, third):
        publishes(make, who, 1)
    make.posting(third, "mentor", "East", cycle=cycle)
    make.posting(third, "mobilizer", "East", cycle=make.cycle(code="second", is_public=True))
    db.session.commit()
    page.get("scorecards.mobilizer", lang="en", slug="lynx", cycle=cycle.code, expect=404)


def test_no_promise_municipality_or_month_of_hers_stands_there(
    make: Builders, page: Page, owl: User
) -> None:
    shown = page.get("scorecards.mobilizer", lang="en", slug="bela-utka")
    links = [link.attrs["href"] for link in shown.query("main a")]
    assert links == [f"/en/regions/{make.region('Polog').code}"]


# --- who has one


def test_nobody_has_a_page_who_did_not_ask_for_it(make: Builders, page: Page, owl: User) -> None:
    heron = make.mobilizer("Polog", alias="Heron")
    publishes(make, heron, 1)
    assert heron.public_page is None
    page.get("scorecards.mobilizer", lang="en", slug="heron", expect=404)


@pytest.mark.parametrize("why", ["unknown", "off", "closed", "few", "another_cycle"])
def test_a_page_that_is_not_there_answers_as_one_that_never_was(
    make: Builders, page: Page, owl: User, cycle: Cycle, why: str
) -> None:
    slug = "bela-utka"
    if why == "off":
        owl.public_page = None
    elif why == "closed":
        owl.deactivated_at = clock.now()
    elif why == "few":
        lynx = make.mobilizer("East", alias="Lynx", public_page="lynx")
        publishes(make, lynx, 30)
        slug = "lynx"
    elif why == "another_cycle":
        cycle.is_public = False
        make.cycle(code="now", is_public=True)
    else:
        slug = "nobody"
    db.session.flush()

    answer = page.get("scorecards.mobilizer", lang="en", slug=slug, expect=404)
    never = page.get("scorecards.mobilizer", lang="en", slug="x" * len(slug), expect=404)

    assert answer.source.replace(slug, "") == never.source.replace("x" * len(slug), "")


def test_it_takes_three_who_have_published() -> None:
    assert LEAST_TOGETHER == 3
    assert not may_be_shown(LEAST_TOGETHER - 1)
    assert may_be_shown(LEAST_TOGETHER)


def test_two_who_published_and_one_who_did_not_are_too_few(make: Builders, page: Page) -> None:
    make.cycle(is_public=True, first_month="2026-06", last_month="2026-12")
    lynx = make.mobilizer("East", alias="Lynx", public_page="lynx")
    make.mobilizer("East")
    for who in (lynx, make.mobilizer("East")):
        publishes(make, who, 2)
    page.get("scorecards.mobilizer", lang="en", slug="lynx", expect=404)


# --- her switch


def test_the_switch_is_off_until_she_turns_it(make: Builders, page: Page, cycle: Cycle) -> None:
    mira = make.mobilizer("Polog", full_name="Mira Kostova", alias="Owl")
    page.sign_in(mira)
    switch = page.get("accounts.own").query("[name=has_public_page]")[0]
    assert "checked" not in switch.attrs

    page.post("accounts.own", data={**OWN, "alias": "Owl", "has_public_page": "y"})
    assert mira.public_page == "owl"
    page.post("accounts.own", data={**OWN, "alias": "Owl"})
    assert mira.public_page is None


@pytest.mark.parametrize("why", ["few", "no_cycle", "not_in_cycle", "shown"])
def test_her_settings_say_why_the_page_she_wants_is_not_there(
    make: Builders, page: Page, owl: User, cycle: Cycle, why: str
) -> None:
    who, said = owl, None
    if why == "few":
        who = make.mobilizer("East", alias="Lynx", public_page="lynx")
        said = "fewer than three mobilizers of your region"
    elif why == "no_cycle":
        cycle.is_public, said = False, "no cycle is public"
    elif why == "not_in_cycle":
        who = make.mentor("East", alias="Lynx", public_page="lynx")
        said = "only mobilizers of the cycle"
    db.session.flush()
    page.sign_in(who)

    own = page.get("accounts.own")

    assert ("It is not shown" in own) is (said is not None)
    assert said is None or said in own
    assert bool(own.query(f'a[href="/en/mobilizers/{who.public_page}"]')) is (said is None)
    expected = 200 if said is None else 404
    page.get("scorecards.mobilizer", lang="en", slug=who.public_page, expect=expected)


def test_who_wants_no_page_is_told_nothing_of_one(make: Builders, page: Page, cycle: Cycle) -> None:
    page.sign_in(make.mobilizer("East", alias="Lynx"))
    assert "It is not shown" not in page.get("accounts.own")


def test_another_alias_has_another_address_and_nothing_leads_there(
    make: Builders, page: Page, owl: User
) -> None:
    page.sign_in(owl)
    page.post("accounts.own", data={**OWN, "alias": "Чапја", "has_public_page": "y"})

    assert owl.public_page == "capja"
    page.get("scorecards.mobilizer", lang="en", slug="bela-utka", expect=404)


def test_two_of_one_alias_have_different_addresses(make: Builders, page: Page, owl: User) -> None:
    other = make.mobilizer("Polog", full_name="Mira Kostova", alias="Owl")
    page.sign_in(other)
    page.post("accounts.own", data={**OWN, "alias": "Bela utka", "has_public_page": "y"})

    assert other.public_page
    assert other.public_page.startswith("bela-utka-")
    assert other.public_page != owl.public_page


def test_an_alias_that_makes_no_address_is_refused_beside_the_switch(
    make: Builders, page: Page, cycle: Cycle
) -> None:
    page.sign_in(make.mobilizer("Polog", full_name="Mira Kostova", alias="Owl"))
    answer = page.post(
        "accounts.own", data={**OWN, "alias": "✿✿", "has_public_page": "y"}, expect=200
    )
    assert "needs a letter or a digit" in answer
    assert answer.query("[name=alias]")[0].attrs["value"] == "✿✿"
