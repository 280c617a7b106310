"""Each public page of the demonstration as a stranger meets it: light, calm, readable by all.

The list is not written down: it is all to which links lead, and each view that the public may
open is among them, or says why not.
"""

from collections import defaultdict
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qsl, urldefrag, urljoin, urlsplit

import pytest
from flask import Flask
from werkzeug.exceptions import HTTPException
from werkzeug.routing import RequestRedirect

from mobilizer.core import clock
from mobilizer.core.policy import PUBLIC, declared
from mobilizer.core.web import FRAMED
from tests.demo import looking
from tests.demo.conftest import MOMENT
from tests.support.answers import Answer
from tests.support.browser import DESKTOP, PHONE, Window
from tests.support.page import Page

#: What a link may ask for and still lead to one of a closed number of pages.
CLOSED = {"cycle", "lang", "page"}
LANGUAGES = ("sq", "mk")
#: What is offered to scripts alone, and what there is without one.
BY_SCRIPT = {"follow.follow": "messages in this browser; letters and feeds need none"}
#: Below these nothing is a page, nor is what ends like a file.
NO_PAGES = ("/api/", "/share/", "/static/")
_SECRET = "stands behind a secret link, which no page tells"
_SERVER = "tells of the server, and no person"
#: Public views that nobody is led to in the demonstration, and why.
UNLINKED = {
    "ask.follow": _SECRET,
    "follow.ask_to_leave": _SECRET,
    "follow.asked": "is what comes after a form was sent",
    "follow.gone": "is what comes after a form was sent",
    "follow.look": _SECRET,
    "follow.own": _SECRET,
    "open.alive": _SERVER,
    "open.door": "leads to a language",
    "open.ready": _SERVER,
    "phone.shell": "is the installed phone's own page, and looked at with the phone",
    "scorecards.cycle": "is the first page, for there is one cycle only",
    "scorecards.mobilizer": "is hers to tell of, if she wants one",
    "scorecards.release_of_the_current": "leads to a release",
    "sharing.oembed": "answers programs",
}


class Found:
    """The public pages in one language, by address, and the views that answered."""

    def __init__(self, app: Flask, lang: str) -> None:
        self.pages: dict[str, Answer] = {}
        self.views: dict[str, list[str]] = defaultdict(list)
        self._app, self._visitor = app, Page(app)
        self._bound = app.url_map.bind("localhost")
        waiting, known = [f"/{lang}/", f"{FRAMED}{lang}/"], set()
        while waiting:
            address = waiting.pop()
            if address in known or not self._is_ours(address, lang):
                continue
            known.add(address)
            waiting.extend(self._taken(address))

    def _is_ours(self, address: str, lang: str) -> bool:
        """Whether it is a public page in this language: all else is looked at elsewhere."""
        parts = urlsplit(address)
        matched = self._matched(parts.path)
        if matched is None or not is_page(parts.path):
            return False
        view, values = matched
        asked = {**values, **dict(parse_qsl(parts.query))}
        is_public = declared(self._app.view_functions[view]) == PUBLIC
        is_closed = {name for name, _ in parse_qsl(parts.query)} <= CLOSED
        return is_public and is_closed and asked.get("lang", lang) == lang

    def _matched(self, path: str) -> tuple[str, dict[str, Any]] | None:
        try:
            view, values = self._bound.match(path, method="GET")
        except (HTTPException, RequestRedirect):
            return None
        return view, dict(values)

    def _taken(self, address: str) -> Iterator[str]:
        answer = self._visitor.get(address)
        matched = self._matched(urlsplit(address).path)
        if not answer.is_html or matched is None:
            return
        self.pages[address] = answer
        self.views[matched[0]].append(address)
        for link in answer.query("a[href]"):
            to = link.attrs["href"].removeprefix(self._app.config["SITE_URL"])
            yield urldefrag(urljoin(address, to)).url

    def largest(self) -> dict[str, str]:
        """Of each view the page with the most on it."""
        size = {address: len(answer.body) for address, answer in self.pages.items()}
        return {view: max(found, key=size.__getitem__) for view, found in self.views.items()}


@pytest.fixture(scope="module", params=LANGUAGES)
def found(request: pytest.FixtureRequest, told: Flask) -> Found:
    with told.app_context(), clock.at(MOMENT):
        return Found(told, request.param)


def test_every_public_page_is_light_and_needs_no_script(found: Found, demo: Flask) -> None:
    assert len(found.pages) > 150
    sheets = {path for page in found.pages.values() for path in named(page)}
    content = {path: Page(demo).get(path).body for path in sheets}
    wrong = [
        f"{address}: {fault}"
        for address, page in found.pages.items()
        for fault in looking.heavy(page, {path: content[path] for path in named(page)})
    ]
    assert not wrong, "\n".join(wrong)


def named(page: Answer) -> list[str]:
    """The stylesheets of a page."""
    return [urlsplit(one.attrs["href"]).path for one in page.query("link[rel=stylesheet]")]


def test_no_two_pages_are_told_alike(found: Found) -> None:
    """For whoever finds them by a search, or has several open."""
    told: dict[str, list[str]] = defaultdict(list)
    for address, page in found.pages.items():
        if "?" in address or address.startswith((FRAMED, "/ask/", "/follow/")):
            continue
        (description,) = page.query('meta[name="description"]')
        told[f"the title {page.texts('title')}"].append(address)
        told[f"the description {description.attrs['content']!r}"].append(address)
    alike = [f"{what}: {where}" for what, where in told.items() if len(where) > 1]
    assert not alike, "\n".join(alike)


def test_no_public_page_is_left_out(found: Found, demo: Flask) -> None:
    """A page to which nothing leads is found by nobody: link it, or name the reason in UNLINKED."""
    rules = [rule for rule in demo.url_map.iter_rules() if "GET" in (rule.methods or ())]
    views = {
        rule.endpoint
        for rule in rules
        if declared(demo.view_functions[rule.endpoint]) == PUBLIC and is_page(rule.rule)
    }
    assert views - set(found.views) == set(UNLINKED)
    assert len(found.views) > 15


def is_page(path: str) -> bool:
    """Whether a path may be that of a page, by how it looks."""
    return not path.startswith(NO_PAGES) and "." not in path.rpartition("/")[2]


@pytest.mark.browser
@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_every_kind_of_page_is_calm_and_accessible_and_prints(
    found: Found, window: Window, size: dict[str, int]
) -> None:
    tab, plain = window.open(size), window.open(size, java_script_enabled=False)
    tab.add_init_script(looking.SHIFTS)
    wrong = []
    for view, address in found.largest().items():
        faults = [*looking.seen(tab, address)]
        if view not in BY_SCRIPT:
            faults += looking.unlike(tab, plain, address)
        if size is DESKTOP:
            faults += looking.printed(tab)
        wrong += [f"{address}: {fault}" for fault in faults]
    assert not wrong, "\n".join(wrong)
