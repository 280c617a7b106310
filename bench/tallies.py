"""Pages built cold, at 1,000 findings and at 1,000,000 of 100,000 promises, on both databases.

Nothing is kept in front: each page is made anew, as after a publication. Figures are ratios: to a
bare route of the same application in the same run, and to the same page with the least data.
"""

from datetime import UTC, datetime, timedelta
from itertools import cycle as cycle_through
from random import Random
from typing import Any

from flask import Flask
from sqlalchemy import insert, select, text

from bench.clocks import processor
from bench.filling import ground, promise_row
from bench.pages import timed
from config import database
from mobilizer.core.database import db
from mobilizer.core.policy import public
from mobilizer.cycles.models import Cycle, Topic
from mobilizer.elections.models import Party
from mobilizer.factory import create_app
from mobilizer.findings.actions import Verdict, publish
from mobilizer.findings.models import Finding
from mobilizer.places.models import Place
from mobilizer.places.rules import PlaceKind
from mobilizer.promises.models import Promise, PromisePlace, Source
from mobilizer.scoring.rules import Rating
from mobilizer.tallies.actions import keeping, rebuild
from tests.support.databases import STORES, migrate

#: Promises, each with so many findings, one a month.
SIZES = (100, 100_000)
EACH = 10
RATINGS = [rating for rating in Rating if rating is not Rating.NOT_YET_RATED]
#: The first day on which something is published.
BEGAN = datetime(2026, 1, 5, 12, tzinfo=UTC)
#: So many rows are written at once.
STRIDE = 20_000
PAGES = {
    "home": "/en/",
    "topics": "/en/topics/",
    "topic": "/en/topics/t3",
    "topic, its last page": "/en/topics/t3?page=10000",
    "topic, three months ago": "/en/topics/t3?as_of={past}",
    "parties": "/en/parties/",
    "party": "/en/parties/{party}",
    "regions": "/en/regions/",
    "region": "/en/regions/{region}",
    "municipalities": "/en/municipalities/",
    "municipality": "/en/municipalities/{town}",
    "register of promises": "/en/promises/",
    "register, two filters": "/en/promises/?topic=t3&rating=kept",
    "promise": "/en/promises/7",
    "latest findings": "/en/findings",
    "corrections": "/en/corrections",
    "feed": "/en/feed.atom",
    "feed of a topic": "/en/topics/t3/feed.atom",
    "feed of a region": "/en/regions/{region}/feed.atom",
    "scores of all municipalities (API)": "/api/v1/scores?by=municipality",
    "scores, three months ago (API)": "/api/v1/scores?by=topic&as_of={past}",
    "promises (API)": "/api/v1/promises",
    "findings (API)": "/api/v1/findings",
}


def main(most: int | None = None) -> None:
    """Measure and print; ``most`` promises instead of the largest size."""
    sizes = (SIZES[0], most or SIZES[-1])
    for kind, store in STORES.items():
        app = create_app(**database(store().url), TESTING=True, TRUSTED_HOSTS=None)
        app.add_url_rule("/bare", view_func=public(bare))
        migrate(app)
        told: list[dict[str, tuple[float, float]]] = []
        for size in sizes:
            with app.app_context():
                fill(size)
                addresses = _addresses()
            told.append(_costs(app, addresses))
        print(f"\n{kind}: ms of processor time, times a bare route; and times the least data")
        for name in told[0]:
            (least, _), (took, ratio) = (one[name] for one in told)
            cells = f"{least:9.1f} ms{took:9.1f} ms{ratio:9.1f} ×{took / least:9.2f} ×"
            print(f"{name:36}{cells}")
        with app.app_context():
            _approvals()


def bare() -> str:
    """The least a route can do."""
    return "bare"


def _costs(app: Flask, addresses: dict[str, str]) -> dict[str, tuple[float, float]]:
    client, spent = app.test_client(use_cookies=False), processor(app)
    least = timed(lambda: client.get("/bare"), min, spent)
    costs = {}
    for name, address in addresses.items():

        def ask(address: str = address) -> None:
            app.extensions["front"].forget()
            assert client.get(address).status_code == 200, address

        took = timed(ask, min, spent)
        costs[name] = took * 1000, took / least
    return costs


