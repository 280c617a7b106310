"""The job of the drawing: once an hour, in every cycle."""

from sqlalchemy import select

from mobilizer.agreement.actions import draw
from mobilizer.core import clock
from mobilizer.core.database import db
from mobilizer.cycles.models import Cycle
from mobilizer.jobs.actions import enqueue
from mobilizer.jobs.rules import Handler, Leased

DRAW = "agreement.draw"


def draw_all(_: Leased) -> None:
    """Bring the second looks of all cycles up to date."""
    for cycle in db.session.scalars(select(Cycle).order_by(Cycle.id)).all():
        draw(cycle)


def begin_hour() -> None:
    """Write down the drawing of this hour. The worker goes its round once an hour."""
    enqueue(DRAW, f"{DRAW}:{clock.now():%Y-%m-%dT%H}", {})


HANDLERS: dict[str, Handler] = {DRAW: draw_all}
DAILY = (begin_hour,)
