"""Writing a promise down."""

from sqlalchemy import delete, func, insert, select, text

from mobilizer.accounts.models import User
from mobilizer.audit.actions import record
from mobilizer.core import clock
from mobilizer.core.database import db
from mobilizer.core.errors import RuleBroken
from mobilizer.core.words import N_
from mobilizer.cycles.models import Topic
from mobilizer.places.models import Place
from mobilizer.places.rules import PlaceKind
from mobilizer.promises.models import Indicator, Promise, PromiseWord, Source
from mobilizer.promises.rules import PromiseState
from mobilizer.promises.rules.likeness import index_words
from mobilizer.promises.rules.texts import searched
from mobilizer.promises.rules.values import (
    IndicatorValues,
    PromiseValues,
    SourceValues,
    faults,
    normalised,
)
from mobilizer.search import actions as search

#: The number under which PostgreSQL lets one transaction at a time take the next number.
NUMBER_LOCK = 7_301_002
WHOLE_OR_PARTS = N_("Choose the whole country or parts of it, not both.")
#: What a promise keeps just as it was said.
COLUMNS = (
    "cycle_id",
    "party_id",
    "topic_id",
    "level",
    "language",
    "exact_words",
    "speaker",
    "source_spot",
    "made_on",
    "due_precision",
    "due_on",
    "due_raw",
    "institution",
    "is_in_its_power",
    "focus",
    "became_link",
    "origin",
    "origin_key",
)
INDICATOR_COLUMNS = (
    "text",
    "unit",
    "unit_name",
    "baseline",
    "baseline_on",
    "target",
    "data_source",
    "frequency",
)


def log_promise(values: PromiseValues, *, by: User | None) -> Promise:
    """Write a promise down as a draft, under the next public number.

    Args:
        values: what is said of it.
        by: the person; None for an operator's import.

    Raises:
        RuleBroken: something is wrong with the values, or she may not log in this cycle.
    """
    if by is not None and by.reach("promise.write", values.cycle_id) is None:
        raise RuleBroken(N_("You cannot log promises in this cycle."))
    promise = Promise(
        state=PromiseState.DRAFT,
        version=1,
        logged_by_id=by.id if by is not None else None,
        logged_at=clock.now(),
    )
    values = held(values)
    promise.source = source_of(values)
    promise.number = _next_number()
    write(promise, values)
    db.session.add(promise)
    db.session.flush()
    index(promise)
    record(by, "promise.log", promise, vouches=promise, number=promise.number)
    return promise


def held(values: PromiseValues) -> PromiseValues:
    """The values as they are kept.

    Raises:
        RuleBroken: the first thing that is wrong with them.
    """
    for fault in faults(values):
        raise fault
    topic = db.session.get(Topic, values.topic_id)
    if topic is None or topic.cycle_id != values.cycle_id:
        raise RuleBroken(N_("Choose a topic of this cycle."), field="topic")
    return normalised(values)


def source_of(values: PromiseValues) -> Source:
    """The source that is meant; a new one is made.

    Raises:
        RuleBroken: the one that is meant is none of this cycle.
    """
    said = values.source
    if isinstance(said, SourceValues):
        source = Source(
            cycle_id=values.cycle_id,
            kind=said.kind,
            title=said.title.strip(),
            said_on=said.said_on,
            said_on_precision=said.said_on_precision,
            said_on_raw=said.said_on_raw,
            link=said.link,
            archive_link=said.archive_link,
        )
        db.session.add(source)
        return source
    known = db.session.get(Source, said)
    if known is None or known.cycle_id != values.cycle_id:
        raise RuleBroken(N_("Choose a source of this cycle."), field="source")
    return known


def places_of(values: PromiseValues) -> list[Place]:
    """The places that are meant.

    Raises:
        RuleBroken: one is unknown, or the whole country stands beside a part of it.
    """
    meant = select(Place).where(Place.id.in_(values.place_ids)).order_by(Place.code)
    places = list(db.session.scalars(meant))
    if len(places) != len(set(values.place_ids)):
        raise RuleBroken(N_("Choose places of this country."), field="places")
    if len(places) > 1 and any(place.kind is PlaceKind.COUNTRY for place in places):
        raise RuleBroken(WHOLE_OR_PARTS, field="places")
    return places


def write(promise: Promise, values: PromiseValues) -> None:
    """Put the values on a promise. Its indicators keep their identity, position by position."""
    for column in COLUMNS:
        setattr(promise, column, getattr(values, column))
    promise.titles = dict(values.titles)
    with db.session.no_autoflush:
        promise.places = places_of(values)
    del promise.indicators[len(values.indicators) :]
    for at, said in enumerate(values.indicators):
        if at == len(promise.indicators):
            promise.indicators.append(Indicator(position=at + 1))
        _write_indicator(promise.indicators[at], said)


def _write_indicator(indicator: Indicator, said: IndicatorValues) -> None:
    for column in INDICATOR_COLUMNS:
        setattr(indicator, column, getattr(said, column))
    indicator.methods = [method.value for method in said.methods]


def index(promise: Promise) -> None:
    """Make a promise findable by the words it has now: by the public only what is published."""
    said = searched(promise)
    if promise.state is PromiseState.PUBLISHED:
        search.keep(promise.number, said)
    else:
        search.forget(promise.number)
    db.session.execute(delete(PromiseWord).where(PromiseWord.promise_id == promise.id))
    rows = [{"promise_id": promise.id, "word": word} for word in sorted(index_words(said))]
    if rows:
        db.session.execute(insert(PromiseWord), rows)


def _next_number() -> int:
    """The number after the last one, while nobody else takes one: SQLite's writers are alone."""
    if db.engine.dialect.name == "postgresql":
        db.session.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": NUMBER_LOCK})
    return (db.session.scalar(select(func.max(Promise.number))) or 0) + 1
