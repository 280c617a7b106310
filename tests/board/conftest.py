"""It is November 2026; Mila of Polog has a promise, and Vesa could take it over."""

import pytest
from sqlalchemy import select

from mobilizer.assignments.models import Assignment, Handover
from mobilizer.board.actions import Asked, hand_over
from mobilizer.core.database import db
from tests.builders import month
from tests.support.programme import Ground


@pytest.fixture(autouse=True)
def november(in_november):
    """All of it happens then."""


class Programme(Ground):
    """A cycle with a coordinator, and a promise of Tetovo in Mila's hands."""

    verb = "assignment.hand_over"

    def __init__(self, make):
        super().__init__(make)
        self.mila = self.mobilizer(make, "Mila M.")
        self.vesa = self.mobilizer(make, "Vesa V.")
        self.promise = make.promise(cycle=self.cycle, places=[self.tetovo])
        self.held = make.assignment(self.mila, promise=self.promise, place=self.tetovo)

    def mobilizer(self, make, name, region="Polog"):
        return make.mobilizer(region, cycle=self.cycle, mentor=self.mentor, full_name=name)

    def hand_over(self, first="2026-12", *, held=None, to=None, by=None):
        """Hand Mila's promise over to Vesa, or another to another."""
        held, to = held or self.held, to or self.vesa
        asked = Asked(held.id, to.id, month(first), "She moves to Skopje.")
        return hand_over(asked, by=by or self.cora)

    def typed(self, **given):
        """What is sent by the form."""
        values = {"mobilizer": self.vesa.id, "first_month": "2026-12", "reason": "She moves."}
        return values | given

    def all_of_hers(self, **given):
        """What is sent to hand over all that Mila has."""
        values = {"of": self.mila.id, "to": [self.vesa.id], "first_month": "2026-12"}
        return values | {"reason": "She moves.", "step": "show"} | given

    def spans(self):
        """Who has the promise from when to when, in order."""
        db.session.expire_all()
        rows = db.session.scalars(
            select(Assignment)
            .where(Assignment.promise_id == self.promise.id)
            .order_by(Assignment.first_month, Assignment.last_month)
        )
        return [
            (one.mobilizer.full_name[:4], f"{one.first_month:%y-%m}", f"{one.last_month:%y-%m}")
            for one in rows
        ]

    def handovers(self):
        return db.session.scalars(select(Handover).order_by(Handover.id)).all()


@pytest.fixture
def programme(make):
    return Programme(make)
