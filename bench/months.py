"""Data in bulk for the tallies: promises of many places, each with a finding in each month."""

from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any, NamedTuple

from sqlalchemy import insert, select, text

from bench.filling import ground, promise_row
from mobilizer.core.database import db
from mobilizer.cycles.models import Cycle, Topic
from mobilizer.elections.models import Party
from mobilizer.findings.models import Finding
from mobilizer.places.models import Place
from mobilizer.places.rules import PlaceKind
from mobilizer.promises.models import Promise, PromisePlace, Source
from mobilizer.scoring.rules import Rating
from mobilizer.tallies.actions import rebuild

#: Findings about each promise, one a month.
EACH = 10
#: The first day on which something is published, and when all of it is.
BEGAN = datetime(2026, 1, 5, 12, tzinfo=UTC)
ENDED = BEGAN + timedelta(days=30 * EACH)
RATINGS = [rating for rating in Rating if rating is not Rating.NOT_YET_RATED]
#: The first few promises are of one topic, party and town, and move each month: the pages of these
#: show as many lines with the least data as with the most.
ALIKE = 30
#: So many rows are written at once.
STRIDE = 20_000


class Spot(NamedTuple):
    """What a promise is of, by their keys."""

    topic: int
    party: int
    town: int


def fill(size: int) -> None:
    """Bring the database to so many promises, each with its findings, and count them."""
    cycle = db.session.scalar(select(Cycle)) or ground(BEGAN)
    have = db.session.scalar(select(db.func.count(Promise.id))) or 0
    spots = dict(zip(range(have + 1, size + 1), _spots(have, size), strict=True))
    ids = _promises(cycle, spots)
    _findings(cycle, {ids[number]: spot.town for number, spot in spots.items()}, have)
    rebuild(db.session(), cycle.id)
    db.session.commit()
    _look_over()


def _spots(have: int, size: int) -> list[Spot]:
    topics = db.session.scalars(select(Topic.id).order_by(Topic.id)).all()
    parties = db.session.scalars(select(Party.id).order_by(Party.id).limit(8)).all()
    towns = db.session.scalars(
        select(Place.id).where(Place.kind == PlaceKind.MUNICIPALITY).order_by(Place.id)
    ).all()
    return [
        Spot(topics[0], parties[0], towns[0])
        if at < ALIKE
        else Spot(topics[at % len(topics)], parties[at // 3 % 8], towns[at % len(towns)])
        for at in range(have, size)
    ]


def _promises(cycle: Cycle, spots: dict[int, Spot]) -> dict[int, int]:
    """Write promises by their numbers; tell their keys."""
    source = db.session.scalars(select(Source.id)).one()
    ids: dict[int, int] = {}
    numbers = list(spots)
    for start in range(0, len(numbers), STRIDE):
        some = numbers[start : start + STRIDE]
        same = {"cycle_id": cycle.id, "source_id": source}
        rows = [
            promise_row(BEGAN, n, **same, topic_id=spots[n].topic, party_id=spots[n].party)
            for n in some
        ]
        db.session.execute(insert(Promise), rows)
        written = select(Promise.number, Promise.id)
        written = written.where(Promise.number.between(some[0], some[-1]))
        ids |= dict(db.session.execute(written).all())
        pairs = [{"promise_id": ids[n], "place_id": spots[n].town} for n in some]
        db.session.execute(insert(PromisePlace), pairs)
    return ids


def _findings(cycle: Cycle, towns: dict[int, int], have: int) -> None:
    """One about each promise in each month; its rating changes now and then."""
    chance = Random(1)
    last = db.session.scalar(select(db.func.max(Finding.number))) or 0
    ratings = {promise: chance.choice(RATINGS) for promise in towns}
    rows: list[dict[str, Any]] = []
    for month in range(EACH):
        for at, (promise, town) in enumerate(towns.items(), start=have):
            if at < ALIKE or chance.random() < 0.1:
                ratings[promise] = chance.choice(RATINGS)
            last += 1
            moment = BEGAN + timedelta(days=30 * month + at % 28)
            rows.append(_finding(last, cycle.id, promise, town, ratings[promise], moment))
            if len(rows) == STRIDE:
                db.session.execute(insert(Finding), rows)
                rows = []
    if rows:
        db.session.execute(insert(Finding), rows)


def _finding(
    number: int, cycle: int, promise: int, place: int, rating: Rating, moment: datetime
) -> dict[str, Any]:
    content: dict[str, Any] = {"kind": "full", "language": "en", "reason": "Seen on the spot."}
    if rating is Rating.STALLED:
        content["answers"] = {"stagnation": ["no_money"]}
    return {
        "number": number,
        "cycle_id": cycle,
        "promise_id": promise,
        "place_id": place,
        "month": moment.date().replace(day=1),
        "rating": rating,
        "content": content,
        "published_at": moment,
        "published_on": moment.date(),
        "previous_hash": f"{number - 1:064}",
        "hash": f"{number:064}",
    }


def _look_over() -> None:
    """Let the database learn what there is, as it does by itself in time."""
    if db.engine.dialect.name == "postgresql":
        with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text("VACUUM ANALYZE"))
    else:
        db.session.execute(text("ANALYZE"))
        db.session.commit()
