"""What the tests of reminders share: a stopped clock, a worker, and what goes out."""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.message import EmailMessage
from typing import Any

import pytest

from mobilizer.core import clock
from mobilizer.core.database import db
from mobilizer.jobs.tasks import run_next
from mobilizer.reminders.tasks import pushing, sending
from mobilizer.working import worker

#: November is due on the 28th, a Saturday: this is three days before, after eight in Skopje.
THREE_BEFORE = datetime(2026, 11, 25, 9, tzinfo=UTC)


@dataclass
class Out:
    """What went out, in place of a mail server and a push service."""

    letters: list[EmailMessage] = field(default_factory=list)
    messages: list[Any] = field(default_factory=list)

    @property
    def subjects(self):
        return [str(letter["Subject"]) for letter in self.letters]

    def clear(self):
        self.letters.clear()
        self.messages.clear()


@pytest.fixture(autouse=True)
def moment(app):
    with clock.at(THREE_BEFORE):
        yield


@pytest.fixture(autouse=True)
def out(app, monkeypatch):
    """Nothing leaves a test by accident."""
    out = Out()
    monkeypatch.setattr(sending, "send", out.letters.append)

    def send(browser, told, topic):
        out.messages.append((browser.endpoint, dict(told)))
        return pushing.Outcome.TAKEN

    monkeypatch.setattr(pushing, "send", send)
    return out


@pytest.fixture
def work(app):
    """Does all that is due as the worker does, in a session of its own; or some jobs of it."""

    def work(jobs=None):
        db.session.commit()
        with app.app_context():
            hand = worker()
            if jobs is None:
                hand.plan()
                hand.drain()
            for _ in range(jobs or 0):
                assert run_next(hand.handlers)
        db.session.expire_all()

    return work
