"""What a page tells machines: where it is, in which languages, what it says and finds."""

import json
from datetime import UTC, date, datetime
from typing import Any
from urllib.parse import urlsplit

import pytest
from flask import Flask

from mobilizer.api.tasks import look, pack
from mobilizer.core import clock
from mobilizer.core.pages import PER_PAGE
from mobilizer.jobs.tasks import Worker
from mobilizer.promises.models import Promise
from mobilizer.scoring.rules import Rating
from tests.builders import Builders
from tests.sharing.programme import a_programme
from tests.support.answers import Answer
from tests.support.page import Page

#: What is told does not depend on the database; the tests of the sitemap hold what is found.
pytestmark = pytest.mark.parametrize("app", ["sqlite"], indirect=True)

TAGS = ("en", "sq", "mk", "sr-Latn", "x-default")
EVIL = '</script><script>alert("1")</script><!-- \u2028 & \''


def canonical(answer: Answer) -> str:
    (link,) = answer.query('link[rel="canonical"]')
    return str(link.attrs["href"])


def alternates(answer: Answer) -> dict[str, str]:
    return {
        link.attrs["hreflang"]: link.attrs["href"]
        for link in answer.query('link[rel="alternate"]')
        if "hreflang" in link.attrs
    }


def told(answer: Answer, name: str) -> str:
    (meta,) = answer.query(f'meta[property="{name}"]') or answer.query(f'meta[name="{name}"]')
    return str(meta.attrs["content"])


def facts(answer: Answer) -> list[dict[str, Any]]:
    blocks = answer.query('script[type="application/ld+json"]')
    return [json.loads(block.to_text()) for block in blocks]


def test_every_page_is_told_in_every_language(make: Builders, page: Page) -> None:
    there = a_programme(make)
    for view, values in there.pages.items():
        found = alternates(page.get(f"scorecards.{view}", lang="mk", **values))
        assert set(found) == set(TAGS)
        for tag in TAGS[:4]:
            path = found[tag].removeprefix("http://localhost")
            assert alternates(page.get(path)) == found


