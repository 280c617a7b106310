"""How far the publication has come."""

from collections.abc import Callable, Iterable
from datetime import date
from typing import NamedTuple

from sqlalchemy import Connection, Engine, select

from mobilizer.core.database import db, reading
from mobilizer.publication.models import ONLY, Publication


class State(NamedTuple):
    """The number, the day on which it was reached, the time zones of the cycles."""

    number: int
    raised_on: date | None
    zones: frozenset[str]


def state(
    engine: Engine, zones: Callable[[Connection], Iterable[str]], known: State | None = None
) -> State:
    """How far it has come, in a short transaction of its own: one query, two if it has moved.

    Args:
        engine: of the database.
        zones: what tells the time zones of all cycles.
        known: what was told before.
    """
    wanted = select(Publication.number, Publication.raised_on).where(Publication.id == ONLY)
    with reading(), engine.connect() as connection:
        row = connection.execute(wanted).one_or_none()
        number, raised_on = row or (0, None)
        if known is not None and (known.number, known.raised_on) == (number, raised_on):
            return known
        return State(number, raised_on, frozenset(zones(connection)))


def number_now() -> int:
    """The publication's number as the transaction of this request sees it."""
    return db.session.scalar(select(Publication.number).where(Publication.id == ONLY)) or 0
