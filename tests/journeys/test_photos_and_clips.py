"""Photos and clips as a browser gets them: the copy that fits, and film once it is started."""

import pytest
from playwright.sync_api import expect

from mobilizer.core import clock
from tests.evidence import films, pictures
from tests.support.browser import DESKTOP, PHONE, assert_accessible
from tests.support.world import NOVEMBER

pytestmark = pytest.mark.browser


@pytest.fixture
def promise(site):
    """The number of a promise whose finding shows a photo and a clip."""
    site.moment = NOVEMBER
    with clock.at(NOVEMBER), site.data() as make:
        entry = make.entry(make.assignment(first_month="2026-11"), state="submitted")
        photo = pictures.webp((1600, 1200))
        make.photo(entry, photo, has_consent=True, caption="The bridge, from the south")
        make.clip(entry, films.film(size=(640, 360)), has_consent=True, caption="The road")
        make.revision(entry)
        make.decision(entry, "approve")
        return entry.assignment.promise.number


@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_a_browser_takes_the_copy_that_fits_and_no_film_until_it_is_started(window, promise, size):
    tab = window.open(size)
    asked = []
    tab.on("request", lambda request: asked.append(request.url))
    tab.goto(f"/en/promises/{promise}")

    photo = tab.locator("picture img").first
    photo.scroll_into_view_if_needed()
    expect(photo).to_have_js_property("complete", True)
    assert photo.evaluate("image => image.currentSrc").endswith("-800.webp")
    assert_accessible(tab)
    assert not [url for url in asked if url.endswith((".mp4", "-1600.jpg", "-1600.webp"))]

    film = tab.locator("video").first
    with tab.expect_response(lambda answer: answer.url.endswith(".mp4")) as answer:
        film.evaluate("video => { video.load(); video.preload = 'auto'; }")
    assert answer.value.status in (200, 206)
    if tab.evaluate("document.createElement('video').canPlayType('video/mp4; codecs=avc1.64001f')"):
        expect(film).to_have_js_property("videoWidth", 640)
        expect(film).to_have_js_property("videoHeight", 360)