def test_an_address_is_never_taken_from_the_host_that_is_asked_for(
    make: Builders, page: Page, app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    a_programme(make)
    monkeypatch.setitem(app.config, "SITE_URL", "https://promises.example")
    monkeypatch.setitem(app.config, "TRUSTED_HOSTS", ["promises.example", "127.0.0.1"])
    shown = page.get("/en/", headers={"Host": "127.0.0.1:9999", "X-Forwarded-Host": "evil.example"})
    assert canonical(shown) == "https://promises.example/en/"
    assert told(shown, "og:image").startswith("https://promises.example/share/en/")
    assert "evil.example" not in shown.source
    assert "127.0.0.1:9999" not in shown.source


def test_one_page_has_one_address_whatever_was_asked(make: Builders, page: Page) -> None:
    cycle = a_programme(make).cycle
    other = make.cycle("other", is_public=True, topics=("health",))
    for asked, right in (
        ("/en/?utm_source=x&cycle=", "/en/"),
        (f"/en/cycles/{cycle.code}", "/en/"),
        (f"/en/topics/health?cycle={cycle.code}&q=1", "/en/topics/health"),
        ("/en/topics/health?x=1&cycle=other", "/en/topics/health?cycle=other"),
        ("/en/promises/?page=2&rating=kept", "/en/promises/?rating=kept"),  # Not so many are.
        ("/en/promises/?page=1", "/en/promises/"),
        (f"/en/?cycle={cycle.code}", "/en/"),
        ("/en/?cycle=other", "/en/cycles/other"),
        (f"/en/cycles/{other.code}?cycle=other", "/en/cycles/other"),
    ):
        assert canonical(page.get(asked)) == f"http://localhost{right}"


def test_an_address_keeps_all_that_changes_what_the_page_says(make: Builders, page: Page) -> None:
    """And nothing that it did not take."""
    a_programme(make)
    for asked in (
        "/en/data/check",
        "/en/data/check?by=topic&key=health",
        "/en/promises/?topic=health&rating=kept&q=road",
        "/en/findings?before=4&topic=health",
        "/en/compare?one=topic:health",
    ):
        shown = page.get(asked, expect=None)
        right = asked if shown.status == 200 else asked.partition("?")[0]
        assert canonical(shown) == f"http://localhost{right}"
        assert alternates(shown)["sq"] == f"http://localhost{right}".replace("/en/", "/sq/")
    for asked in ("/en/promises/?rating=planted&q=%00", "/en/findings?topic=planted"):
        assert "planted" not in canonical(page.get(asked, expect=400))


def test_a_second_page_has_an_address_of_its_own(make: Builders, page: Page) -> None:
    there = a_programme(make)
    topic = there.promise.topic
    for _ in range(PER_PAGE):
        make.promise(cycle=there.cycle, topic=topic, party=there.promise.party)
    for path in ("/en/promises/", "/en/topics/health"):
        assert canonical(page.get(f"{path}?page=2&x=1")) == f"http://localhost{path}?page=2"
        assert canonical(page.get(f"{path}?page=10000")) == f"http://localhost{path}?page=2"


def test_a_link_shown_elsewhere_says_the_number_in_words(make: Builders, page: Page) -> None:
    a_programme(make)
    shown = page.get("scorecards.topic", lang="en", code="health")
    said = told(shown, "og:description").replace("\u00a0", " ")
    assert "42 % fulfilled, of 6 rated promises" in said
    assert "6 of 6 promises are rated, as of" in said
    assert told(shown, "twitter:card") == "summary_large_image"
    assert told(shown, "description") == told(shown, "og:description")


def test_a_page_of_a_past_day_is_told_with_the_numbers_of_that_day(
    make: Builders, page: Page
) -> None:
    """And with the day itself; it has no picture, for pictures are of today."""
    with clock.at(datetime(2026, 6, 10, tzinfo=UTC)):
        there = a_programme(make)
        place = there.place.code
    with clock.at(datetime(2026, 6, 20, tzinfo=UTC)):
        topic, party = there.promise.topic, there.promise.party
        more = make.promise(cycle=there.cycle, topic=topic, party=party, places=[there.place])
        make.finding(more, "kept", place=there.place, month=date(2026, 5, 1))
        make.finding(there.promise, "broken", place=there.place, month=date(2026, 6, 1))
        pages = {
            "/en/": "42 % fulfilled, of 6 rated promises",
            "/en/topics/health": "42 % fulfilled, of 6 rated promises",
            f"/en/municipalities/{place}": "42 % fulfilled, of 6 rated promises",
            f"/en/promises/{there.promise.number}": ". Kept. as of 10 June 2026",
        }
        for address, number in pages.items():
            shown = page.get(f"{address}?as_of=2026-06-10")
            said = told(shown, "description").replace("\u00a0", " ")
            assert number in said, address
            assert "as of 10 June 2026" in said
            assert told(shown, "og:description").replace("\u00a0", " ") == said
            assert not shown.query('meta[property="og:image"]')
            assert told(page.get(address), "description").replace("\u00a0", " ") != said


def test_too_few_are_told_in_whole_sentences(make: Builders, page: Page) -> None:
    a_programme(make)
    make.promise(topic=make.topic("roads"))
    shown = page.get("scorecards.topic", lang="en", code="roads")
    said = told(shown, "description")
    assert "Too few for a score. 0 promises are rated; a score takes 5." in said


def test_a_demonstration_is_kept_out_of_search_engines_and_tells_no_facts(
    make: Builders, page: Page
) -> None:
    there = a_programme(make, is_demonstration=True)
    for view, values in {**there.pages, "data": {}}.items():
        shown = page.get(f"scorecards.{view}", lang="en", **values)
        assert told(shown, "robots") == "noindex"
        assert not facts(shown)
    assert told(page.get("scorecards.home", lang="en"), "og:description").startswith("Demonstr")


@pytest.mark.parametrize(
    ("address", "says"),
    [
        ("/en/", "noindex"),
        ("/follow/all", "noindex, nofollow"),
        ("/ask/promises/1", "noindex, nofollow"),
    ],
)
def test_a_page_of_a_demonstration_tells_robots_one_thing(
    make: Builders, page: Page, address: str, says: str
) -> None:
    a_programme(make, is_demonstration=True)
    told_robots = [one.attrs["content"] for one in page.get(address).query('meta[name="robots"]')]
    assert told_robots == [says]


def test_real_pages_are_for_search_engines(make: Builders, page: Page) -> None:
    a_programme(make)
    assert not page.get("scorecards.home", lang="en").query('meta[name="robots"]')


def test_a_verdict_of_ours_is_told_as_a_review(make: Builders, page: Page) -> None:
    promise = a_programme(make).promise
    (review,) = facts(page.get("scorecards.promise", lang="sq", number=promise.number))
    assert review["@type"] == "ClaimReview"
    assert review["claimReviewed"] == promise.exact_words
    assert review["url"] == f"http://localhost/sq/promises/{promise.number}"
    assert review["reviewRating"]["ratingValue"] == 1.0
    date.fromisoformat(review["datePublished"])


@pytest.mark.parametrize("rating", [Rating.IN_PROGRESS, Rating.STALLED, Rating.NOT_STARTED])
def test_what_is_still_open_is_no_verdict(make: Builders, page: Page, rating: Rating) -> None:
    there = a_programme(make)
    make.finding(there.promise, rating, place=there.place, month=date(2026, 6, 1))
    assert not facts(page.get("scorecards.promise", lang="en", number=there.promise.number))


def test_another_trackers_verdict_is_not_told_as_ours(make: Builders, page: Page) -> None:
    cycle = a_programme(make).cycle
    promise: Promise = make.promise(cycle=cycle)
    make.finding(promise, "kept", imported_from="Another tracker", month=date(2026, 5, 1))
    assert not facts(page.get("scorecards.promise", lang="en", number=promise.number))


def test_words_cannot_break_out_of_the_head(make: Builders, page: Page) -> None:
    cycle = a_programme(make).cycle
    promise = make.promise(EVIL, cycle=cycle, party=make.party(EVIL), titles={"en": EVIL})
    make.finding(promise, "kept", month=date(2026, 5, 1))

    shown = page.get("scorecards.promise", lang="en", number=promise.number)

    assert "<script>alert" not in shown.source
    (review,) = facts(shown)
    assert review["claimReviewed"] == EVIL
    assert review["itemReviewed"]["author"]["name"] == EVIL


def test_data_is_told_as_a_dataset(make: Builders, page: Page) -> None:
    a_programme(make)
    (told_of,) = facts(page.get("scorecards.data", lang="en"))
    assert told_of["@type"] == "Dataset"
    for file in told_of["distribution"]:
        page.get(file["contentUrl"].removeprefix("http://localhost"))


def test_the_dataset_names_the_package_that_is_kept(app: Flask, make: Builders, page: Page) -> None:
    cycle = a_programme(make).cycle
    (before,) = facts(page.get("scorecards.data", lang="en"))
    assert len(before["distribution"]) == 4, "no package is named that is not there"
    worker = Worker({"api.pack": pack}, often=[look])
    with app.app_context():
        worker.look()
        worker.drain()

    (told_of,) = facts(page.get("scorecards.data", lang="en"))

    files = told_of["distribution"]
    kinds = {urlsplit(one["contentUrl"]).path: one["encodingFormat"] for one in files}
    for name, kind in (
        ("package.zip", "application/zip"),
        ("datapackage.json", "application/json"),
    ):
        assert kinds[page.address("api.package", cycle=cycle.code, file=name)] == kind
    for path, kind in kinds.items():
        found = page.get(path)
        assert found.headers["Content-Type"].startswith(kind)


def test_what_is_compared_belongs_to_the_address_and_is_told(make: Builders, page: Page) -> None:
    there = a_programme(make)
    bridge = there.promise.party
    make.promise(cycle=there.cycle, party=make.party("Hill Party", code="hill"))
    asked = f"one=party:{bridge.code}&other=party:hill"

    shown = page.get(f"/mk/compare?{asked}&page=2&so=what")
    chosen = page.get(f"/mk/compare?one=party:{bridge.code}")

    assert canonical(shown) == f"http://localhost/mk/compare?{asked}"
    assert alternates(shown)["sq"] == f"http://localhost/sq/compare?{asked}"
    assert canonical(chosen) == "http://localhost/mk/compare", "nothing is compared yet"
    said = told(page.get(f"/en/compare?{asked}"), "description")
    assert said == (
        "Bridge Party: 42 % fulfilled, of 6 rated promises: 2 kept, 1 partly (counting half). "
        "Hill Party: 0 promises are rated; a score takes 5."
    )


def test_crumbs_are_told_as_such(make: Builders, page: Page) -> None:
    a_programme(make)
    shown = page.get("scorecards.topic", lang="en", code="health")
    (crumbs,) = shown.query('[itemtype="https://schema.org/BreadcrumbList"]')
    assert [one.attrs["content"] for one in crumbs.query('[itemprop="position"]')] == ["1"]


def test_a_page_without_a_number_has_a_description_and_no_picture(
    make: Builders, page: Page
) -> None:
    a_programme(make)
    shown = page.get("scorecards.method", lang="en")
    assert "month by month" in told(shown, "description")
    assert not shown.query('meta[property="og:image"]')
    assert not shown.query(".share")
