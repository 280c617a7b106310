"""It is November 2026, and a mobilizer of Polog is waiting for promises."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import func, select

from mobilizer.assignments.models import Assignment
from mobilizer.audit.models import AuditEvent
from mobilizer.core import clock
from mobilizer.core.database import db


@pytest.fixture(autouse=True)
def november():
    with clock.at(datetime(2026, 11, 22, 9, tzinfo=UTC)):
        yield


class Programme:
    """A cycle with a coordinator, and a mobilizer of Polog with her mentor."""

    def __init__(self, make):
        self.cycle = make.cycle("hers", first_month="2026-09", last_month="2027-08")
        self.cora = make.coordinator(cycle=self.cycle)
        self.mentor = make.mentor(cycle=self.cycle)
        self.mila = make.mobilizer(cycle=self.cycle, mentor=self.mentor, alias="Mila, Polog")
        self.tetovo = make.municipality("Tetovo")
        self.promise = make.promise(cycle=self.cycle, places=[make.region("Polog")])

    def typed(self, **given):
        values = {
            "mobilizer": self.mila.id,
            "place": self.tetovo.id,
            "first_month": "2026-11",
            "last_month": "2027-01",
            "mentor": "",
        }
        return values | given

    @property
    def address(self):
        return {"cycle": self.cycle.code, "promise": self.promise.number}

    def rows(self, *more):
        heading = "Promise number;Mobilizer;Place;First month;Last month"
        row = f"{self.promise.number};mila, polog;tetovo;2026-11;2027-01"
        return "\n".join([heading, row, *more])

    def count(self):
        """How many assignments are stored."""
        db.session.rollback()
        return db.session.scalar(select(func.count()).select_from(Assignment))

    def log(self, verb="assignment.make"):
        """The steps of this kind in the log."""
        return db.session.scalars(select(AuditEvent).where(AuditEvent.verb == verb)).all()


@pytest.fixture
def programme(make):
    return Programme(make)
