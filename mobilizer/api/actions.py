"""Making the package of a cycle and keeping it to be fetched. The caller commits."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import select

from mobilizer.api.queries.packing import write_package
from mobilizer.core import clock
from mobilizer.core.database import db, hold_still, reading
from mobilizer.cycles.models import Cycle
from mobilizer.cycles.queries import public
from mobilizer.opendata.actions import add_copies, keep
from mobilizer.opendata.queries import unpacked
from mobilizer.publication.queries import number_now


@dataclass(frozen=True)
class Made:
    """A package in a folder, of one moment."""

    cycle_id: int
    folder: Path
    publication: int
    day: date


def stale() -> dict[str, bool]:
    """The cycles whose package is of before, by their codes, and whether they have none yet."""
    with reading():
        found = unpacked()
        db.session.rollback()
    return found


@contextmanager
def made(code: str) -> Iterator[Made | None]:
    """The package of a public cycle in a folder of its own; None if there is no such cycle.

    It takes a while, and holds up nobody: it only reads, and its transaction is over when it is
    given.
    """
    with TemporaryDirectory(prefix="package-") as name:
        yield _written(code, Path(name))


def _written(code: str, folder: Path) -> Made | None:
    with reading():
        hold_still()
        cycle = db.session.scalar(public().where(Cycle.code == code))
        if cycle is None:
            return None
        one = Made(cycle.id, folder, number_now(), clock.today(cycle.time_zone))
        write_package(cycle, folder)
        db.session.rollback()
    add_copies(folder)
    return one


def keep_made(one: Made) -> None:
    """Let a package be the one that is fetched, unless its cycle is no longer public."""
    still = select(Cycle).where(Cycle.id == one.cycle_id, Cycle.is_public)
    if (cycle := db.session.scalar(still)) is not None:
        keep(cycle, one.folder, one.publication, one.day)
