"""The review page in a real browser: by keyboard, on a phone, and read by axe."""

from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import expect

from mobilizer.core import clock
from mobilizer.core.database import db
from mobilizer.core.sessions import COOKIE, WebSession, hashed
from mobilizer.monitoring.models import Entry
from mobilizer.review.models import Decision
from mobilizer.scoring.rules import Rating
from tests.support.browser import DESKTOP, PHONE, assert_accessible

NOW = datetime(2026, 11, 22, 10, tzinfo=UTC)


@pytest.fixture
def desk(site):
    """Three reports that wait for Mira, the oldest first, and a way to sign somebody in."""
    site.moment = NOW
    with site.data() as make, clock.at(NOW):
        mira = make.mentor("Polog", full_name="Mira")
        entries = []
        for days in (3, 2, 1):
            with clock.at(NOW - timedelta(days=days)):
                entries.append(make.report(make.assignment(mentor=mira), month="2026-11"))
        before = make.report(entries[-1].assignment, Rating.NOT_STARTED, month="2026-10")
        make.decision(before, "approve")
        make._keep(
            WebSession(
                token_hash=hashed("mira"),
                user_id=mira.id,
                content={"_user_id": str(mira.id), "_fresh": True},
                device="",
                created_at=NOW,
                seen_at=NOW,
            )
        )
        return [f"/desk/review/{entry.id}" for entry in entries]


def signed_in(window, size):
    tab = window.open(size)
    tab.context.add_cookies([{"name": COOKIE, "value": "mira", "url": window.site.url}])
    return tab


def test_a_mentor_goes_through_her_queue_by_keyboard(desk, window):
    first, second, third = desk
    tab = signed_in(window, DESKTOP)
    tab.goto(first)

    tab.keyboard.press("j")
    tab.wait_for_url(f"**{second}")
    tab.keyboard.press("k")
    tab.wait_for_url(f"**{first}")
    tab.keyboard.press("?")
    assert tab.locator("dialog").is_visible()
    tab.keyboard.press("Escape")
    tab.locator("dialog").wait_for(state="hidden")

    tab.locator("form[data-keys=live]").wait_for()
    tab.keyboard.press("a")
    tab.wait_for_url(f"**{second}")
    assert tab.locator(".notice", has_text="Approved and published").is_visible()

    tab.locator("form[data-keys=live]").wait_for()
    tab.keyboard.press("r")
    tab.keyboard.type("Ask j and k again.")
    assert tab.url.endswith(second)
    tab.keyboard.press("Control+Enter")
    tab.wait_for_url(f"**{third}")
    assert tab.locator(".notice", has_text="Sent back to the mobilizer").is_visible()


def press(tab, key, code):
    """A key as another layout of the keyboard sends it."""
    sent = {"key": key, "code": code, "bubbles": True, "cancelable": True}
    tab.evaluate("sent => document.body.dispatchEvent(new KeyboardEvent('keydown', sent))", sent)


def test_the_keys_work_on_a_cyrillic_keyboard(desk, window):
    first, second, _ = desk
    tab = signed_in(window, DESKTOP)
    tab.goto(first)
    tab.locator("form[data-keys=live]").wait_for()

    press(tab, "ј", "KeyJ")
    tab.wait_for_url(f"**{second}")
    press(tab, "к", "KeyK")
    tab.wait_for_url(f"**{first}")
    tab.locator("form[data-keys=live]").wait_for()
    press(tab, "а", "KeyA")
    tab.wait_for_url(f"**{second}")

    assert tab.locator(".notice", has_text="Approved and published").is_visible()


