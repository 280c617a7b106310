"""The release of a month: what it counts, what it says, and that it stays."""

from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest

from mobilizer.core import clock
from mobilizer.core.database import db
from mobilizer.cycles.models import Cycle
from mobilizer.elections.models import Party
from mobilizer.findings.models import Finding
from mobilizer.promises.models import Promise
from mobilizer.promises.rules import Testability
from tests.builders import Builders
from tests.support.days import on
from tests.support.page import Page
from tests.support.queries import Queries

LANGUAGES = ("en", "sq", "mk", "sr")
OCTOBER = "/en/releases/local/2026-10"


@pytest.fixture
def cycle(make: Builders) -> Iterator[Cycle]:
    """Six findings of October in one town; the clock stands on the 22nd of November."""
    cycle: Cycle = make.cycle("local", first_month="2026-09", last_month="2027-06")
    town = make.municipality("Tetovo", region="Polog")
    topic, party = make.topic("health", cycle=cycle), make.party("Bridge Party", code="MK-BRIDGE")
    with on(2026, 10, 5):
        for rating in ("kept", "kept", "partly_kept", "broken", "stalled", "in_progress"):
            promise = make.promise(cycle=cycle, topic=topic, party=party, places=[town])
            make.finding(promise, rating, place=town, month=date(2026, 10, 1))
    with on(2026, 11, 22):
        yield cycle


def correct(make: Builders, number: int, rating: str) -> Finding:
    wrong = db.session.get(Finding, number)
    assert wrong is not None
    content = {
        "language": "en",
        "reason": "It stands.",
        "correction": {"reason": "The wrong street was visited.", "language": "en"},
    }
    return make.finding(
        wrong.promise,
        rating,
        place=wrong.place,
        month=wrong.month,
        corrects=number,
        content=content,
    )


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_releases_are_listed_and_open_in_every_language(
    cycle: Cycle, page: Page, lang: str
) -> None:
    listed = page.get("scorecards.releases", lang=lang)

    assert [link.attrs["href"] for link in listed.query("main tbody a")] == [
        f"/{lang}/releases/local/2026-10"
    ]
    page.get(f"/{lang}/releases/local/2026-10")


def test_a_release_says_number_counts_day_and_method(cycle: Cycle, page: Page) -> None:
    shown = page.get(OCTOBER)

    assert "42 %" in shown.text.replace("\u00a0", " ")
    assert "6 of 6 promises are rated, as of 31 October 2026" in shown
    assert "Method, version 1.0" in shown
    assert "In this month 6 findings were published (numbers 1 to 6 of the chain)." in shown
    assert "6 promises were added." in shown


def test_a_printed_command_breaks_at_spaces_alone(cycle: Cycle, page: Page) -> None:
    """Whoever types it from paper must not guess where a line of it went on."""
    for lang in ("en", "sq", "mk", "sr"):
        for address in (f"releases/{cycle.code}/2026-10", "data/check"):
            shown = page.get(f"/{lang}/{address}")
            commands = [one for one in shown.query("main code") if one.to_text()[:9] == "mobilizer"]
            assert commands
            for command in commands:
                words = [word.to_text() for word in command.query("span.nowrap")]
                assert words == command.to_text().split()


def test_it_says_where_nobody_had_looked_by_then(cycle: Cycle, make: Builders, page: Page) -> None:
    later = make.municipality("Gostivar", region="Polog")
    make.finding(make.promise(cycle=cycle, places=[later]), "kept", place=later)

    some = "1 municipality was monitored by then; no conclusion about the others."
    assert some in page.get(OCTOBER)
    assert "All 2 municipalities are monitored." in page.get("scorecards.home", lang="en")


def test_what_cannot_be_rated_was_not_looked_at_for_that(
    cycle: Cycle, make: Builders, page: Page
) -> None:
    with on(2026, 10, 6):
        place = make.municipality("Gostivar", region="Polog")
        make.promise(cycle=cycle, places=[place], testability=Testability.NOT_TESTABLE)

    assert "1 municipality was monitored by then" in page.get(OCTOBER)


