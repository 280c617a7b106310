"""Every page that somebody can open, in a real browser: narrow and wide, light and dark.

Axe finds nothing, nothing is wider than a small phone in any language, the console stays silent
and the content policy is not broken (the browser of ``tests.support`` fails the test if it is).
"""

from collections.abc import Callable, Iterable, Iterator
from itertools import chain
from typing import Any

import pytest
from playwright.sync_api import Page as Tab

from mobilizer.accounts.models import User
from mobilizer.accounts.rules import PERMISSIONS
from mobilizer.core import clock
from mobilizer.core.database import db
from mobilizer.core.policy import ANYONE, PUBLIC, declared
from mobilizer.core.sessions import COOKIE
from tests.support.browser import PHONE, Window, assert_accessible, assert_fits
from tests.support.page import Page
from tests.support.site import Site
from tests.support.world import NOBODY, NOVEMBER, World, build

pytestmark = pytest.mark.browser

WHO = (NOBODY, "mobilizer", "mentor", "coordinator", "administrator")
#: From who may do least at the desk to who may do most.
MOST = ("administrator", "mobilizer", "mentor", "coordinator")
#: Pages that are another one for everybody.
DIFFERS = {"desk.home"}
SMALLEST = {"width": 320, "height": 640}
#: A screen no browser could draw at once would tell nothing.
HIGHEST = 12_000
LANGUAGES = ("sq", "mk", "sr")
#: Pages of which there are several: view -> the words in the address that make the others.
SEVERAL = {
    "monitoring.screen": [
        {"screen": name} for name in ("indicator-1", "standstill", "local", "evidence")
    ],
    "promises.step": [{"step": name} for name in ("source", "about", "measure")],
    "promises.show": [{"number": "published"}, {"number": "checked"}],
    "review.show": [{"entry_id": "late"}, {"entry_id": "sent back"}],
}
#: Views that answer with data, a picture, a piece of a page, or lead elsewhere.
NO_PAGES = {
    "agreement.clip",
    "agreement.photo",
    "api.agreement",
    "api.file",
    "api.listing",
    "api.openapi",
    "api.package",
    "api.package_of_month",
    "api.packages",
    "api.promise",
    "api.releases",
    "api.promises",
    "api.scores",
    "follow.service_worker",
    "monitoring.clip",
    "monitoring.photo",
    "requests.photo",
    "open.alive",
    "open.clip",
    "open.door",
    "open.favicon",
    "open.photo",
    "open.ready",
    "phone.script",
    "phone.service_worker",
    "phone.webmanifest",
    "promises.copy",
    "promises.alike",
    "reminders.push_key",
    "reply.clip",
    "reply.photo",
    "scorecards.corrections_feed",
    "scorecards.feed",
    "scorecards.feed_of",
    "scorecards.release_of_the_current",
    "sharing.oembed",
    "sharing.picture",
    "sharing.picture_of_cycle",
    "sharing.robots",
    "sharing.sitemap",
    "sharing.sitemap_of_promises",
    "sharing.sitemap_of_scores",
    "stamped",
    "static",
    "stylesheet",
    "stylesheet_embed",
    "sync.hello",
    "sync.pack",
    "sync.receipts",
}
#: Seen below, where nothing waits.
SEEN_EMPTY = {"promises.unchecked"}
LISTS = {
    NOBODY: ("scorecards.home", "scorecards.topics", "scorecards.promises"),
    "mobilizer": ("monitoring.home", "promises.mine", "promises.index"),
    "mentor": ("desk.home", "review.queue", "promises.unchecked", "assignments.index"),
    "coordinator": ("desk.home", "assignments.new", "people.invitations", "desk.audit"),
    "administrator": ("desk.home", "people.index", "cycles.index"),
}


@pytest.fixture
def world(site: Site) -> World:
    site.moment = NOVEMBER
    with clock.at(NOVEMBER), site.data() as make:
        return build(make)


@pytest.fixture
def visitor(site: Site) -> Page:
    """Asks, before the browser does, what there is to be seen."""
    return Page(site.app)


def pages(site: Site) -> list[str]:
    """The views that somebody can look at."""
    rules = site.app.url_map.iter_rules()
    return sorted({rule.endpoint for rule in rules if "GET" in (rule.methods or ())} - NO_PAGES)


def addresses(view: str, world: World, visitor: Page) -> Iterator[str]:
    """Where a view answers this visitor with a page."""
    for other in ({}, *SEVERAL.get(view, ())):
        named = {key: world.records.get(name, name) for key, name in other.items()}
        address = visitor.address(view, **world.values(view) | named)
        with clock.at(NOVEMBER):
            answer = visitor.client.get(address, buffered=True)
        if answer.status_code == 200 and answer.mimetype == "text/html":
            yield address