def test_what_is_typed_is_neither_decided_over_nor_lost(desk, window):
    first, second, _ = desk
    tab = signed_in(window, DESKTOP)
    answers = iter([False, True])
    tab.on("dialog", lambda asked: asked.accept() if next(answers) else asked.dismiss())
    tab.goto(first)
    tab.locator("form[data-keys=live]").wait_for()
    whole = tab.locator("#comment_whole")
    whole.fill("Who said so?")
    whole.evaluate("field => field.blur()")

    tab.keyboard.press("a")  # It is asked to press Enter as well.
    expect(tab.locator("#decision button:not([type=button])")).to_be_focused()
    tab.keyboard.press("j")  # She stays.
    assert tab.url.endswith(first)
    tab.keyboard.press("j")  # She goes all the same, and comes back.
    tab.wait_for_url(f"**{second}")
    assert whole.input_value() == ""
    tab.keyboard.press("k")
    tab.wait_for_url(f"**{first}")
    expect(whole).to_have_value("Who said so?")

    tab.go_back()  # Nobody is asked by the browser's own keys, so nothing may be lost by them.
    tab.wait_for_url(f"**{second}")
    expect(whole).to_have_value("")
    tab.go_forward()
    tab.wait_for_url(f"**{first}")
    expect(whole).to_have_value("Who said so?")
    with window.site.data():
        assert len(db.session.scalars(db.select(Decision)).all()) == 1, "only last month's"


def test_keys_can_be_turned_off(desk, window):
    tab = signed_in(window, DESKTOP)
    tab.goto(desk[0])
    tab.keyboard.press("?")
    tab.get_by_label("Keys are on").uncheck()
    tab.get_by_role("button", name="Close").click()

    tab.keyboard.press("j")
    tab.keyboard.press("a")

    assert tab.url.endswith(desk[0])
    assert not tab.get_by_label("Approve and publish").is_checked()


@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_the_desk_can_be_read_and_used_by_everybody(desk, window, size):
    tab = signed_in(window, size)
    for address in ("/desk/", "/desk/review/", desk[2]):
        tab.goto(address)
        assert_accessible(tab)
    tab.locator(".remark summary").first.click()
    assert_accessible(tab)


def test_without_script_a_field_is_commented_on_a_phone(desk, window):
    tab = window.open(PHONE, java_script_enabled=False)
    tab.context.add_cookies([{"name": COOKIE, "value": "mira", "url": window.site.url}])
    tab.goto(desk[0])

    row = tab.locator("tr", has_text="Current value")
    row.locator("summary").click()
    row.locator("textarea").fill("Of how many?")
    tab.get_by_label("Return for changes").check()
    tab.get_by_role("button", name="Record the decision").click()

    tab.wait_for_url(f"**{desk[1]}")
    assert tab.locator(".notice", has_text="Sent back to the mobilizer").is_visible()


def test_where_somebody_was_faster_what_was_typed_is_kept_in_place(desk, window):
    window.expect("422")  # The browser notes that the decision was refused.
    tab = signed_in(window, DESKTOP)
    tab.goto(desk[0])
    tab.evaluate("window.loaded = 'once'")
    tab.get_by_label("Return for changes").check()
    tab.locator("#comment_whole").fill("Who said so?")
    with window.site.data() as make, clock.at(NOW):
        entry = db.session.get_one(Entry, desk[0].rpartition("/")[2])
        make.decision(
            entry,
            "approve",
            by=make.mentor("Polog", full_name="Ana", sign_in_name="ana@desk.example"),
        )

    tab.get_by_role("button", name="Record the decision").click()

    tab.locator("#errors", has_text="Ana has decided on this report meanwhile").wait_for()
    assert tab.locator(".comment.mine", has_text="Who said so?").is_visible()
    assert tab.evaluate("window.loaded") == "once"


def test_a_site_that_cannot_be_reached_costs_no_word(desk, window):
    window.expect("ERR_")
    tab = signed_in(window, DESKTOP)
    tab.goto(desk[0])
    tab.locator("#comment_whole").fill("Who said so?")
    tab.get_by_label("Return for changes").check()
    tab.context.set_offline(True)

    tab.get_by_role("button", name="Record the decision").click()

    tab.locator("#unreached", has_text="The site cannot be reached").wait_for()
    assert tab.locator("#comment_whole").input_value() == "Who said so?"
    tab.context.set_offline(False)
    tab.get_by_role("button", name="Record the decision").click()
    tab.locator(".notice.ok", has_text="Sent back to the mobilizer").wait_for()
