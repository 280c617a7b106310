"""A promise is dragged to another mobilizer, or handed over by keyboard: it comes to the same."""

import pytest

from mobilizer.accounts.models import User
from mobilizer.core import clock
from mobilizer.core.database import db
from mobilizer.core.sessions import COOKIE
from tests.board.conftest import Programme
from tests.support.browser import DESKTOP, assert_accessible
from tests.support.page import Page
from tests.support.world import NOVEMBER

pytestmark = pytest.mark.browser


@pytest.fixture
def board(site, window):
    """The board of the programme, open before its coordinator."""
    site.moment = NOVEMBER
    with site.data() as make:
        cora = Programme(make).cora.id
    visitor = Page(site.app)
    with site.app.app_context(), clock.at(NOVEMBER):
        visitor.sign_in(db.session.get(User, cora))
    value = visitor.client.get_cookie(COOKIE).value
    tab = window.open(DESKTOP)
    tab.context.add_cookies([{"name": COOKIE, "value": value, "url": site.url}])
    tab.goto("/desk/board/")
    return tab


def drag(tab):
    """Take Mila's card to Vesa's column, stop above it, and let go."""
    tab.locator("[data-piece]").hover()
    tab.mouse.down()
    column = tab.locator("[data-taker]").nth(1)
    column.hover()
    column.hover()  # A browser tells of a drag at the second move.
    told = tab.get_by_role("status").filter(has_text="drop it for Vesa V.")
    told.wait_for(state="attached")
    tab.mouse.up()


def press(tab):
    """The same by the keyboard alone: the link on the card, then the name."""
    link = tab.locator("[data-piece]").get_by_role("link", name="Hand over…")
    link.focus()
    link.press("Enter")
    tab.wait_for_url("**/hand-over*")
    tab.get_by_label("New mobilizer").press("V")


def send(tab):
    """The form both lead to, with the name chosen: nothing is stored before it is sent."""
    tab.wait_for_url("**/hand-over*")
    chosen = tab.get_by_label("New mobilizer").locator("option:checked")
    assert chosen.inner_text() == "Vesa V."
    assert_accessible(tab)
    tab.get_by_label("Her first month").fill("2026-12")
    tab.get_by_label("Reason").fill("She moves.")
    tab.get_by_role("button", name="Hand over").press("Enter")
    tab.get_by_text("Vesa V. follows this promise from December 2026 on.").wait_for()


@pytest.mark.parametrize("move", [drag, press])
def test_by_drag_and_by_keyboard_it_ends_in_the_same_state(board, move):
    assert_accessible(board)
    move(board)
    send(board)

    columns = board.locator("[data-taker]")
    assert "November 2026" in columns.nth(0).locator(".piece").inner_text()
    assert "December 2026 – August 2027" in columns.nth(1).locator(".piece").inner_text()