def lookers(site: Site, view: str) -> list[str]:
    """Who looks at a view: of those who may open it, whoever may do least there, and most."""
    permission = declared(site.app.view_functions[view])
    if permission in (PUBLIC, ANYONE):
        return [NOBODY]
    may = [who for who in WHO if who in PERMISSIONS[permission or ""]]
    return may if view in DIFFERS else [may[0], max(may, key=MOST.index)]


@pytest.mark.parametrize("who", WHO)
def test_every_page_is_accessible_and_fits(
    site: Site, window: Window, world: World, visitor: Page, who: str
) -> None:
    tab = window.open(PHONE)
    if who == NOBODY:
        window.expect("/sync/hello")  # The phone's own page asks who is there: nobody, says 401.
    sign_in(tab, site, visitor, world, who)
    hers = [view for view in pages(site) if who in lookers(site, view)]
    look_at(tab, chain.from_iterable(addresses(view, world, visitor) for view in hers))


def look_at(tab: Tab, addresses: Iterable[str]) -> None:
    """Look at pages in every way, and tell all that is wrong with them together."""
    wrong = [f"{address}: {fault}" for address in addresses for fault in faults(tab, address)]
    assert not wrong, "\n".join(wrong)


def faults(tab: Tab, address: str) -> Iterator[str]:
    """What is wrong with one page."""
    tab.goto(in_language(address, "en"))
    yield from unrolled(tab, 360)
    tab.emulate_media(color_scheme="dark")
    yield from failing(assert_accessible, tab, only=["color-contrast"])
    tab.emulate_media(color_scheme="light")
    yield from unrolled(tab, 1280)
    tab.set_viewport_size(SMALLEST)
    yield from failing(assert_fits, tab)
    for language in LANGUAGES:
        tab.goto(in_language(address, language))
        yield from failing(assert_fits, tab)


def unrolled(tab: Tab, width: int) -> Iterator[str]:
    """What axe finds on the whole page; looked at again if it has grown meanwhile."""
    unroll(tab, width)
    if list(failing(assert_accessible, tab)):
        unroll(tab, width)
        yield from failing(assert_accessible, tab)


def unroll(tab: Tab, width: int) -> None:
    """Make the screen so high that the page needs no scrolling.

    A bar at its foot covers whatever lies below it just now; axe would take that for too small.
    """
    tab.set_viewport_size({"width": width, "height": 800})
    height = tab.evaluate("document.documentElement.scrollHeight")
    tab.set_viewport_size({"width": width, "height": min(height, HIGHEST)})


def failing(check: Callable[..., None], *args: Any, **more: Any) -> Iterator[str]:
    try:
        check(*args, **more)
    except AssertionError as fault:
        yield str(fault)


def in_language(address: str, language: str) -> str:
    """The same page in another language: the person's own choice sticks until the next."""
    if address.startswith("/en/"):
        return f"/{language}/{address.removeprefix('/en/')}"
    return f"{address}{'&' if '?' in address else '?'}lang={language}"


def sign_in(tab: Tab | None, site: Site, visitor: Page, world: World, who: str) -> None:
    """Let somebody in without typing her password, which other tests do."""
    visitor.sign_out()
    if who == NOBODY:
        return
    with site.app.app_context(), clock.at(NOVEMBER):
        visitor.sign_in(db.session.get(User, world.people[who]))
    cookie = visitor.client.get_cookie(COOKIE)
    if tab is not None and cookie is not None:
        tab.context.add_cookies([{"name": COOKIE, "value": cookie.value, "url": site.url}])


def test_no_page_is_left_out(site: Site, world: World, visitor: Page) -> None:
    """Each view is a page to one of those above, or is said to be none."""
    unseen = set(pages(site)) - SEEN_EMPTY
    for who in WHO:
        sign_in(None, site, visitor, world, who)
        hers = [view for view in sorted(unseen) if who in lookers(site, view)]
        unseen -= {view for view in hers if any(addresses(view, world, visitor))}
    assert not unseen


@pytest.mark.parametrize("who", WHO)
def test_pages_with_nothing_on_them(site: Site, window: Window, visitor: Page, who: str) -> None:
    site.moment = NOVEMBER
    with clock.at(NOVEMBER), site.data() as make:
        make.cycle("empty", topics=())
        her = None if who == NOBODY else make.user(who, "Polog" if who[0] == "m" else None)
        nothing = World(people={who: her.id} if her else {})
    tab = window.open(PHONE)
    sign_in(tab, site, visitor, nothing, who)
    values = {"lang": "en"} if who == NOBODY else {}
    look_at(tab, (visitor.address(view, **values) for view in LISTS[who]))


def test_failures(window: Window, site: Site, world: World, visitor: Page) -> None:
    window.expect("404")
    window.expect("403")
    tab = window.open(PHONE)
    sign_in(tab, site, visitor, world, "mobilizer")
    look_at(tab, ("/en/nothing-there", "/field/nothing-there", "/desk/audit/"))
