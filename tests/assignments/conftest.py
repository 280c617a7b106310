"""It is November 2026, and a mobilizer of Polog is waiting for promises."""

import pytest
from sqlalchemy import func, select

from mobilizer.assignments.models import Assignment
from mobilizer.core.database import db
from tests.support.programme import Ground


@pytest.fixture(autouse=True)
def november(in_november):
    """All of it happens then."""


class Programme(Ground):
    """A cycle with a coordinator, and a mobilizer of Polog with her mentor."""

    verb = "assignment.make"

    def __init__(self, make):
        super().__init__(make)
        self.mila = make.mobilizer(cycle=self.cycle, mentor=self.mentor, alias="Mila, Polog")
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


@pytest.fixture
def programme(make):
    return Programme(make)
