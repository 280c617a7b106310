"""Promises as they were made, the sources they stand in, and how they are measured."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from mobilizer.accounts.models import User
from mobilizer.audit.models import Vouched
from mobilizer.core import marks
from mobilizer.core.database import Model, Names, Uid, UtcDateTime, words
from mobilizer.cycles.models import Cycle, Topic
from mobilizer.cycles.rules import Level
from mobilizer.elections.models import Party
from mobilizer.places.models import Place
from mobilizer.promises.rules import (
    Frequency,
    Precision,
    PromiseState,
    SourceKind,
    Testability,
    Unit,
)


class Source(Vouched, Model):
    """The document or speech in which promises were made."""

    FACTS = (
        "kind",
        "title",
        "said_on",
        "said_on_precision",
        "said_on_raw",
        "link",
        "archive_link",
    )

    __tablename__ = "source"

    id: Mapped[int] = mapped_column(primary_key=True)
    cycle_id: Mapped[int] = mapped_column(ForeignKey("cycle.id"), index=True)
    kind: Mapped[SourceKind] = mapped_column(words(SourceKind))
    title: Mapped[str] = mapped_column(String(300))
    #: The first day of the month or year where no day is known.
    said_on: Mapped[date | None]
    said_on_precision: Mapped[Precision] = mapped_column(words(Precision), default=Precision.DAY)
    #: The day, month or words as the source gives them.
    said_on_raw: Mapped[str] = mapped_column(String(120), default="")
    link: Mapped[str] = mapped_column(String(2000), default="")
    archive_link: Mapped[str] = mapped_column(String(2000), default="")
    #: A copy kept by us: the sha256 names the file in the media folder.
    copy_sha256: Mapped[str | None] = mapped_column(String(64))


class Promise(Vouched, Model):
    """One promise, in the exact words of its source. Its number is public and stays."""

    FACTS = (
        "id",
        "number",
        "cycle_id",
        "party_id",
        "speaker",
        "topic_id",
        "level",
        "language",
        "exact_words",
        "titles",
        "focus",
        "source_spot",
        "made_on",
        "due_on",
        "due_precision",
        "due_raw",
        "institution",
        "is_in_its_power",
        "state",
        "version",
        "testability",
        "testability_reason",
        "duplicate_of_id",
        "became_link",
        "origin",
        "origin_key",
        "logged_by_id",
        "logged_at",
        "checked_by_id",
        "checked_at",
        "published_at",
        "made_for",
        "stands_in",
        "measured_by",
        "was_changed",
    )

    __tablename__ = "promise"
    __table_args__ = (
        UniqueConstraint("cycle_id", "origin", "origin_key"),
        Index("ix_promise_cycle_state", "cycle_id", "state"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(unique=True)
    cycle_id: Mapped[int] = mapped_column(ForeignKey("cycle.id"))
    party_id: Mapped[int] = mapped_column(ForeignKey("party.id"), index=True)
    #: The person who spoke for the party, if it was one: a public figure, never a private person.
    speaker: Mapped[str] = mapped_column(String(120), default="")
    topic_id: Mapped[int] = mapped_column(ForeignKey("topic.id"), index=True)
    level: Mapped[Level] = mapped_column(words(Level))
    #: The language of the exact words.
    language: Mapped[str] = mapped_column(String(8))
    exact_words: Mapped[str] = mapped_column(String(4000))
    titles: Mapped[Names]
    focus: Mapped[str] = mapped_column(String(300), default="")
    source_id: Mapped[int] = mapped_column(ForeignKey("source.id"), index=True)
    #: The page, minute or other place within the source.
    source_spot: Mapped[str] = mapped_column(String(120), default="")
    made_on: Mapped[date | None]
    #: The last day of the month or year where no day was named.
    due_on: Mapped[date | None]
    due_precision: Mapped[Precision] = mapped_column(words(Precision))
    due_raw: Mapped[str] = mapped_column(String(200), default="")
    institution: Mapped[str] = mapped_column(String(200), default="")
    is_in_its_power: Mapped[bool] = mapped_column(default=True)
    state: Mapped[PromiseState] = mapped_column(words(PromiseState))
    #: Counts its changes, so that a step names what was seen when it was taken.
    version: Mapped[int] = mapped_column(default=1)
    testability: Mapped[Testability | None] = mapped_column(words(Testability))
    testability_reason: Mapped[str] = mapped_column(String(600), default="")
    duplicate_of_id: Mapped[int | None] = mapped_column(ForeignKey("promise.id"))
    became_link: Mapped[str] = mapped_column(String(2000), default="")
    #: The tracker it was imported from, and its key there; "" and None when logged here.
    origin: Mapped[str] = mapped_column(String(80), default="")
    origin_key: Mapped[str | None] = mapped_column(String(120))
    logged_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"), index=True)
    logged_at: Mapped[datetime] = mapped_column(UtcDateTime)
    #: Who brought it at the desk, from a phone's file; None where it was logged by hand.
    handed_in_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    checked_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    checked_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    published_at: Mapped[datetime | None] = mapped_column(UtcDateTime, index=True)

    cycle: Mapped[Cycle] = relationship()
    party: Mapped[Party] = relationship()
    topic: Mapped[Topic] = relationship()
    source: Mapped[Source] = relationship()
    places: Mapped[list[Place]] = relationship(secondary="promise_place", order_by=Place.code)
    indicators: Mapped[list["Indicator"]] = relationship(
        back_populates="promise", order_by="Indicator.position", cascade="all, delete-orphan"
    )
    changes: Mapped[list["PromiseChange"]] = relationship(
        back_populates="promise", order_by="PromiseChange.id"
    )
    logged_by: Mapped[User | None] = relationship(foreign_keys=[logged_by_id])
    checked_by: Mapped[User | None] = relationship(foreign_keys=[checked_by_id])
    duplicate_of: Mapped["Promise | None"] = relationship(remote_side=[id])

    @property
    def mark(self) -> str:
        """Names what a step at the gate is about: its words, what was found, whose double it is."""
        found = (self.state, self.testability, self.testability_reason, self.checked_by_id)
        return marks.mark([self.version, *found, self.duplicate_of_id])

    @property
    def made_for(self) -> list[int]:
        """The ids of its places."""
        return sorted(place.id for place in self.places)

    @property
    def stands_in(self) -> Mapping[str, Any]:
        """What the log tells of its source."""
        return self.source.as_told().facts

    @property
    def measured_by(self) -> list[Mapping[str, Any]]:
        """What the log tells of its indicators, by their positions."""
        measures = sorted(self.indicators, key=lambda one: one.position)
        return [one.as_told().facts for one in measures]

    @property
    def was_changed(self) -> list[Mapping[str, Any]]:
        """What the log tells of its history, the first change first."""
        return [one.as_told().facts for one in sorted(self.changes, key=lambda one: one.id)]


class PromisePlace(Model):
    """A place the promise was made for: the country, a region or a municipality."""

    __tablename__ = "promise_place"

    promise_id: Mapped[int] = mapped_column(ForeignKey("promise.id"), primary_key=True)
    place_id: Mapped[int] = mapped_column(ForeignKey("place.id"), primary_key=True, index=True)


class PromiseWord(Model):
    """A normalised word of a promise's text: what search and likely duplicates look up."""

    __tablename__ = "promise_word"
    __table_args__ = (Index("ix_promise_word_word", "word", "promise_id"),)

    promise_id: Mapped[int] = mapped_column(
        ForeignKey("promise.id", ondelete="CASCADE"), primary_key=True
    )
    #: Compared byte by byte on every database, so that a beginning is a range of the index.
    word: Mapped[str] = mapped_column(
        String(64).with_variant(String(64, collation="C"), "postgresql"), primary_key=True
    )


