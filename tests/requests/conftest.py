"""What the tests of public requests share: a stopped clock, a worker, letters, and how one asks."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
from flask import Flask

from mobilizer.core import clock
from mobilizer.core.database import db
from mobilizer.promises.models import Promise
from mobilizer.reminders.tasks import sending
from mobilizer.requests.rules import stamps
from mobilizer.working import worker
from tests.builders import Builders
from tests.support.answers import Answer
from tests.support.page import Page
from tests.support.world import NOVEMBER

TYPED = {"kind": "question", "text": "When does the school open?", "language": "en"}


@pytest.fixture(autouse=True)
def november() -> Iterator[None]:
    with clock.at(NOVEMBER):
        yield


@pytest.fixture(autouse=True)
def letters(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """Nothing leaves a test by accident."""
    letters: list[Any] = []
    monkeypatch.setattr(sending, "send", letters.append)
    return letters


@pytest.fixture
def work(app: Flask) -> Callable[[], None]:
    """Does all that is due, as the worker does, in a session of its own."""

    def work() -> None:
        db.session.commit()
        with app.app_context():
            hand = worker()
            hand.plan()
            hand.drain()
        db.session.expire_all()

    return work


@pytest.fixture
def promise(make: Builders) -> Promise:
    return make.finding().promise


class Asker:
    """Somebody who asks about a promise: with her device's work done, or without a script."""

    def __init__(self, page: Page, number: int) -> None:
        self.page, self.number = page, number

    def opens(self, lang: str = "en") -> Answer:
        """Load the form."""
        return self.page.get("ask.form", number=self.number, lang=lang)

    @property
    def stamp(self) -> str:
        """The stamp of the form that was looked at last."""
        fields = self.page.last.query("input[name=stamp]") if self.page.last else []
        return str(fields[0].attrs["value"]) if fields else ""

    def sends(
        self,
        *,
        after: timedelta = timedelta(seconds=5),
        expect: int = 303,
        is_worked: bool = True,
        network: str = "192.0.2.7",
        lang: str = "en",
        **typed: Any,
    ) -> Answer:
        """Send the form that was opened last, so long after now."""
        stamp = typed.pop("stamp", self.stamp)
        done = {"work": stamps.work(stamp)} if is_worked else {}
        self.page.client.environ_base["REMOTE_ADDR"] = network
        moment: datetime = clock.now() + after
        with clock.at(moment):
            return self.page.post(
                "ask.send",
                number=self.number,
                lang=lang,
                data={**TYPED, "stamp": stamp, **done, **typed},
                expect=expect,
            )


@pytest.fixture
def asker(page: Page, promise: Promise) -> Asker:
    return Asker(page, promise.number)
