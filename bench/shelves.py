"""A register in bulk to be searched: a few words are common and most are rare, as in language."""

from datetime import UTC, date, datetime
from itertools import accumulate
from random import Random

from sqlalchemy import insert, select, text

from mobilizer.core.database import db
from mobilizer.cycles.models import Cycle, Topic
from mobilizer.elections.models import Party
from mobilizer.findings.models import Finding
from mobilizer.places.models import Place
from mobilizer.places.rules import PlaceKind
from mobilizer.promises.models import Promise, PromisePlace, Source
from mobilizer.scoring.rules import Rating
from mobilizer.search.models import Findable
from mobilizer.search.rules.words import FOUND, PROMISED, signed, spelled
from mobilizer.tallies.actions import rebuild
from tests.builders import Builders

BEGAN = datetime(2020, 1, 1, tzinfo=UTC)
RATINGS = list(Rating)[:6]
#: So many words a promise has of its own, and so many were found of it.
OWN, TOLD = 18, 40
#: So many different words there are; the n-th is as common as one in n.
VOCABULARY = 20_000
SYLLABLES = [one + two for one in "бвгдѓжзклљмнпрстќфхцчџш" for two in "аеиоу"]
#: Words that are measured: one in so many promises has them in its own text.
SHARES = {"училишта": 1, "болница": 2, "патишта": 10, "водовод": 100, "библиотека": 1_000}
#: One that three promises have.
RARE = "планетариум"


def fill(size: int) -> None:
    """Bring an empty database, or one that was filled so far, to so many promises."""
    chance = Random(size)
    cycle = db.session.scalar(select(Cycle)) or _ground()
    have = db.session.scalar(select(db.func.max(Promise.number))) or 0
    numbers = range(have + 1, size + 1)
    texts = {number: (_own(chance, number), _told(chance)) for number in numbers}
    for at in range(0, len(numbers), 5_000):
        _write(cycle, {number: texts[number] for number in numbers[at : at + 5_000]})
    rebuild(db.session(), cycle.id)
    db.session.commit()
    db.session.execute(text("ANALYZE"))
    db.session.commit()


def _vocabulary() -> list[str]:
    chance = Random(1)
    return ["".join(chance.choices(SYLLABLES, k=chance.randint(1, 4))) for _ in range(VOCABULARY)]


WORDS = _vocabulary()
WEIGHTS = list(accumulate(1 / (at + 3) for at in range(VOCABULARY)))


def _own(chance: Random, number: int) -> str:
    words = chance.choices(WORDS, cum_weights=WEIGHTS, k=OWN)
    words += [word for word, one_in in SHARES.items() if number % one_in == 0]
    return " ".join([*words, RARE] if number in (7, 77, 777) else words)


def _told(chance: Random) -> str:
    return " ".join(chance.choices(WORDS, cum_weights=WEIGHTS, k=TOLD))


def _ground() -> Cycle:
    make = Builders()
    cycle: Cycle = make.cycle("bench", is_public=True)
    for at in range(8):
        for of in range(10):
            make.municipality(f"Town {at}-{of}", region=f"Region {at}")
        make.party(f"Party {at}", code=f"party-{at}")
        make.topic(cycle=cycle, code=f"topic-{at}")
    make.source(cycle=cycle)
    db.session.commit()
    return cycle


def _write(cycle: Cycle, texts: dict[int, tuple[str, str]]) -> None:
    topics, parties, towns = (
        list(db.session.scalars(ids))
        for ids in (
            select(Topic.id),
            select(Party.id),
            select(Place.id).where(Place.kind == PlaceKind.MUNICIPALITY),
        )
    )
    source = db.session.scalars(select(Source.id)).first()
    promise = {
        "cycle_id": cycle.id,
        "level": cycle.level,
        "language": "mk",
        "source_id": source,
        "due_precision": "mandate",
        "state": "published",
        "logged_at": BEGAN,
        "published_at": BEGAN,
    }
    rows: list[dict[str, object]] = [
        promise
        | {
            "id": number,
            "number": number,
            "topic_id": topics[number % len(topics)],
            "party_id": parties[number // 3 % len(parties)],
            "exact_words": own,
            "titles": {"mk": " ".join(own.split()[:6])},
        }
        for number, (own, _) in texts.items()
    ]
    db.session.execute(insert(Promise), rows)
    places = [{"promise_id": n, "place_id": towns[n % len(towns)]} for n in texts]
    db.session.execute(insert(PromisePlace), places)
    db.session.execute(
        insert(Finding),
        [
            _finding(number, cycle.id, towns[number % len(towns)], told)
            for number, (_, told) in texts.items()
        ],
    )
    db.session.execute(
        insert(Findable),
        [
            {"number": n, "words": spelled(signed([own], PROMISED), signed([told], FOUND))}
            for n, (own, told) in texts.items()
        ],
    )


def _finding(number: int, cycle: int, place: int, told: str) -> dict[str, object]:
    return {
        "number": number,
        "cycle_id": cycle,
        "promise_id": number,
        "place_id": place,
        "month": date(2026, 10, 1),
        "rating": RATINGS[number % len(RATINGS)],
        "content": {"kind": "full", "language": "mk", "reason": told},
        "published_at": BEGAN,
        "published_on": BEGAN.date(),
        "previous_hash": f"{number:064}",
        "hash": f"{number + 1:064}",
    }
