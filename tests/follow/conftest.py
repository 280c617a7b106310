"""What the tests of following share: a visitor with a mailbox, and mornings."""

import re
from datetime import UTC, datetime, timedelta

import pytest

from mobilizer.core import clock
from mobilizer.core.database import db
from tests.reminders.conftest import Out, out, work

__all__ = ["Out", "out", "work"]

#: A Wednesday at noon in Skopje.
WEDNESDAY = datetime(2026, 11, 25, 11, 37, 43, tzinfo=UTC)
MIRA = "mira@mail.example"


@pytest.fixture(autouse=True)
def moment(app):
    with clock.at(WEDNESDAY):
        yield


@pytest.fixture
def cycle(make):
    return make.cycle(is_public=True)


@pytest.fixture
def school(make, cycle):
    town = make.municipality("Tetovo", region="Polog")
    topic = make.topic("health", cycle=cycle)
    return make.promise("A school", cycle=cycle, topic=topic, places=[town])


@pytest.fixture
def found(make, school):
    def found(rating="kept", **given):
        place = given.pop("place", None) or make.municipality("Tetovo", region="Polog")
        return make.finding(given.pop("promise", school), rating, place=place, **given)

    return found


@pytest.fixture
def morning(work):
    """The worker's round on the morning so many days later."""

    def morning(days=1):
        at = datetime(2026, 11, 25, 8, 30, tzinfo=UTC) + timedelta(days=days)
        with clock.at(at):
            work()

    return morning


@pytest.fixture
def ask(page, work, out):
    """Somebody asks to follow; the letter that came of it, or None."""

    def ask(what="all", address=MIRA, pace="daily", lang="en", expect=302):
        before = len(out.letters)
        where = f"/follow/{what}?lang={lang}"
        page.post(where, data={"address": address, "pace": pace}, expect=expect)
        work()
        return out.letters[-1] if len(out.letters) > before else None

    return ask


@pytest.fixture
def follow(page, ask, out):
    """Somebody follows: she asked, opened the letter and pressed the button. Her own page."""

    def follow(what="all", **given):
        opened = page.get(link(ask(what, **given)))
        form = opened.query("main form")[0].attrs["action"]
        own = page.post(form, expect=302).location
        out.clear()
        return own

    return follow


def link(letter):
    """The path of the page that a letter leads to."""
    return re.findall(r"http://localhost(/follow/\S+)", letter.get_content())[-1]


def leaving(letter):
    """The path that a mail program posts to."""
    return re.fullmatch(r"<http://localhost(/follow/\S+)>", letter["List-Unsubscribe"])[1]


def rows(model):
    db.session.expire_all()
    return db.session.scalars(db.select(model)).all()
