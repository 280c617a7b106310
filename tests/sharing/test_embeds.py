"""Frames on other sites: small, without script or cookie, and the only pages that may be framed."""

import gzip
import re
from urllib.parse import quote

import pytest
from flask import Flask

from mobilizer.core.database import db
from mobilizer.core.web import FRAMED
from tests.builders import Builders
from tests.sharing.programme import Programme, a_programme
from tests.support.answers import Answer
from tests.support.page import Page
from tests.support.queries import Queries

#: What is told does not depend on the database; the tests of the sitemap hold what is found.
pytestmark = pytest.mark.parametrize("app", ["sqlite"], indirect=True)

#: What a frame loads, as it is and not compressed: its page and its stylesheet.
SMALL = 15_000


def frames(there: Programme) -> list[str]:
    """The addresses of all frames."""
    place, number = there.place.code, there.promise.number
    parts = (
        *("topics/health", f"parties/{there.pages['party']['code']}"),
        *(f"regions/{there.pages['region']['code']}", f"municipalities/{place}"),
        f"promises/{number}",
    )
    return ["/embed/mk/", *(f"/embed/mk/{part}" for part in parts)]


def test_every_score_and_promise_has_a_small_frame_without_script_or_cookie(
    make: Builders, page: Page, queries: Queries
) -> None:
    paths = frames(a_programme(make))
    db.session.commit()
    for path in paths:
        with queries.at_most(12):
            shown = page.get(path)
        (sheet,) = shown.query('link[rel="stylesheet"]')
        css = page.get(sheet.attrs["href"]).body
        assert len(shown.body) + len(css) < SMALL
        assert len(gzip.compress(shown.body)) + len(gzip.compress(css)) < SMALL / 2
        assert not shown.query("script, img, form, iframe")
        assert "Set-Cookie" not in shown.headers
        for link in shown.query("a"):
            assert (link.attrs["target"], link.attrs["rel"]) == ("_top", "noopener")
            assert link.attrs["href"].startswith("http://localhost/mk/")
        (robots,) = shown.query('meta[name="robots"]')
        assert robots.attrs["content"] == "noindex"


def policies(answer: Answer) -> tuple[str, str | None]:
    (ancestors,) = [
        part.strip()
        for part in answer.headers["Content-Security-Policy"].split(";")
        if part.strip().startswith("frame-ancestors")
    ]
    return ancestors, answer.headers.get("X-Frame-Options")


def test_frames_and_nothing_else_may_stand_on_other_sites(
    make: Builders, page: Page, app: Flask
) -> None:
    there = a_programme(make)
    for path in frames(there):
        assert policies(page.get(path)) == ("frame-ancestors *", None)
    others = [
        "/en/",
        "/account/sign-in",
        "/sitemap.xml",
        "/healthz",
        "/api/v1/scores",
        *(page.address(f"scorecards.{view}", lang="en", **v) for view, v in there.pages.items()),
    ]
    for path in others:
        assert policies(page.get(path)) == ("frame-ancestors 'none'", "DENY")
    for path in ("/embed/en/topics/nothing", "/embed/xx/", "/embed/en/../../account/sign-in"):
        assert policies(page.get(path, expect=404)) == ("frame-ancestors 'none'", "DENY")
    below = {rule.endpoint for rule in app.url_map.iter_rules() if rule.rule.startswith(FRAMED)}
    assert below == {"sharing.embedded", "sharing.embedded_cycle"}


def test_a_frame_shows_the_cycle_that_is_asked_for(make: Builders, page: Page) -> None:
    there = a_programme(make)
    make.cycle("other", is_public=True)
    assert "No score yet" in page.get("/embed/en/?cycle=other")
    assert "42" in page.get(f"/embed/en/?cycle={there.cycle.code}")
    page.get("/embed/en/?cycle=nothing", expect=404)
    make.cycle("hidden", is_public=False)
    page.get("/embed/en/?cycle=hidden", expect=404)


def test_a_frame_shows_today_and_none_passes_for_one_of_another_day(
    make: Builders, page: Page
) -> None:
    for path in frames(a_programme(make)):
        for asked in ("2026-10-31", "2999-01-01", "last week", "&as_of=2026-10-31"):
            page.get(f"{path}?as_of={asked}", expect=404)
        assert page.get(f"{path}?as_of=").body == page.get(path).body


def test_a_frame_says_where_nobody_looked(make: Builders, page: Page) -> None:
    there = a_programme(make)
    make.municipality("Gostivar", region="Polog")
    for path in frames(there):
        shown = page.get(path.replace("/mk/", "/en/"))
        is_of_many = not path.startswith(("/embed/mk/municipalities", "/embed/mk/promises"))
        line = "1 of 2 municipalities is monitored; no conclusion about the others."
        assert (line in shown) is is_of_many
    gostivar = page.get("/embed/mk/municipalities/MK-POLOG-GOSTIVAR")
    assert "Во оваа општина сѐ уште нема наод" in gostivar


def test_a_demonstration_says_so_in_its_frame(make: Builders, page: Page) -> None:
    for path in frames(a_programme(make, is_demonstration=True)):
        assert "Demonstration" in page.get(path.replace("/mk/", "/en/"))


