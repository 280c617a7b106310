"""Logging and checking on real screens: accessible, in order without a script, quicker with one."""

import os
from pathlib import Path

import pytest

from mobilizer.promises.rules import PromiseState
from tests.builders import PASSWORD
from tests.support.browser import DESKTOP, PHONE, assert_accessible

pytestmark = pytest.mark.browser

WORDS = "Ќе изградиме десет нови училишта во Полог до 2027 година."


@pytest.fixture
def signed_in(site, window):
    """Opens a tab in which a person of this role is signed in."""

    def open_for(role, size, **options):
        with site.data() as make:
            name = f"{role}@promises.example"
            make.user(role, "Polog", sign_in_name=name)
        tab = window.open(size, **options)
        tab.goto("/account/sign-in")
        tab.get_by_label("E-mail address or user name").fill(name)
        tab.get_by_label("Password", exact=True).fill(PASSWORD)
        tab.get_by_role("main").get_by_role("button", name="Sign in").click()
        tab.wait_for_url(lambda url: "sign-in" not in url)
        return tab

    return open_for


def look(tab, name):
    """Hold the page to the rules; with MOBILIZER_PICTURES set, keep a picture of it there."""
    tab.wait_for_load_state()  # Between two pages there is no document to measure.
    size = tab.viewport_size
    # As tall as the page, so that the bar at the bottom covers nothing.
    height = tab.evaluate("document.documentElement.scrollHeight") + 80
    tab.set_viewport_size({**size, "height": height})
    assert_accessible(tab)
    if folder := os.environ.get("MOBILIZER_PICTURES"):
        tab.screenshot(path=Path(folder) / f"{name}-{size['width']}.png")
    tab.set_viewport_size(size)


def pass_by(tab, name):
    """Do not look: without scripts axe cannot run."""


def log_a_promise(tab, look):
    """Go through all screens as somebody does who types everything right."""
    tab.goto("/field/promises/new")
    tab.get_by_label("Exact words").fill(WORDS)
    tab.get_by_label("Language of the source", exact=True).select_option("mk")
    tab.get_by_label("Short title in the language").fill("Десет училишта")
    tab.get_by_label("Party or coalition").fill("Road")
    look(tab, "words")
    tab.get_by_role("button", name="Next").click()
    tab.get_by_label("Party programme").check()
    tab.get_by_label("Title of the source").fill("Програма 2024")
    tab.get_by_label("Date of the source").fill("4.2024")
    look(tab, "source")
    tab.get_by_role("button", name="Next").click()
    tab.get_by_label("Topic").select_option(index=1)
    tab.get_by_text("Regions", exact=True).click()
    tab.get_by_label("Polog").check()
    tab.get_by_label("Responsible institution").fill("Министерство")
    look(tab, "about")
    tab.get_by_role("button", name="Next").click()
    first = tab.get_by_role("group", name="First indicator")
    first.get_by_label("Indicator", exact=True).fill("Изградени училишта")
    first.get_by_label("Target as promised").fill("10")
    first.get_by_label("Documents").check()
    first.get_by_label("Source of information").fill("Министерство")
    look(tab, "measure")
    tab.get_by_role("button", name="Next").click()
    save = tab.get_by_role("button", name="Save")
    save.wait_for()
    look(tab, "check")
    save.click()
    tab.get_by_text("is saved").wait_for()
    look(tab, "show")


@pytest.mark.parametrize("script", [True, False], ids=["with a script", "without"])
@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_a_promise_is_logged_and_checked(site, window, signed_in, size, script):
    window.expect("422")
    with site.data() as make:
        make.party("Road Party")
        make.municipality("Tetovo")
        make.promise(exact_words="Another promise of another kind", state=PromiseState.DRAFT)
    tab = signed_in("mobilizer", size, java_script_enabled=script)
    log_a_promise(tab, look if script else pass_by)
    assert WORDS in tab.locator("main").inner_text()

    mentor = signed_in("mentor", size)
    mentor.goto("/desk/promises/")
    look(mentor, "list")
    mentor.get_by_role("link", name="Check the next one").click()
    not_testable = mentor.get_by_label("Not testable")
    not_testable.wait_for()
    look(mentor, "gate")
    not_testable.check()
    mentor.get_by_role("button", name="Save").click()
    mentor.get_by_text("Give a reason").first.wait_for()
    look(mentor, "gate-refused")


def test_what_may_be_the_same_is_shown_while_it_is_typed(site, signed_in):
    with site.data() as make:
        make.promise("Kje izgradime deset novi uchilishta vo Polog", titles={"en": "<b>Known</b>"})
    tab = signed_in("mobilizer", PHONE)
    tab.goto("/field/promises/new")
    tab.get_by_label("Exact words").press_sequentially("ќе изградиме десет нови", delay=5)
    shown = tab.get_by_role("link", name="<b>Known</b>")
    shown.wait_for()
    look(tab, "alike")
    tab.get_by_label("Exact words").fill("")
    shown.wait_for(state="hidden")
