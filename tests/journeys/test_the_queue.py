"""A mentor clears her queue: by keyboard, one page for all of it; and without any script."""

from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import expect

from mobilizer.core import clock
from mobilizer.core.database import db
from mobilizer.review.models import Decision
from mobilizer.review.rules import Verdict
from tests.journeys.people import Mentor

pytestmark = pytest.mark.browser

NOW = datetime(2026, 11, 22, 10, tzinfo=UTC)
NAME = "mira@desk.example"


@pytest.fixture
def reports(site):
    """So many reports wait for Mira."""
    site.moment = NOW

    def wait(number, language):
        with site.data() as make, clock.at(NOW):
            mira = make.mentor("Polog", sign_in_name=NAME, language=language)
            mobilizer = make.mobilizer("Polog", mentor=mira)
            for hours in range(number):
                with clock.at(NOW - timedelta(hours=hours + 1)):
                    make.report(make.assignment(mobilizer, mentor=mira))

    return wait


def verdicts(site):
    with site.app.app_context():
        said = db.session.scalars(db.select(Decision.verdict).order_by(Decision.id)).all()
        db.session.remove()
    return said


def live(mentor, address):
    """Wait until another report is shown, and keys decide on it."""
    mentor.tab.wait_for_url(lambda url: "/review/" in url and url != address)
    expect(mentor.tab.locator("form[data-keys=live]")).to_be_attached()
    return mentor.tab.url


def test_a_mentor_clears_ten_reports_by_keyboard_without_loading_a_page(site, window, reports):
    reports(10, "sq")
    mira = Mentor(window, "sq")
    mira.signs_in(NAME)
    mira.goes_to("Review")
    expect(mira.tab.locator("#keys-hint:not([hidden])")).to_be_attached()
    loads = []
    mira.tab.on("request", lambda one: loads.append(one.url) if one.is_navigation_request() else 0)

    queue = mira.tab.url
    mira.tab.keyboard.press("j")
    at = live(mira, queue)
    for number in range(9):
        if number == 4:
            mira.tab.keyboard.press("r")
            mira.tab.keyboard.type("Kush e tha?")
            mira.tab.keyboard.press("Control+Enter")
        else:
            mira.tab.keyboard.press("a")
        at = live(mira, at)
    mira.tab.keyboard.press("a")

    mira.reads("Nothing waits for you")
    assert loads == []
    assert sorted(verdicts(site)) == [Verdict.APPROVE] * 9 + [Verdict.RETURN]


def test_a_mentor_clears_her_queue_without_script(site, window, reports):
    reports(3, "mk")
    mira = Mentor(window, "mk", java_script_enabled=False)
    mira.signs_in(NAME)
    mira.takes_the_oldest()

    for _ in range(3):
        mira.approves()

    mira.reads("Nothing waits for you")
    assert verdicts(site) == [Verdict.APPROVE] * 3
