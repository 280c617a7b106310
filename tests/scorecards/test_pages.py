"""The public pages: what stands on them, and what does not."""

from datetime import date

import pytest

from mobilizer.cycles.models import Cycle
from mobilizer.findings.rules import Shown, public_content
from mobilizer.promises.rules import Precision, PromiseState
from tests.builders import Builders
from tests.support.page import Page

EVERY_PAGE = (
    "home", "topics", "parties", "regions", "all_municipalities", "promises", "method", "data",
    "corrections",
)  # fmt: skip
LANGUAGES = ("en", "sq", "mk", "sr")
#: Where menus, footers and links from elsewhere lead, also while there is nothing to show.
BEFORE_ANYTHING = (
    "topics/", "parties/", "regions/", "municipalities/", "promises/", "findings", "method",
    "releases/", "compare", "corrections", "data", "data/check", "data/check?by=party&key=A",
    "compare?one=party:A&other=party:B", "promises/?q=road", "promises/1", "topics/health",
    "cycles/first", "releases/first/2026-05", "releases/2026-05", "mobilizers/birch", "feed.atom",
    "corrections.atom", "topics/health/feed.atom",
)  # fmt: skip


def a_month(make: Builders, **values: object) -> Cycle:
    """A public cycle with six findings in one municipality."""
    cycle: Cycle = make.cycle(is_public=True, **values)
    tetovo = make.municipality("Tetovo", region="Polog")
    topic, party = make.topic(cycle=cycle, code="health"), make.party("Bridge Party")
    for rating in ("kept", "kept", "partly_kept", "broken", "stalled", "in_progress"):
        promise = make.promise(cycle=cycle, topic=topic, party=party, places=[tetovo])
        make.finding(promise, rating, place=tetovo, month=date(2026, 5, 1))
    return cycle


@pytest.mark.parametrize("name", EVERY_PAGE)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_public_page_opens_in_every_language_full_and_empty(
    make: Builders, page: Page, name: str, lang: str
) -> None:
    make.cycle(is_public=True)
    page.get(f"scorecards.{name}", lang=lang)

    a_month(make, code="second")
    page.get(f"scorecards.{name}", lang=lang, cycle="second")


def test_without_any_cycle_the_first_page_says_what_will_stand_there(page: Page) -> None:
    assert "Nothing has been published yet" in page.get("scorecards.home", lang="en")


@pytest.mark.parametrize("path", BEFORE_ANYTHING)
def test_without_any_cycle_every_address_says_that_nothing_is_there_yet(
    page: Page, path: str
) -> None:
    assert "Nothing has been published yet" in page.get(f"/en/{path}", expect=404)


def test_the_score_never_stands_without_its_counts_date_and_method(
    make: Builders, page: Page
) -> None:
    a_month(make)
    shown = page.get("scorecards.home", lang="en")

    assert "42 %" in shown.text.replace("\u00a0", " ")
    assert "6 of 6 promises are rated" in shown
    assert "Method, version 1.0" in shown


def test_fewer_than_five_rated_show_no_percentage(make: Builders, page: Page) -> None:
    cycle = make.cycle(is_public=True)
    make.finding(make.promise(cycle=cycle), "kept")

    shown = page.get("scorecards.home", lang="en")

    assert "Too few for a score" in shown
    (code,) = shown.query("#share-code")  # Of a frame: as wide as there is room.
    assert "100" not in shown.text.replace("80–100", "").replace(code.to_text(), "")


def test_a_region_counts_what_was_found_in_its_municipalities(make: Builders, page: Page) -> None:
    a_month(make)
    region = make.region("Polog")

    assert "6 of 6 promises are rated" in page.get("scorecards.region", lang="en", code=region.code)


@pytest.mark.parametrize("state", [PromiseState.DRAFT, PromiseState.CHECKED])
def test_what_is_not_published_stands_on_no_public_page(
    make: Builders, page: Page, state: PromiseState
) -> None:
    cycle = a_month(make)
    hidden = make.promise("Hidden words.", cycle=cycle, state=state, party=make.party("Unseen"))

    for name in EVERY_PAGE:
        shown = page.get(f"scorecards.{name}", lang="en").source
        assert "Hidden words" not in shown
        assert "Unseen" not in shown
    page.get("scorecards.promise", lang="en", number=hidden.number, expect=404)
    page.get("scorecards.party", lang="en", code=hidden.party.code, expect=404)


def test_a_cycle_that_is_not_public_is_not_there(make: Builders, page: Page) -> None:
    cycle = make.cycle(is_public=False)
    promise = make.promise(cycle=cycle)
    make.finding(promise)

    page.get("scorecards.cycle", lang="en", code=cycle.code, expect=404)
    page.get("scorecards.topics", lang="en", cycle=cycle.code, expect=404)
    page.get("scorecards.promise", lang="en", number=promise.number, expect=404)


def test_a_language_that_is_not_offered_is_not_there(page: Page) -> None:
    page.get("/de/", expect=404)


