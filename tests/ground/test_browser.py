"""The browser forgives nothing, and sees what the page client cannot."""

import pytest

from tests.support.browser import DESKTOP, PHONE, Window, assert_accessible

pytestmark = pytest.mark.browser
#: A page that stands whatever else is missing.
PAGE = "/sq/nothing-there"


@pytest.fixture
def watched(chrome, site):
    """A window whose faults this test looks at itself."""
    window = Window(chrome, site)
    window.expect("404")
    yield window
    window.expected.append("")
    window.close()


@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_page_is_accessible(window, size, scheme):
    window.expect("404")
    tab = window.open(size, color_scheme=scheme)
    tab.goto(PAGE)

    assert tab.locator("h1").count() == 1
    assert_accessible(tab)


@pytest.mark.parametrize(
    ("script", "says"),
    [
        ("console.error('it broke')", "it broke"),
        ("setTimeout(() => { throw new Error('it threw') })", "it threw"),
        ("document.querySelector('h1').setAttribute('onclick', 'x()')", "Content Security Policy"),
        ("new Image().src = 'http://elsewhere.example/x.png'", "Content Security Policy"),
        ("location.assign('http://elsewhere.example/')", "http://elsewhere.example/"),
    ],
)
def test_what_goes_wrong_in_a_page_fails_the_test(watched, script, says):
    tab = watched.open(PHONE)
    tab.goto(PAGE)
    tab.evaluate(script)
    tab.wait_for_timeout(200)

    with pytest.raises(AssertionError, match=says):
        watched.close()


def test_axe_sees_a_field_without_a_label(watched):
    tab = watched.open(PHONE)
    tab.goto(PAGE)
    tab.evaluate("document.querySelector('main').append(document.createElement('input'))")

    with pytest.raises(AssertionError, match="label"):
        assert_accessible(tab)


def test_a_page_wider_than_the_phone_is_seen(watched):
    tab = watched.open(PHONE)
    tab.goto(PAGE)
    tab.evaluate("document.querySelector('h1').textContent = 'x'.repeat(200)")
    tab.evaluate("document.querySelector('h1').style.whiteSpace = 'nowrap'")
    tab.evaluate("document.querySelector('h1').style.overflowWrap = 'normal'")

    with pytest.raises(AssertionError, match="wider than the screen"):
        assert_accessible(tab)


def test_the_site_shows_what_was_stored(window, site):
    with site.data() as make:
        code = make.cycle().code

    with site.data() as make:
        assert make.the_cycle().code == code
