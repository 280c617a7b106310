"""What there is before the story begins: a programme with places, topics and people."""

from datetime import UTC, date, datetime, timedelta
from typing import TypeVar

from mobilizer.accounts.models import User
from mobilizer.core import clock
from mobilizer.core.database import db
from mobilizer.cycles.actions import add_ready_topics
from mobilizer.cycles.rules import Level
from mobilizer.places.actions import load
from mobilizer.places.models import Place
from tests.builders import Builders
from tests.support.site import Site

Row = TypeVar("Row")

MORNING = datetime(2026, 11, 20, 9, tzinfo=UTC)
MONTH = date(2026, 11, 1)
TOPIC, REGION, TOWN = "education", "MK006", "MK-609"
PARTY = "Partia e Shembullit"
COORDINATOR, MENTOR, MOBILIZER = "zana@promises.example", "elena@promises.example", "mira.k"
#: What the public knew of the topic before: two and a half of five.
KNOWN = ("kept", "kept", "partly_kept", "in_progress", "broken")


class Programme:
    """A site on the morning on which the month opens. Each step takes a day."""

    def __init__(self, site: Site) -> None:
        self.site = site
        site.moment = MORNING
        with clock.at(MORNING), site.data() as make:
            self._begin(make)

    def a_day_later(self) -> None:
        """Let a night pass."""
        assert self.site.moment is not None
        self.site.moment += timedelta(days=1)

    def _begin(self, make: Builders) -> None:
        load("MK")
        names = {"en": "Local 2025", "sq": "Lokale 2025", "mk": "Локални 2025"}
        cycle = make.cycle(
            "local-2025", topics=(), names=names, first_month=MONTH, last_month="2027-06"
        )
        add_ready_topics(cycle, by=None)
        region = the(Place, code=REGION)
        make.coordinator(sign_in_name=COORDINATOR, full_name="Zana C.")
        make.mentor(region, sign_in_name=MENTOR, full_name="Elena M.", language="mk")
        party = make.party(PARTY, names={"sq": PARTY, "mk": "Партија за пример"})
        for rating in KNOWN:
            make.finding(make.promise(topic=make.topic(TOPIC), party=party), rating)

    def promise_in_hand(self, title: str) -> None:
        """Go on to where a mobilizer has an account, and a published promise to follow."""
        with clock.at(MORNING), self.site.data() as make:
            town = the(Place, code=TOWN)
            mira = make.mobilizer(
                town.region, sign_in_name=MOBILIZER, full_name="Mira K.", language="sq"
            )
            promise = make.promise(
                title,
                language="sq",
                titles={"sq": title},
                topic=make.topic(TOPIC),
                places=[town],
                level=Level.LOCAL,
            )
            make.assignment(mira, promise=promise, mentor=the(User, sign_in_name=MENTOR))


def the(model: type[Row], **like: str) -> Row:
    """The one record that is like this."""
    return db.session.scalars(db.select(model).filter_by(**like)).one()