class Indicator(Vouched, Model):
    """One to three things by which anybody can tell how far a promise is kept."""

    FACTS = (
        "position",
        "text",
        "unit",
        "unit_name",
        "baseline",
        "baseline_on",
        "target",
        "methods",
        "data_source",
        "frequency",
    )

    __tablename__ = "indicator"
    __table_args__ = (UniqueConstraint("promise_id", "position"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    promise_id: Mapped[int] = mapped_column(ForeignKey("promise.id"))
    position: Mapped[int]
    text: Mapped[str] = mapped_column(String(200))
    unit: Mapped[Unit] = mapped_column(words(Unit))
    unit_name: Mapped[str] = mapped_column(String(40), default="")
    #: Values are written as typed and normalised (a decimal point, no separators); "" is unknown.
    baseline: Mapped[str] = mapped_column(String(60), default="")
    baseline_on: Mapped[date | None]
    target: Mapped[str] = mapped_column(String(60))
    methods: Mapped[list[Any]]
    data_source: Mapped[str] = mapped_column(String(300), default="")
    frequency: Mapped[Frequency] = mapped_column(words(Frequency))

    promise: Mapped[Promise] = relationship(back_populates="indicators")


class PromiseChange(Vouched, Model):
    """A change of a promise after it was first checked: shown in its public history."""

    FACTS = ("id", "changed_at", "by_id", "field", "before", "after", "reason")

    __tablename__ = "promise_change"

    id: Mapped[int] = mapped_column(primary_key=True)
    promise_id: Mapped[int] = mapped_column(ForeignKey("promise.id"), index=True)
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    #: The field's name, in an indicator with its position: "indicators.1.target".
    field: Mapped[str] = mapped_column(String(40))
    before: Mapped[str] = mapped_column(String(4000), default="")
    after: Mapped[str] = mapped_column(String(4000), default="")
    reason: Mapped[str] = mapped_column(String(600), default="")

    promise: Mapped[Promise] = relationship(back_populates="changes")
    by: Mapped[User | None] = relationship()


class PromiseDraft(Model):
    """What somebody has typed of a promise and not saved yet: nothing typed is lost on the way.

    Its random key goes with the form, so that a form sent twice makes one promise.
    """

    __tablename__ = "promise_draft"

    id: Mapped[str] = mapped_column(Uid, primary_key=True)
    author_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    cycle_id: Mapped[int] = mapped_column(ForeignKey("cycle.id"))
    #: The forms' fields as they were typed, right or wrong: {name: [text, …]}.
    typed: Mapped[dict[str, Any]]
    #: The promise that is being changed, and how often it had been changed by then.
    changes_id: Mapped[int | None] = mapped_column(ForeignKey("promise.id"), index=True)
    seen_version: Mapped[int | None]
    #: The promise that came of it: the draft is done.
    promise_id: Mapped[int | None] = mapped_column(ForeignKey("promise.id"))
    updated_at: Mapped[datetime] = mapped_column(UtcDateTime)

    cycle: Mapped[Cycle] = relationship()
    changes: Mapped[Promise | None] = relationship(foreign_keys=[changes_id])
    promise: Mapped[Promise | None] = relationship(foreign_keys=[promise_id])
