"""What the tests of replies share: a stopped clock, a worker, and the letters that go out."""

import pytest

from mobilizer.core import clock
from mobilizer.core.database import db
from mobilizer.reminders.tasks import sending
from mobilizer.working import worker
from tests.support.world import NOVEMBER


@pytest.fixture(autouse=True)
def november():
    with clock.at(NOVEMBER):
        yield


@pytest.fixture(autouse=True)
def letters(monkeypatch):
    """Nothing leaves a test by accident."""
    letters = []
    monkeypatch.setattr(sending, "send", letters.append)
    return letters


@pytest.fixture
def work(app):
    """Does all that is due, as the worker does, in a session of its own."""

    def work():
        db.session.commit()
        with app.app_context():
            worker().drain()
        db.session.expire_all()

    return work
