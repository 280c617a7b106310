"""A citizen asks about a promise, a coordinator answers, publishes, and the citizen reads it."""

from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import expect
from sqlalchemy import select

from mobilizer.core import clock
from mobilizer.core.database import db
from mobilizer.requests.models import PublicRequest

pytestmark = pytest.mark.browser

QUESTION = "Kur hapet shkolla? <b>Tani</b>"
ANSWER = "Në maj."


@pytest.fixture
def promise(site):
    """The path of a public promise, and somebody at the desk who answers."""
    site.moment = datetime(2026, 11, 22, 10, tzinfo=UTC)
    with clock.at(site.moment), site.data() as make:
        found = make.finding().promise
        make.coordinator(sign_in_name="desk@ask.example", language="mk")
        return f"/sq/promises/{found.number}"


def the_request(site):
    with site.app.app_context():
        return db.session.scalars(select(PublicRequest)).one().number


def waits(site, seconds):
    site.moment += timedelta(seconds=seconds)


def writes(citizen, promise):
    citizen.opens(promise)
    citizen.follows("Ask, correct, or send evidence")
    citizen.chooses("What do you send?", "A question")
    citizen.types("What you want to say", QUESTION)


def test_a_citizen_asks_and_reads_the_answer_that_only_she_and_then_everybody_can_read(
    site, cast, promise
):
    citizen = cast.reader("sq")
    writes(citizen, promise)
    citizen.tab.get_by_label(citizen.says("My words may be shown with the answer")).check()
    waits(site, 5)
    citizen.presses("Send")
    citizen.reads("Keep this address")
    secret = citizen.tab.url
    number = the_request(site)

    desk = cast.coordinator("mk")
    desk.signs_in("desk@ask.example")
    desk.opens(f"/desk/requests/{number}")
    desk.sees(QUESTION)
    desk.tab.locator("input[name=outcome][value=answer]").check()
    desk.types("Answer, or why it is declined", ANSWER)
    desk.picks("Language of the answer", "Shqip")
    desk.presses("Record")
    citizen.opens(secret)
    citizen.sees(ANSWER)
    stranger = cast.reader("mk")
    stranger.opens(promise)
    expect(stranger.tab.locator("body")).not_to_contain_text(ANSWER)

    desk.presses("Publish")
    desk.reads("It stands on the promise’s page.")
    stranger.opens(promise)
    stranger.sees(QUESTION)
    stranger.sees(ANSWER)
    citizen.opens(secret)
    citizen.reads("It stands on the promise’s page too.")


def test_without_script_it_takes_longer_and_nothing_typed_is_lost(site, cast, promise):
    citizen = cast.reader("sq", java_script_enabled=False)
    cast.window.expect("422")
    writes(citizen, promise)
    citizen.presses("Send")
    citizen.reads("This came very quickly, as machines send it. Wait half a minute, then send it.")
    expect(citizen.tab.locator("textarea[name=text]")).to_have_value(QUESTION)

    waits(site, 30)
    citizen.presses("Send")
    citizen.reads("Keep this address")


def test_what_cannot_be_sent_is_told_beside_its_field_and_stays_typed(site, cast, promise):
    citizen = cast.reader("mk")
    cast.window.expect("422")
    writes(citizen, promise.replace("/sq/", "/mk/"))
    waits(site, 5)
    citizen.chooses("What do you send?", "Evidence: a page, a video or a document")
    citizen.types("A link", "javascript:alert(1)")
    citizen.presses("Send")

    expect(citizen.tab.locator("#link-error")).to_be_visible()
    expect(citizen.tab.locator("textarea[name=text]")).to_have_value(QUESTION)
    expect(citizen.tab.locator("input[name=link]")).to_have_value("javascript:alert(1)")

    citizen.types("A link", "")
    citizen.chooses("What do you send?", "A question")
    waits(site, 5)
    citizen.presses("Send")
    citizen.reads("Keep this address")
