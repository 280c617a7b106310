"""A visitor looks for a promise from wherever she is: on a phone, at a desk, without a script."""

from datetime import date

import pytest
from playwright.sync_api import expect

from tests.support.browser import DESKTOP, PHONE, assert_accessible

pytestmark = pytest.mark.browser

TITLE = "Ново училиште во Тетово"


@pytest.fixture
def register(site):
    """A public cycle with promises of schools and roads; one says it only in a finding."""
    with site.data() as make:
        cycle = make.cycle(is_public=True)
        tetovo = make.municipality("Tetovo", region="Polog")
        topic = make.topic(cycle=cycle, code="education")
        party = make.party("Bridge Party", code="bridge-party")
        told = {"cycle": cycle, "language": "mk", "party": party, "places": [tetovo]}
        make.promise(TITLE, topic=topic, **told)
        road = make.promise("Ќе изградиме патишта", **told)
        content = {"language": "mk", "kind": "full", "reason": "До новите училишта нема пат."}
        make.finding(road, "broken", place=tetovo, month=date(2026, 10, 1), content=content)


SCREENS = [
    (PHONE, {"color_scheme": "light", "java_script_enabled": False}),
    (DESKTOP, {"color_scheme": "dark"}),
]


@pytest.mark.parametrize(("size", "options"), SCREENS)
@pytest.mark.parametrize(("language", "typed"), [("mk", "ucilista"), ("sr", "УЧИЛИШТА")])
def test_a_visitor_searches_filters_and_finds(
    site, window, register, size, options, language, typed
):
    tab = window.open(size, locale=language, **options)
    tab.goto(f"/{language}/topics/")
    box = tab.locator("header [role=search]")
    field, button = box.locator("input[type=search]"), box.locator("button")
    assert abs(field.bounding_box()["y"] - button.bounding_box()["y"]) < 2  # One line.
    field.fill(typed)
    field.press("Enter")

    found = tab.locator("main article h3")
    expect(found).to_have_count(2)
    expect(found.first).to_contain_text(TITLE)
    expect(tab.locator("main article mark").first).to_have_text("училиште")
    expect(tab.locator("#q")).to_have_value(typed)

    broken = tab.locator("select#rating option[value=broken]")
    expect(broken).to_contain_text("(1)")
    tab.locator("select#rating").select_option("broken")
    tab.locator("main [role=search] button").click()
    expect(found).to_have_count(1)
    tab.locator("main article a[href$='#finding-1']").click()
    expect(tab.locator("#finding-1")).to_contain_text("училишта")


@pytest.mark.parametrize("size", [PHONE, DESKTOP])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_on_what_is_found_and_on_what_is_not(
    site, window, register, size, scheme
):
    tab = window.open(size, color_scheme=scheme)
    for address in ("?q=ucilista", "?q=ucilsta+zzzz&rating=kept", "?q=" + "a+училишта+" * 20):
        tab.goto(f"/sq/promises/{address}")
        assert_accessible(tab)


def test_what_was_mistyped_leads_to_what_is_there(site, window, register):
    tab = window.open(PHONE)
    tab.goto("/en/")
    tab.get_by_role("searchbox", name="Search the promises").fill("ucilsta")
    tab.get_by_role("button", name="Search").click()
    tab.get_by_role("region", name="Did you mean").get_by_role("link").first.click()
    expect(tab.locator("main article h3")).to_have_count(2)
