"""What the promises of a package stand on: its cycle, places, parties, topics and sources."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy import select

from mobilizer.audit.actions import record
from mobilizer.core.database import db
from mobilizer.core.errors import RuleBroken
from mobilizer.core.words import N_
from mobilizer.cycles import actions as cycles
from mobilizer.cycles.models import Cycle, Topic, new_seed
from mobilizer.cycles.rules import Level
from mobilizer.elections.models import Election, Party
from mobilizer.elections.rules import ElectionKind, PartyKind
from mobilizer.opendata.rules.cells import Row
from mobilizer.opendata.rules.counted import BY_NAME
from mobilizer.opendata.rules.folder import rows
from mobilizer.places.models import Place
from mobilizer.places.rules import PlaceKind
from mobilizer.promises.models import Promise, Source
from mobilizer.promises.rules import Precision, SourceKind

KNOWN = N_(
    "“%(code)s” is known here already, and says something else than the package. Take the package "
    "into a database without places and parties, or bring these in step first."
)


class Foundation:
    """All of it, made or found as one package says; by the codes of the package."""

    def __init__(self, folder: Path) -> None:
        """Make what is not there yet.

        Raises:
            RuleBroken: what is known under a code is something else than the package says.
        """
        self._folder = folder
        self.places: dict[str, Place] = {}
        self.promises: dict[int, Promise] = {}
        for row in self._rows("places"):
            self._place(row)
        election = next(map(self._election, self._rows("elections")), None)
        (row,) = self._rows("cycle")
        self.cycle = self._cycle(row, election)
        self.topics = {row["topic"]: self._topic(row) for row in self._rows("topics")}
        self.parties = {row["party"]: self._party(row) for row in self._rows("parties")}
        self.sources = {row["source"]: self._source(row) for row in self._rows("sources")}
        db.session.flush()

    def _rows(self, name: str) -> Iterator[Row]:
        return (row for _, row in rows(self._folder, BY_NAME[name]))

    def _place(self, row: Row) -> Place:
        """A place, after the one it lies in, wherever that stands in the file."""
        code = row["place"]
        if code in self.places:
            return self.places[code]
        lies_in = row["lies_in"]
        above = self._place(self._row_of(lies_in)) if lies_in else None
        facts = {
            "kind": PlaceKind(row["kind"]),
            "country": row["country"],
            "names": row["names"],
            "sure": row["sure"],
            "parent_id": above.id if above else None,
        }
        known = db.session.scalar(select(Place).where(Place.code == code))
        place = known or Place(code=code, **facts)
        if known is None:
            db.session.add(place)
            record(None, "place.import", place, code=code)
            db.session.flush()
        _held(place, code, facts)
        self.places[code] = place
        return place

    def _row_of(self, code: str) -> Row:
        return next(row for row in self._rows("places") if row["place"] == code)

    def _election(self, row: Row) -> Election:
        facts = {
            "country": row["country"],
            "kind": ElectionKind(row["kind"]),
            "held_on": row["held_on"],
            "second_round_on": row["second_round_on"],
            "names": row["names"],
        }
        code = row["election"]
        known = db.session.scalar(select(Election).where(Election.code == code))
        election = known or Election(code=code, **facts)
        db.session.add(election)
        db.session.flush()
        return _held(election, code, facts)

    def _cycle(self, row: Row, election: Election | None) -> Cycle:
        same = (
            *("names", "first_month", "last_month", "opens_day", "due_day", "closes_day"),
            *("time_zone", "least_rated", "review_days", "reply_days", "second_share"),
            "is_current",
        )
        settings = cycles.Settings(
            level=Level(row["level"]),
            election=election,
            is_public=True,
            **{name: row[name] for name in same},
        )
        cycle = cycles.make(
            row["cycle"],
            row["country"],
            settings,
            by=None,
            invented_seed=new_seed() if row["is_demonstration"] else "",
        )
        return _held(cycle, cycle.code, {"matrix_version": row["matrix_version"]})

    def _topic(self, row: Row) -> Topic:
        topic = Topic(cycle=self.cycle, code=row["topic"], names=row["names"])
        db.session.add(topic)
        record(None, "topic.import", topic, vouches=topic, code=topic.code)
        return topic

    def _party(self, row: Row) -> Party:
        facts = {
            "country": row["country"],
            "kind": PartyKind(row["kind"]),
            "names": row["names"],
            "sure": row["sure"],
            "invented": row["invented"],
        }
        code = row["party"]
        known = db.session.scalar(select(Party).where(Party.code == code))
        if known is not None:
            return _held(known, code, facts)
        party = Party(code=code, **facts)
        db.session.add(party)
        record(None, "party.import", party, vouches=party, code=code)
        return party

    def _source(self, row: Row) -> Source:
        words: dict[str, Any] = {name: row[name] for name in ("title", "said_on_raw")}
        source = Source(
            cycle_id=self.cycle.id,
            kind=SourceKind(row["kind"]),
            said_on=row["said_on"],
            said_on_precision=Precision(row["said_on_precision"]),
            link=row["link"],
            archive_link=row["archive_link"],
            **words,
        )
        db.session.add(source)
        record(None, "source.import", source)
        return source


def _held(known: Any, code: str, facts: dict[str, str | date | None]) -> Any:
    if any(getattr(known, name) != value for name, value in facts.items()):
        raise RuleBroken(KNOWN, code=code)
    return known
