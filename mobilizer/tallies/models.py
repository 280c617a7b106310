"""Where each promise counted since when, and how many counted where on every day.

``Listing`` is a record: nothing else tells where a promise stood before it was changed. The others
follow from listings and findings, and ``mobilizer tallies rebuild`` writes them anew. Days
are days where the cycle is; what begins on a day holds at the end of it.
"""

from datetime import date
from typing import Any

from sqlalchemy import ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from mobilizer.core.database import Model, words
from mobilizer.scoring.rules import Rating
from mobilizer.tallies.rules import Kind

NOW = text("until IS NULL")
OVER = text("until IS NOT NULL")


class Listing(Model):
    """Where a promise counts from a day on, until a later one of it says otherwise."""

    __tablename__ = "listing"

    promise_id: Mapped[int] = mapped_column(ForeignKey("promise.id"), primary_key=True)
    since: Mapped[date] = mapped_column(primary_key=True)
    topic_id: Mapped[int] = mapped_column(ForeignKey("topic.id"))
    party_id: Mapped[int] = mapped_column(ForeignKey("party.id"))
    #: The ids of the places it was made for, the least first.
    place_ids: Mapped[list[Any]]
    #: What it is before anything was found.
    unread: Mapped[Rating] = mapped_column(words(Rating))


class Standing(Model):
    """That a promise stands under a cycle, topic, party, region or place, from a day to another.

    Under its cycle stands its headline rating, under a place its reading there. Under the others
    no rating is kept: of topic and party the headline counts, of a region the readings inside.
    """

    __tablename__ = "standing"
    __table_args__ = (
        Index(
            "ix_standing_now",
            *("cycle_id", "kind", "subject_id", "number"),
            sqlite_where=NOW,
            postgresql_where=NOW,
        ),
        Index("ix_standing_then", "cycle_id", "kind", "subject_id", "number", "since"),
        # What began and what ended between two days.
        Index("ix_standing_since", "cycle_id", "kind", "subject_id", "since"),
        Index(
            "ix_standing_until",
            *("cycle_id", "kind", "subject_id", "until"),
            sqlite_where=OVER,
            postgresql_where=OVER,
        ),
    )

    promise_id: Mapped[int] = mapped_column(ForeignKey("promise.id"), primary_key=True)
    kind: Mapped[Kind] = mapped_column(words(Kind), primary_key=True)
    #: The key of the cycle, topic, party or place.
    subject_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    since: Mapped[date] = mapped_column(primary_key=True)
    #: The first day on which it is no more; None while it is.
    until: Mapped[date | None]
    rating: Mapped[Rating | None] = mapped_column(words(Rating))
    cycle_id: Mapped[int] = mapped_column(ForeignKey("cycle.id"))
    #: The promise's public number, by which lists are in order.
    number: Mapped[int]


class NumberSet(Model):
    """The numbers of the promises that stand under one choice, from a day to another.

    They are what the register's filters leave, and by which two days are compared. Bit 7 of the
    first byte is promise 7 (``search.rules.numbers``). The choice is a rating's code under
    ``cycle``, else the key of a topic, party or region.
    """

    __tablename__ = "number_set"
    __table_args__ = (
        Index(
            "ix_number_set_now",
            *("cycle_id", "kind", "choice"),
            sqlite_where=NOW,
            postgresql_where=NOW,
        ),
    )

    cycle_id: Mapped[int] = mapped_column(ForeignKey("cycle.id"), primary_key=True)
    kind: Mapped[Kind] = mapped_column(words(Kind), primary_key=True)
    choice: Mapped[str] = mapped_column(String(32), primary_key=True)
    since: Mapped[date] = mapped_column(primary_key=True)
    until: Mapped[date | None]
    bits: Mapped[bytes]


class FindingSet(Model):
    """The numbers of the findings about a cycle, or about a topic, party or region of it.

    In blocks of so many numbers as ``rules.found`` says, for lists of findings. Of a promise that
    was changed all findings are about what it counts for now.
    """

    __tablename__ = "finding_set"

    cycle_id: Mapped[int] = mapped_column(ForeignKey("cycle.id"), primary_key=True)
    kind: Mapped[Kind] = mapped_column(words(Kind), primary_key=True)
    #: The key of the cycle, topic, party or region.
    subject_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    block: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    bits: Mapped[bytes]


class Tally(Model):
    """How many promises of each rating a cycle, topic, party, region or place has, of some days.

    A region has as many as there are readings in it; ``listed`` are its promises, each once.
    """

    __tablename__ = "tally"
    __table_args__ = (
        Index("ix_tally_now", "cycle_id", "kind", sqlite_where=NOW, postgresql_where=NOW),
    )

    cycle_id: Mapped[int] = mapped_column(ForeignKey("cycle.id"), primary_key=True)
    kind: Mapped[Kind] = mapped_column(words(Kind), primary_key=True)
    subject_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    since: Mapped[date] = mapped_column(primary_key=True)
    until: Mapped[date | None]
    kept: Mapped[int]
    partly_kept: Mapped[int]
    in_progress: Mapped[int]
    stalled: Mapped[int]
    not_started: Mapped[int]
    broken: Mapped[int]
    cannot_be_rated: Mapped[int]
    not_yet_rated: Mapped[int]
    listed: Mapped[int]


class SideTally(Model):
    """What is told beside a subject's counts, of some days: a number of each thing said.

    How many readings give a reason why the promise stands still; about how many promises (in a
    place or region: readings) something was found about a month; about how many in a place.
    """

    __tablename__ = "side_tally"
    __table_args__ = (
        Index(
            "ix_side_tally_now",
            *("cycle_id", "kind", "subject_id", "says"),
            sqlite_where=NOW,
            postgresql_where=NOW,
        ),
    )

    cycle_id: Mapped[int] = mapped_column(ForeignKey("cycle.id"), primary_key=True)
    kind: Mapped[Kind] = mapped_column(words(Kind), primary_key=True)
    subject_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    #: The code of a reason, the first day of a month, or the key of a place (``rules.beside``).
    says: Mapped[str] = mapped_column(String(32), primary_key=True)
    since: Mapped[date] = mapped_column(primary_key=True)
    until: Mapped[date | None]
    number: Mapped[int]