def test_the_page_offers_what_works_without_script(make: Builders, page: Page) -> None:
    there = a_programme(make)
    shown = page.get("scorecards.promise", lang="en", number=there.promise.number)
    (code,) = shown.query("#share-code")
    assert f'src="http://localhost/embed/en/promises/{there.promise.number}"' in code.to_text()
    assert "readonly" in code.attrs


# --- oEmbed


def oembed(page: Page, url: str, more: str = "", expect: int = 200) -> Answer:
    return page.get(f"/oembed?url={quote(url, safe='')}{more}", expect=expect)


def test_a_page_names_what_programs_ask_for_its_frame(make: Builders, page: Page) -> None:
    there = a_programme(make)
    for view, values in there.pages.items():
        shown = page.get(f"scorecards.{view}", lang="sq", **values)
        (link,) = shown.query('link[type="application/json+oembed"]')
        told = page.get(link.attrs["href"].removeprefix("http://localhost")).json
        assert (told["version"], told["type"]) == ("1.0", "rich")
        frame = told["html"].partition('src="')[2].partition('"')[0]
        assert "/embed/sq/" in frame
        page.get(frame.removeprefix("http://localhost"))
        (image,) = shown.query('meta[property="og:image"]')
        assert told["thumbnail_url"] == image.attrs["content"]


def test_a_frame_is_as_high_as_what_it_shows(make: Builders, page: Page) -> None:
    """How well, tests/demo/test_frames.py measures in a browser."""
    there = a_programme(make)
    empty = make.municipality("Gostivar", region="Polog").code
    high = {}
    for path in (f"municipalities/{empty}", f"promises/{there.promise.number}", "topics/health"):
        (code,) = page.get(f"/sq/{path}").query("#share-code")
        offered = re.search(r'width="100%" height="(\d+)"', code.to_text())
        assert offered, code.to_text()
        asked = [
            oembed(page, f"http://localhost/sq/{path}", more) for more in ("", "&maxwidth=200")
        ]
        usual, narrow = (one.json["height"] for one in asked)
        assert usual <= int(offered[1]) < usual + 60
        assert narrow > usual
        high[path.split("/")[0]] = usual
    assert high["municipalities"] < high["topics"]


def test_a_frame_keeps_to_the_size_that_is_asked_for(make: Builders, page: Page) -> None:
    a_programme(make)
    url = "http://localhost/en/"
    told = oembed(page, url, "&maxwidth=320&maxheight=200").json
    assert (told["width"], told["height"]) == (320, 200)
    assert 'width="320" height="200"' in told["html"]
    assert "thumbnail_url" not in told
    for nonsense in ("&maxwidth=much", "&maxwidth=-4", "&maxwidth=٣", f"&maxwidth={'9' * 40}"):
        assert oembed(page, url, nonsense).json["width"] <= 600


@pytest.mark.parametrize(
    "url",
    [
        "http://localhost.evil.example/en/",
        "http://localhost@evil.example/en/",
        "https://localhost/en/",
        "http://evil.example/en/",
        "//localhost/en/",
        "/en/",
        "http://localhost/account/sign-in",
        "http://localhost/en/method",
        "http://localhost/xx/topics/health",
        "http://localhost/en/topics/nothing",
        "http://localhost/en/promises/99",
        "http://localhost/en/promises",
        "http://localhost//evil.example/en/",
        "http://localhost/en/\n",
        "http://localhost/en/municipalities/a%00b",
        "http://localhost/en/municipalities/%ED%A0%80",
        "http://localhost/en/topics/health?cycle=%00",
        "http://localhost/en/topics/education?cycle=nothing&cycle=cycle-1",
        "http://localhost/en/?as_of=2026-10-01",
        "http://localhost/" + "x" * 5000,
        "javascript:alert(1)",
    ],
)
def test_no_other_address_has_a_frame(make: Builders, page: Page, url: str) -> None:
    make.cycle(is_public=True)
    refused = oembed(page, url, expect=404)
    assert refused.json["status"] == 404
    assert refused.headers["Content-Type"] == "application/problem+json"
    assert refused.headers["Access-Control-Allow-Origin"] == "*"


@pytest.mark.parametrize("url", ["http://localhost/", "http://localhost", "http://localhost/#top"])
def test_the_plain_address_of_the_site_is_framed_as_the_first_page(
    make: Builders, page: Page, app: Flask, url: str
) -> None:
    """In the default language: the door asks the browser, and a program has no language."""
    a_programme(make)
    told = oembed(page, url).json
    assert told == oembed(page, f"http://localhost/{app.config['DEFAULT_LANGUAGE']}/").json
    oembed(page, "http://localhost/?as_of=2026-10-01", expect=404)


def test_what_is_asked_wrongly_is_told(make: Builders, page: Page) -> None:
    a_programme(make)
    for refused in (
        page.get("/oembed", expect=400),
        oembed(page, "http://localhost/en/", "&format=xml", expect=501),
    ):
        assert refused.json["detail"]
