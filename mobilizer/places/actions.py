"""Bringing places in from the seed. The caller commits."""

from collections.abc import Callable
from typing import Any, TypeVar

from sqlalchemy import select

from mobilizer.audit.actions import Actor, record
from mobilizer.audit.models import Vouched
from mobilizer.core import seed
from mobilizer.core.database import Base, db
from mobilizer.core.errors import RuleBroken
from mobilizer.core.words import N_
from mobilizer.places import queries
from mobilizer.places.models import Place
from mobilizer.places.rules import COUNTRIES, PlaceKind

Row = TypeVar("Row", bound=Base)


class Loading:
    """One run over the seed files of a country: what it adds, and what it changes."""

    def __init__(self, country: str, by: Actor | None) -> None:
        """Begin a run.

        Raises:
            RuleBroken: the project brings nothing along for this country.
        """
        if country not in COUNTRIES:
            raise RuleBroken(N_("There is no seed for the country %(country)s."), country=country)
        self.country = country
        self.by = by
        self.added: list[str] = []
        self.changed: list[str] = []

    def keep(self, known: dict[str, Row], key: str, make: Callable[..., Row], **values: Any) -> Row:
        """Add what is not known yet under this key, or bring what is known in step."""
        row = known.get(key)
        if row is None:
            row = known[key] = make(**values)
            db.session.add(row)
            db.session.flush()
            self.added.append(key)
            if told := _vouched(row):
                record(self.by, f"{row.__tablename__}.load", row, vouches=told)
        elif changes := seed.update(row, **values):
            told, verb = _vouched(row), f"{row.__tablename__}.load"
            record(self.by, verb, row, vouches=told, changed=changes)
            self.changed.append(key)
        return row

    def finish(self) -> "Loading":
        """Note in the log what was added, once for the whole run; what it vouches for, before."""
        if self.added:
            country = db.session.scalars(queries.country(self.country)).one()
            record(self.by, "seed.load", country, added=self.added)
        return self


def _vouched(row: object) -> tuple[Vouched, ...]:
    """What the log vouches for of the seed's rows: parties."""
    return (row,) if isinstance(row, Vouched) else ()


def load(country: str, *, by: Actor | None = None) -> Loading:
    """Bring a country's places in step with the seed; a second run changes nothing.

    Raises:
        RuleBroken: the project brings nothing along for this country.
    """
    loading = Loading(country, by)
    shapes = seed.outlines(f"map_{country.lower()}.geojson")
    mine = select(Place).where(Place.country == country)
    known = {place.code: place for place in db.session.scalars(mine)}

    def keep(row: seed.SeedRow, kind: PlaceKind, parent: str | None, **values: Any) -> None:
        loading.keep(
            known,
            row["code"],
            Place,
            code=row["code"],
            country=country,
            kind=kind,
            parent_id=known[parent].id if parent else None,
            names=seed.names(row),
            sure=seed.is_sure(row),
            **values,
        )

    for row in seed.rows("countries.csv", country):
        keep(row, PlaceKind.COUNTRY, None)
    for row in seed.rows("regions.csv", country):
        keep(
            row,
            PlaceKind.REGION,
            country,
            tile_column=int(row["tile_column"]),
            tile_row=int(row["tile_row"]),
            shape=shapes[row["code"]],
        )
    for row in seed.rows("municipalities.csv", country):
        also = [name.strip() for name in row["also_called"].split(";") if name.strip()]
        keep(row, PlaceKind.MUNICIPALITY, row["parent"], also_called=also)
    return loading.finish()
