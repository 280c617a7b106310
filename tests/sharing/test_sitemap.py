"""The sitemap: all public pages in all languages, nothing that is not public, days and no times."""

import re

import pytest
from sqlalchemy import insert

from mobilizer.core import clock
from mobilizer.core.database import db
from mobilizer.promises.models import Promise
from mobilizer.promises.rules import PromiseState
from mobilizer.sharing import queries as sharing
from mobilizer.tallies.actions import rebuild
from tests.builders import Builders
from tests.sharing.programme import a_programme
from tests.support.page import Page
from tests.support.queries import Queries


def addresses(page: Page, path: str) -> list[str]:
    answer = page.get(path)
    assert answer.headers["Content-Type"].startswith("application/xml")
    found = re.findall(r"<loc>([^<]*)</loc>", answer.source)
    return [one.replace("&amp;", "&").removeprefix("http://localhost") for one in found]


def parts(page: Page) -> list[str]:
    """The parts in all lists that robots are told of."""
    told = re.findall(
        r"^Sitemap: http://localhost(.*)$", page.get("/robots.txt").source, re.MULTILINE
    )
    return [part for one in told for part in addresses(page, one)]


def listed(page: Page) -> list[str]:
    return [one for part in parts(page) for one in addresses(page, part)]


def test_robots_may_read_what_is_public_and_nothing_else(page: Page) -> None:
    told, sitemap = page.get("/robots.txt").text.split(" Sitemap: ")
    agent, *closed = told.split(" Disallow: ")
    assert agent == "User-agent: *"
    assert set(closed) == {"/account", "/desk", "/field", "/sync"}
    assert sitemap == "http://localhost/sitemap.xml"


def test_every_page_that_is_listed_opens_and_names_itself(make: Builders, page: Page) -> None:
    there = a_programme(make)
    make.cycle("other", is_public=True)
    found = listed(page)
    assert len(found) == len(set(found))
    for path in found:
        if path.startswith("/sq/"):
            (link,) = page.get(path).query('link[rel="canonical"]')
            assert link.attrs["href"] == f"http://localhost{path}"
    for view, values in there.pages.items():
        for lang in ("en", "sq", "mk", "sr"):
            assert page.address(f"scorecards.{view}", lang=lang, **values) in found


def test_no_page_that_is_there_whatever_was_promised_is_left_out(
    make: Builders, page: Page
) -> None:
    a_programme(make)
    found = listed(page)
    for rule in page.app.url_map.iter_rules():
        is_page = rule.endpoint.startswith("scorecards.") and "." not in rule.rule
        if is_page and rule.arguments == {"lang"}:
            assert page.address(rule.endpoint, lang="sr") in found


def test_what_is_not_public_or_made_up_is_not_listed(make: Builders, page: Page) -> None:
    cycle = a_programme(make).cycle
    make.promise(cycle=make.cycle("hidden", is_public=False))
    make.promise(cycle=make.cycle("invented", is_public=True, is_demonstration=True))
    draft = make.promise(cycle=cycle, state=PromiseState.DRAFT)

    found = "\n".join(listed(page))

    assert "hidden" not in found
    assert "invented" not in found
    assert f"/promises/{draft.number}\n" not in f"{found}\n"
    for name in ("hidden", "invented", "nothing"):
        page.get(f"/sitemaps/{name}.xml", expect=404)
        page.get(f"/sitemaps/{name}/1.xml", expect=404)


def test_a_part_or_list_that_is_not_there_is_not_found(make: Builders, page: Page) -> None:
    cycle = a_programme(make).cycle
    for number in ("0", "2", "999999999", "99999999999999999999"):
        page.get(f"/sitemaps/{cycle.code}/{number}.xml", expect=404)
        page.get(f"/sitemap-{number}.xml", expect=404)


def test_without_a_public_cycle_the_list_is_empty(page: Page) -> None:
    assert parts(page) == []


def test_a_list_that_is_full_goes_on_in_another(
    make: Builders, page: Page, monkeypatch: pytest.MonkeyPatch
) -> None:
    cycle = a_programme(make).cycle
    make.cycle("other", is_public=True)
    monkeypatch.setattr(sharing.listing, "PER_LIST", 2)

    assert addresses(page, "/sitemap-2.xml") == ["/sitemaps/other.xml"]
    page.get("/sitemap-3.xml", expect=404)
    found = [f"/sitemaps/{cycle.code}.xml", f"/sitemaps/{cycle.code}/1.xml"]
    assert parts(page) == [*found, "/sitemaps/other.xml"]


def test_the_first_list_has_one_address(page: Page) -> None:
    assert page.get("/sitemap-1.xml", expect=308).location == "/sitemap.xml"


def test_the_last_change_is_a_day(make: Builders, page: Page) -> None:
    there = a_programme(make)
    told = page.get(f"/sitemaps/{there.cycle.code}/1.xml").source
    days = set(re.findall(r"<lastmod>([^<]*)</lastmod>", told))
    assert days == {f"{clock.today('Europe/Skopje')}"}


def test_many_promises_come_in_parts_at_the_same_cost(
    make: Builders, page: Page, queries: Queries, monkeypatch: pytest.MonkeyPatch
) -> None:
    there = a_programme(make)
    monkeypatch.setattr(sharing.listing, "PER_PART", 4)
    first = db.session.get(Promise, there.promise.id)
    assert first is not None
    columns = {column.key: getattr(first, column.key) for column in Promise.__mapper__.column_attrs}
    more = [{**columns, "id": None, "number": 1000 + at} for at in range(20)]
    for row in more:
        del row["id"]
    db.session.commit()  # What was made is counted before the rest comes in behind its back.
    db.session.execute(insert(Promise), more)
    rebuild(db.session(), there.cycle.id)

    of_promises = [part for part in parts(page) if re.search(r"/\d+\.xml", part)]

    assert len(of_promises) == 7
    found = [one for part in of_promises for one in addresses(page, part)]
    assert len(found) == len(set(found)) == 26 * 4
    with queries.at_most(6):
        page.get(of_promises[-1])
