"""Data in bulk: straight into the tables, since only the cost of reading is measured."""

from datetime import UTC, date, datetime, timedelta

from sqlalchemy import insert, select

from mobilizer.core.database import db
from mobilizer.cycles.models import Cycle, Topic
from mobilizer.cycles.rules import Level
from mobilizer.elections import actions as elections
from mobilizer.elections.models import Party
from mobilizer.findings.models import Finding
from mobilizer.places import actions as places
from mobilizer.places.models import Place
from mobilizer.places.rules import PlaceKind
from mobilizer.promises.models import Promise, PromisePlace, PromiseWord, Source
from mobilizer.promises.rules import Precision, PromiseState, SourceKind, Testability
from mobilizer.scoring.rules import Rating
from mobilizer.tallies.actions import rebuild

#: Findings in all. A promise has as many as it has months, so promises grow with them.
SIZES = (1_000, 10_000, 100_000)
FINDINGS_EACH = 50
BEGAN = datetime(2020, 1, 1, tzinfo=UTC)
RATINGS = list(Rating)[:6]


def fill(size: int) -> None:
    """Bring the database to so many findings."""
    cycle = db.session.scalar(select(Cycle)) or ground(BEGAN)
    have = db.session.scalar(select(db.func.count(Finding.number))) or 0
    first = have // FINDINGS_EACH + 1
    topics = db.session.scalars(select(Topic.id)).all()
    towns = db.session.scalars(select(Place.id).where(Place.kind == PlaceKind.MUNICIPALITY)).all()
    party = db.session.scalars(select(Party.id).limit(1)).one()
    source = db.session.scalars(select(Source.id).limit(1)).one()
    numbers = range(first, size // FINDINGS_EACH + 1)
    db.session.execute(
        insert(Promise),
        [
            promise_row(
                BEGAN,
                n,
                cycle_id=cycle.id,
                party_id=party,
                topic_id=topics[n % len(topics)],
                source_id=source,
            )
            for n in numbers
        ],
    )
    ids = dict(
        db.session.execute(select(Promise.number, Promise.id).where(Promise.number >= first)).all()
    )
    town = {n: towns[n % len(towns)] for n in numbers}
    db.session.execute(
        insert(PromisePlace), [{"promise_id": ids[n], "place_id": town[n]} for n in numbers]
    )
    db.session.execute(
        insert(PromiseWord),
        [{"promise_id": ids[n], "word": word} for n in numbers for word in ("skol", f"number{n}")],
    )
    _findings(have, size, cycle.id, {n: (ids[n], town[n]) for n in numbers})
    rebuild(db.session(), cycle.id)
    db.session.commit()


def ground(began: datetime) -> Cycle:
    """A public cycle with places, parties, twelve topics and one source, and no promise yet."""
    places.load("MK")
    elections.load("MK")
    cycle = Cycle(
        code="bench",
        names={"en": "Bench"},
        country="MK",
        level=Level.LOCAL,
        first_month=began.date().replace(day=1),
        last_month=date(2029, 12, 1),
        quotas={},
        is_public=True,
        is_current=True,
        created_at=began,
    )
    cycle.topics = [Topic(code=f"t{n}", names={"en": f"Topic {n}"}) for n in range(12)]
    db.session.add(cycle)
    db.session.flush()
    db.session.add(Source(cycle_id=cycle.id, kind=SourceKind.PROGRAMME, title="Programme"))
    db.session.flush()
    return cycle


def promise_row(began: datetime, number: int, **keys: int) -> dict[str, object]:
    """A row of a published promise; ``keys`` say of which cycle, party, topic and source."""
    return {
        "number": number,
        **keys,
        "level": Level.LOCAL,
        "language": "en",
        "exact_words": f"We will build school number {number}.",
        "titles": {"en": f"School number {number}"},
        "due_precision": Precision.MANDATE,
        "state": PromiseState.PUBLISHED,
        "testability": Testability.TESTABLE,
        "logged_at": began,
        "published_at": began,
    }


def _findings(have: int, size: int, cycle: int, spots: dict[int, tuple[int, int]]) -> None:
    promises = list(spots.values())
    for start in range(have, size, 10_000):
        rows = []
        for at in range(start, min(start + 10_000, size)):
            promise, place = promises[(at - have) % len(promises)]
            rows.append(
                {
                    "number": at + 1,
                    "cycle_id": cycle,
                    "promise_id": promise,
                    "place_id": place,
                    "month": date(2020 + at // 12 % 10, at % 12 + 1, 1),
                    "rating": RATINGS[at % len(RATINGS)],
                    "content": {"kind": "full", "language": "en", "reason": "Seen."},
                    "published_at": BEGAN + timedelta(minutes=at),
                    "previous_hash": f"{at:064}",
                    "hash": f"{at + 1:064}",
                }
            )
        db.session.execute(insert(Finding), rows)
