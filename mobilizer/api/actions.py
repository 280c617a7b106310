"""Making packages of a cycle and keeping them to be fetched. The caller commits."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import select

from mobilizer.api.queries.editions import edition
from mobilizer.api.queries.packing import write_package
from mobilizer.core import clock
from mobilizer.core.database import db, hold_still, reading
from mobilizer.cycles.models import Cycle
from mobilizer.cycles.queries import public
from mobilizer.opendata.actions import add_copies, add_zip, keep, keep_month
from mobilizer.opendata.queries import of_months, unpacked
from mobilizer.opendata.rules.keeping import SETTLED
from mobilizer.publication.queries import number_now
from mobilizer.scorecards.queries import end_of_day
from mobilizer.scorecards.queries.releases import months_released
from mobilizer.scorecards.rules.releases import last_day


@dataclass(frozen=True)
class Made:
    """A package in a folder, of one moment."""

    cycle_id: int
    folder: Path
    publication: int
    day: date


@dataclass(frozen=True)
class Month:
    """A month of a cycle that is over, by its first day."""

    code: str
    month: date


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
        one = _written(code, Path(name))
        if one is not None:
            add_copies(one.folder)
        yield one


def _written(code: str, folder: Path, day: date | None = None) -> Made | None:
    with reading():
        hold_still()
        cycle = db.session.scalar(public().where(Cycle.code == code))
        if cycle is None:
            return None
        one = Made(cycle.id, folder, number_now(), clock.today(cycle.time_zone))
        write_package(edition(cycle, day), folder)
        db.session.rollback()
    return one


def keep_made(one: Made) -> None:
    """Let a package be the one that is fetched, unless its cycle is no longer public."""
    still = select(Cycle).where(Cycle.id == one.cycle_id, Cycle.is_public)
    if (cycle := db.session.scalar(still)) is not None:
        keep(cycle, one.folder, one.publication, one.day)


def unkept_months() -> list[Month]:
    """The months with a release of which no package was made yet, the oldest of each cycle first.

    A month that was over only a moment ago is none of them yet.
    """
    found = []
    with reading():
        for cycle in db.session.scalars(public()):
            over = [one for one in months_released(cycle) if _is_settled(cycle, one)]
            kept = of_months(cycle, over)
            found += [Month(cycle.code, one) for one in reversed(over) if one not in kept]
        db.session.rollback()
    return found


def _is_settled(cycle: Cycle, month: date) -> bool:
    return clock.now() >= end_of_day(last_day(month), cycle) + SETTLED


@contextmanager
def made_of(one: Month) -> Iterator[Made | None]:
    """The package of a month in a folder of its own; None if its cycle is no longer public.

    What was published by the month's end is in it, in the words of now.
    """
    with TemporaryDirectory(prefix="package-") as name:
        package = _written(one.code, Path(name), last_day(one.month))
        if package is not None:
            add_zip(package.folder)
        yield package


def keep_made_of(month: date, one: Made) -> None:
    """Keep the package of a month for good."""
    keep_month(db.session.get_one(Cycle, one.cycle_id), one.folder, month, one.day)
