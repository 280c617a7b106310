"""It is November 2026; Mila of Polog has a promise, and Vesa could take it over."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from mobilizer.assignments.models import Assignment, Handover
from mobilizer.audit.models import AuditEvent
from mobilizer.board.actions import Asked, hand_over
from mobilizer.core import clock
from mobilizer.core.database import db
from tests.builders import month


@pytest.fixture(autouse=True)
def november():
    """The month has opened on the 20th; October is over."""
    with clock.at(datetime(2026, 11, 22, 9, tzinfo=UTC)):
        yield


class Programme:
    """A cycle with a coordinator, and a promise of Tetovo in Mila's hands."""

    def __init__(self, make):
        self.cycle = make.cycle("hers", first_month="2026-09", last_month="2027-08")
        self.cora = make.coordinator(cycle=self.cycle)
        self.mentor = make.mentor(cycle=self.cycle)
        self.mila = self.mobilizer(make, "Mila M.")
        self.vesa = self.mobilizer(make, "Vesa V.")
        self.tetovo = make.municipality("Tetovo")
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

    def log(self, verb="assignment.hand_over"):
        return db.session.scalars(select(AuditEvent).where(AuditEvent.verb == verb)).all()


@pytest.fixture
def programme(make):
    return Programme(make)