def test_the_door_leads_to_the_language_of_the_browser(page: Page) -> None:
    for asked, given in (
        *(("sq", "sq"), ("SQ-al", "sq"), ("mk;q=0.9,en;q=0.2", "mk"), ("en;q=0.2,mk;q=0.9", "mk")),
        *(("bs", "sr"), ("hr-HR,en;q=0.9", "sr"), ("sr-Cyrl,sq;q=0.5", "sr"), ("sq;q=0", "en")),
        *(("de", "en"), ("*", "en"), ("", "en"), ("de-AT,sq;q=0.1", "sq")),
    ):
        answer = page.get("/", headers={"Accept-Language": asked}, expect=302)
        assert answer.location == f"/{given}/"
        assert "Accept-Language" in answer.headers["Vary"]


def test_the_history_of_a_promise_shows_every_finding_and_its_evidence(
    make: Builders, page: Page
) -> None:
    promise = make.promise(cycle=make.cycle(is_public=True))
    video = Shown("video", "https://www.youtube.com/watch?v=dQw4w9WgXcQ", "youtube", caption="Site")
    for rating in ("not_started", "in_progress"):
        content = public_content(
            kind="full",
            language="en",
            answers={
                "rating_reason": f"It was {rating}.",
                "value_1": "3",
                "light_1": "yellow",
                "finding_1": "Three schools stand.",
                "step_decision": "yes",
            },
            evidence=[video],
        )
        make.finding(promise, rating, content=content)

    shown = page.get("scorecards.promise", lang="en", number=promise.number)

    for words in ("It was not_started.", "It was in_progress.", "Three schools stand.", "Yellow"):
        assert words in shown
    links = [link.attrs for link in shown.query("a.video")]
    assert links[0]["href"] == "https://www.youtube.com/watch?v=dQw4w9WgXcQ"
    assert "noreferrer" in links[0]["rel"]
    assert not shown.query("iframe")


def test_an_imported_verdict_says_whose_it_is(make: Builders, page: Page) -> None:
    promise = make.promise(cycle=make.cycle(is_public=True))
    content = {"kind": "imported", "language": "en", "reason": "Law passed.", "status": "Achieved"}
    make.finding(promise, "kept", content=content, imported_from="A Tracker")

    shown = page.get("scorecards.promise", lang="en", number=promise.number)

    assert "imported from A Tracker" in shown
    assert "“Achieved”" in shown
    assert "checked by a mentor" not in shown


def test_a_name_that_is_missing_in_a_language_falls_back_visibly(
    make: Builders, page: Page
) -> None:
    make.cycle(is_public=True, names={"sq": "Cikli i parë"})

    assert "Cikli i parë (in Albanian)" in page.get("scorecards.home", lang="en")


@pytest.mark.parametrize("text", ["Школа", "shkolla", "ŠKOLA"])
def test_the_register_is_searched_in_any_script(make: Builders, page: Page, text: str) -> None:
    cycle = make.cycle(is_public=True)
    make.promise("We will build a škola.", cycle=cycle)
    make.promise("We will pave a road.", cycle=cycle)

    shown = page.get("scorecards.promises", lang="en", q=text)

    assert "1 promise found" in shown


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        ({"rating": "kept"}, 2),
        ({"rating": "kept", "topic": "health"}, 2),
        ({"region": "MK-POLOG"}, 6),
        ({"region": "MK-EAST"}, 0),
        ({"q": "x" * 5000}, 0),
        ({"page": "-3"}, 6),
    ],
)
def test_the_register_is_filtered(
    make: Builders, page: Page, filters: dict[str, str], found: int
) -> None:
    a_month(make)
    make.region("East")

    shown = page.get("scorecards.promises", lang="en", **filters)

    assert f"{found} promise{'' if found == 1 else 's'} found" in shown


def test_public_pages_may_be_kept_and_need_no_cookie(make: Builders, page: Page) -> None:
    a_month(make)
    shown = page.get("scorecards.home", lang="en")

    assert shown.headers["Cache-Control"] == "public, max-age=0, must-revalidate"
    assert "Set-Cookie" not in shown.headers
    assert "Cookie" not in shown.headers.get("Vary", "")


def test_a_public_page_is_small(make: Builders, page: Page) -> None:
    a_month(make)

    assert len(page.get("scorecards.home", lang="mk").body) < 120_000


def test_the_health_of_the_site_can_be_asked_for(page: Page) -> None:
    assert page.get("open.alive").json == {"alive": True}
    assert page.get("open.ready").json["ready"] is True


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ({"said_on": date(2024, 1, 1), "said_on_precision": Precision.YEAR}, "2024"),
        ({"said_on": date(2024, 3, 1), "said_on_precision": Precision.MONTH}, "March 2024"),
        ({"said_on": None, "said_on_raw": "in spring"}, "in spring"),
    ],
)
def test_a_source_is_dated_as_exactly_as_it_says(
    make: Builders, page: Page, said: dict[str, object], shown: str
) -> None:
    cycle = make.cycle(is_public=True)
    source = make.source(cycle=cycle, title="Programme", **said)
    promise = make.promise(cycle=cycle, source=source)
    told = page.get("scorecards.promise", lang="en", number=promise.number).texts("main .hint")
    assert any(line.startswith(f"Programme · {shown}") for line in told)
