"""What data in bulk stands on: a cycle, and the rows of its promises."""

from datetime import date, datetime

from mobilizer.core.database import db
from mobilizer.cycles.models import Cycle, Topic
from mobilizer.cycles.rules import Level
from mobilizer.elections import actions as elections
from mobilizer.places import actions as places
from mobilizer.promises.models import Source
from mobilizer.promises.rules import Precision, PromiseState, SourceKind, Testability


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
