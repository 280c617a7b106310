"""October of a cycle, and the worker."""

from datetime import date

import pytest
from flask import Flask

from mobilizer.api import tasks
from mobilizer.core.database import db
from mobilizer.cycles.models import Cycle
from mobilizer.jobs.tasks import Worker
from tests.api.months.autumn import Work
from tests.builders import Builders
from tests.support.days import on
from tests.support.page import apart


@pytest.fixture
def cycle(make: Builders) -> Cycle:
    """A promise and a finding of October; topics and places to which it can be moved."""
    town = make.municipality("Tetovo", region="Polog")
    make.municipality("Ohrid", region="Southwest")
    with on(2026, 10, 5, 12):
        cycle: Cycle = make.cycle("local", first_month="2026-10", last_month="2027-06")
        topic = make.topic("health", cycle=cycle)
        make.topic("roads", cycle=cycle)
        promise = make.promise("We build a clinic.", cycle=cycle, topic=topic, places=[town])
        make.finding(promise, "kept", place=town, month=date(2026, 10, 1))
    db.session.commit()
    return cycle


@pytest.fixture
def work(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Work:
    """The worker plans its day and does what is due, at a moment of 2026."""

    def run(*when: int) -> int:
        def called() -> int:
            with on(2026, *when), app.app_context():
                worker = Worker({tasks.PACK_MONTH: tasks.pack_month}, daily=tasks.DAILY)
                worker.plan()
                return worker.drain()

        return apart(called)

    monkeypatch.setattr(tasks, "_written_down", {})
    return run