def test_it_prints_the_head_of_the_chain_as_it_was_over_all_cycles(
    cycle: Cycle, make: Builders, page: Page
) -> None:
    other = make.cycle("other", first_month="2026-09", last_month="2027-06")
    with clock.at(datetime(2026, 10, 31, 22, 59, tzinfo=UTC)):  # 23:59 in Skopje
        last = make.finding(make.promise(cycle=other), "kept")
    with clock.at(datetime(2026, 10, 31, 23, 1, tzinfo=UTC)):  # November in Skopje
        make.finding(make.promise(cycle=other), "kept")

    shown = page.get(OCTOBER)
    assert shown.texts("code.hash") == [last.hash]
    assert f"ended with finding number {last.number}" in shown


def test_a_release_never_changes_by_what_is_found_later(
    cycle: Cycle, make: Builders, page: Page
) -> None:
    before = page.get(OCTOBER)
    town = make.municipality("Tetovo", region="Polog")
    for promise in promises_of(cycle):
        make.finding(promise, "broken", place=town, month=date(2026, 11, 1))
    make.finding(make.promise(cycle=cycle, topic=cycle.topics[0]), "kept")

    after = page.get(OCTOBER)
    assert after.texts("main section") == before.texts("main section")
    assert page.get("/en/").texts("main .figure") != before.texts("main .figure")


def test_a_release_never_changes_by_what_is_renamed_or_moved_later(
    cycle: Cycle, make: Builders, page: Page
) -> None:
    before = page.get(OCTOBER)
    moved, *_ = promises_of(cycle)
    moved.party = make.party("Lantern Party", code="MK-LANTERN")
    moved.topic = make.topic("roads", cycle=cycle)
    moved.places = [make.municipality("Ohrid", region="Southwest")]
    moved.testability = Testability.NOT_TESTABLE
    db.session.commit()
    assert page.get(OCTOBER).texts("main section") == before.texts("main section")
    assert page.get("/api/v1/scores?by=party").source.count("MK-LANTERN")

    bridge = db.session.scalars(db.select(Party).where(Party.code == "MK-BRIDGE")).one()
    bridge.names = {"en": "Tunnel Party"}
    db.session.commit()
    renamed = "".join(page.get(OCTOBER).texts("main section"))
    assert renamed == "".join(before.texts("main section")).replace("Bridge", "Tunnel")


def promises_of(cycle: Cycle) -> list[Promise]:
    return list(db.session.scalars(db.select(Promise).where(Promise.cycle_id == cycle.id)))


def test_what_was_corrected_since_is_said_and_what_was_published_still_counts(
    cycle: Cycle, make: Builders, page: Page
) -> None:
    assert "No finding that is counted here has been corrected since." in page.get(OCTOBER)
    counted = page.get(OCTOBER).texts("main .legend")
    made = correct(make, 1, "broken")

    shown = page.get(OCTOBER)

    assert shown.texts("main .legend") == counted
    (told,) = shown.texts("#corrected ~ ul li")
    assert "It said Kept It says now Broken" in told
    assert f"by finding {made.number}" in told


def test_a_correction_made_in_the_month_itself_is_none_since(
    cycle: Cycle, make: Builders, page: Page
) -> None:
    with on(2026, 10, 20):
        correct(make, 1, "broken")

    shown = page.get(OCTOBER)
    assert "No finding that is counted here has been corrected since." in shown
    assert "Kept 1" in shown.texts("main .legend")[0]


def test_it_tells_how_it_differs_from_the_month_before(
    cycle: Cycle, make: Builders, page: Page
) -> None:
    town = make.municipality("Tetovo", region="Polog")
    with on(2026, 11, 10):
        for promise in promises_of(cycle)[3:5]:
            make.finding(promise, "kept", place=town, month=date(2026, 11, 1))
    with on(2026, 12, 2):
        shown = page.get("/en/releases/local/2026-11")

    assert "up 33 points since October 2026" in shown
    (bridge,) = [row for row in shown.texts("main tbody tr") if row.startswith("Bridge Party")]
    assert "75 % +33 6 6" in bridge.replace("\u00a0", " ")


