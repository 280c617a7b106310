"""What of ours stands on somebody else's page, in a real browser; and what machines read there."""

from collections.abc import Iterator
from threading import Thread

import pytest
from werkzeug.serving import make_server
from werkzeug.wrappers import Response

from mobilizer.core import clock
from tests.builders import Builders
from tests.sharing.programme import a_programme
from tests.sharing.test_head import EVIL
from tests.support.browser import PHONE, Window, assert_accessible
from tests.support.site import Site
from tests.support.world import NOVEMBER

pytestmark = pytest.mark.browser

#: The narrowest column anybody gives a frame.
NARROW = {"width": 200, "height": 420}


@pytest.fixture
def number(site: Site) -> int:
    """A promise that is kept, with words that try to break out of wherever they are put."""
    site.moment = NOVEMBER
    with clock.at(NOVEMBER), site.data() as make:
        return _evil(make)


def _evil(make: Builders) -> int:
    there = a_programme(make)
    party = make.party(EVIL, names={"en": EVIL, "mk": "Коалиција со многу долгото име за обнова"})
    promise = make.promise(EVIL, cycle=there.cycle, party=party, titles={"en": EVIL})
    make.finding(promise, "kept")
    return promise.number


@pytest.fixture
def elsewhere(site: Site) -> Iterator[str]:
    """Another site, with a frame of ours on its page, and another page of ours in a frame."""
    framed = "".join(
        f'<iframe src="{site.url}{path}" title="{name}" width="100%" height="420"></iframe>'
        for path, name in (("/embed/mk/topics/health", "ours"), ("/mk/", "refused"))
    )
    server = make_server("127.0.0.1", 0, Response(framed, mimetype="text/html"))
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


def test_a_frame_is_shown_on_another_site_and_no_other_page_is(
    site: Site, window: Window, number: int, elsewhere: str
) -> None:
    window.expect("frame-ancestors")
    window.expect("favicon.ico")
    tab = window.open(PHONE)
    tab.route(f"{elsewhere}/**", lambda route: route.continue_())
    tab.goto(elsewhere)

    tab.frame_locator("[title=ours]").get_by_text("42").first.wait_for()
    assert [fault for fault in window.faults if "frame-ancestors" in fault]
    assert not tab.context.cookies()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_frame_can_be_read_in_the_narrowest_column(
    window: Window, number: int, scheme: str
) -> None:
    tab = window.open(NARROW, color_scheme=scheme)
    for path in ("/embed/mk/", "/embed/sq/topics/health", f"/embed/en/promises/{number}"):
        tab.goto(path)
        assert_accessible(tab)


def test_what_machines_read_is_never_run_and_breaks_no_policy(window: Window, number: int) -> None:
    tab = window.open(PHONE)
    dialogs: list[str] = []
    tab.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
    for path in (f"/en/promises/{number}", "/en/data", f"/embed/en/promises/{number}"):
        tab.goto(path)
        assert tab.locator("h1").count() == 1
    tab.goto(f"/en/promises/{number}")
    told = tab.locator("script[type='application/ld+json']").first.text_content()
    assert tab.evaluate("said => JSON.parse(said).claimReviewed", told) == EVIL
    assert not dialogs