def _addresses() -> dict[str, str]:
    def code(kind: PlaceKind) -> str:
        named = select(Place.code).join(PromisePlace, PromisePlace.place_id == Place.id)
        town = db.session.execute(named.limit(1)).scalar_one()
        found = db.session.scalars(select(Place).where(Place.code == town)).one()
        place = found if kind is PlaceKind.MUNICIPALITY else found.region
        return place.code if place else town

    values = {
        "past": (BEGAN + timedelta(days=200)).date().isoformat(),
        "party": db.session.scalars(select(Party.code).join(Promise).limit(1)).one(),
        "region": code(PlaceKind.REGION),
        "town": code(PlaceKind.MUNICIPALITY),
    }
    return {name: address.format(**values) for name, address in PAGES.items()}


# --- what it costs to approve


def _approvals() -> None:
    """What publishing one finding costs, with the upkeep of the tallies and without."""
    promise = db.session.scalars(select(Promise).where(Promise.number == 9)).one()
    rating = cycle_through(RATINGS)

    def publish_one() -> None:
        publish(Verdict(promise, promise.places[0], next(rating), {"kind": "full"}), by=None)
        db.session.commit()

    took = timed(publish_one, min)
    keep, keeping.follow = keeping.follow, lambda *_: None
    try:
        bare_one = timed(publish_one, min)
    finally:
        keeping.follow = keep
    print(f"one finding published: {took * 1000:.1f} ms, without the tallies {bare_one * 1000:.1f}")


# --- data in bulk


def fill(size: int) -> None:
    """Bring the database to so many promises, each with its findings, and count them."""
    cycle = db.session.scalar(select(Cycle)) or ground(BEGAN)
    have = db.session.scalar(select(db.func.count(Promise.id))) or 0
    topics = db.session.scalars(select(Topic.id).order_by(Topic.id)).all()
    towns = db.session.scalars(select(Place.id).where(Place.kind == PlaceKind.MUNICIPALITY)).all()
    parties = db.session.scalars(select(Party.id).order_by(Party.id).limit(8)).all()
    source = db.session.scalars(select(Source.id)).one()
    chance = Random(1)
    numbers = range(have + 1, size + 1)
    spots = {
        n: (chance.choice(topics), chance.choice(parties), chance.choice(towns)) for n in numbers
    }
    for start in range(0, len(numbers), STRIDE):
        some = numbers[start : start + STRIDE]
        db.session.execute(
            insert(Promise),
            [
                promise_row(
                    BEGAN,
                    n,
                    cycle_id=cycle.id,
                    source_id=source,
                    topic_id=spots[n][0],
                    party_id=spots[n][1],
                )
                for n in some
            ],
        )
        ids = dict(
            db.session.execute(
                select(Promise.number, Promise.id).where(Promise.number.between(some[0], some[-1]))
            ).all()
        )
        pairs = [{"promise_id": ids[n], "place_id": spots[n][2]} for n in some]
        db.session.execute(insert(PromisePlace), pairs)
        spots |= {n: (ids[n], *spots[n][1:]) for n in some}
    _findings(cycle, {n: (spots[n][0], spots[n][2]) for n in numbers}, chance)
    rebuild(db.session(), cycle.id)
    db.session.commit()
    if db.engine.dialect.name == "postgresql":
        with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text("VACUUM ANALYZE"))
    else:
        db.session.execute(text("ANALYZE"))
        db.session.commit()


def _findings(cycle: Cycle, spots: dict[int, tuple[int, int]], chance: Random) -> None:
    """One about each promise in each month; its rating changes now and then."""
    last = db.session.scalar(select(db.func.max(Finding.number))) or 0
    ratings = {number: chance.choice(RATINGS) for number in spots}
    rows: list[dict[str, Any]] = []
    for month in range(EACH):
        for number, (promise_id, place_id) in spots.items():
            if chance.random() < 0.1:
                ratings[number] = chance.choice(RATINGS)
            last += 1
            moment = BEGAN + timedelta(days=30 * month + number % 28)
            rows.append(_finding(last, cycle.id, promise_id, place_id, ratings[number], moment))
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