def test_its_rows_lead_to_the_pages_as_they_stood_on_its_last_day(cycle: Cycle, page: Page) -> None:
    links = [link.attrs["href"] for link in page.get(OCTOBER).query("main tbody a")]

    assert set(links) == {
        "/en/topics/health?as_of=2026-10-31",
        "/en/parties/MK-BRIDGE?as_of=2026-10-31",
        "/en/regions/MK-POLOG?as_of=2026-10-31",
        "/en/municipalities/MK-POLOG-TETOVO?as_of=2026-10-31",
    }
    for link in links:
        assert page.get(link).texts(".figure") == page.get(OCTOBER).texts(".figure")


@pytest.mark.parametrize(
    "month",
    [
        *("2026-11", "2026-12", "2026-09", "2026-13", "2026-00", "9999-12", "0000-10"),
        *("october", "2026-1", "２０２６-10", "2026-10-31", "x" * 500),
    ],
)
def test_a_month_that_is_not_over_or_is_none_has_no_release(
    cycle: Cycle, page: Page, month: str
) -> None:
    shown = page.get(f"/en/releases/local/{month}", expect=404)
    assert "/en/releases/" in [link.attrs["href"] for link in shown.query("main a")]


def test_two_cycles_have_each_their_own_release_of_a_month(
    cycle: Cycle, make: Builders, page: Page
) -> None:
    other = make.cycle("other", first_month="2026-09", last_month="2027-06")
    with on(2026, 10, 7):
        make.promise(cycle=other)

    assert "6 of 6 promises" in page.get(OCTOBER)
    assert "0 of 1 promise" in page.get("/en/releases/other/2026-10")
    (canonical,) = page.get("/en/releases/other/2026-10").query("link[rel=canonical]")
    assert canonical.attrs["href"].endswith("/en/releases/other/2026-10")


def test_the_short_address_leads_to_the_one_that_stays(cycle: Cycle, page: Page) -> None:
    cycle.is_current = True
    answer = page.get("/en/releases/2026-10", expect=302)
    assert answer.location == OCTOBER


def test_a_cycle_that_is_not_public_has_no_release(
    cycle: Cycle, make: Builders, page: Page
) -> None:
    cycle.is_public = False
    page.get(OCTOBER, expect=404)
    page.get("/en/releases/local/2026-10", expect=404)


def test_a_cycle_without_a_month_that_is_over_has_an_empty_list(make: Builders, page: Page) -> None:
    with on(2026, 11, 22):
        cycle = make.cycle("young", first_month="2026-11", last_month="2027-06")
        make.promise(cycle=cycle)
        assert "No release yet" in page.get("/en/releases/?cycle=young")


def test_what_is_found_after_the_last_month_is_released_too(make: Builders, page: Page) -> None:
    cycle = make.cycle("over", first_month="2026-03", last_month="2026-04")
    with on(2026, 3, 5):
        promise = make.promise(cycle=cycle)
    with on(2026, 6, 2):
        make.finding(promise, "kept", month=date(2026, 4, 1))
    with on(2026, 11, 22):
        links = page.get("/en/releases/?cycle=over").query("main tbody a")
    assert [one.attrs["href"].rpartition("/")[2] for one in links] == [
        *("2026-06", "2026-05", "2026-04", "2026-03"),
    ]


def test_the_sitemap_lists_the_releases(cycle: Cycle, page: Page) -> None:
    listed = page.get("/sitemaps/local.xml").source
    for lang in LANGUAGES:
        assert f"/{lang}/releases/local/2026-10</loc>" in listed
    assert "/en/releases/local/2026-11" not in listed


@pytest.mark.parametrize("address", ["/en/releases/", OCTOBER])
def test_no_page_of_releases_asks_more_than_twelve_questions(
    cycle: Cycle, make: Builders, page: Page, queries: Queries, address: str
) -> None:
    correct(make, 1, "broken")
    page.get(address)
    page.app.extensions["front"].forget()
    with queries.at_most(12):
        page.get(address)
