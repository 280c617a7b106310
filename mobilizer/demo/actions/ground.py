"""Who and what there is before the first month: places, parties, the cycle, the people."""

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from hashlib import sha256
from zoneinfo import ZoneInfo

from mobilizer.accounts.actions import postings
from mobilizer.accounts.actions.creation import create
from mobilizer.accounts.actions.own import describe
from mobilizer.accounts.models import User
from mobilizer.accounts.rules import Role
from mobilizer.accounts.rules.postings import Place as Post
from mobilizer.audit.actions import record
from mobilizer.core import clock, seed
from mobilizer.core.database import db
from mobilizer.cycles import actions as cycles
from mobilizer.cycles.models import Cycle, Topic
from mobilizer.cycles.rules import FIRST_CYCLE_QUOTAS, Level
from mobilizer.demo.rules.courses import MONTHS
from mobilizer.demo.rules.story import TOPICS, Character, PartyTold, Story
from mobilizer.demo.rules.timetable import CLOSES, DUE, OPENS, months_of
from mobilizer.elections import actions as elections
from mobilizer.elections.models import Party, PartyMember
from mobilizer.elections.rules import PartyKind
from mobilizer.places import actions as places
from mobilizer.places.models import Place
from mobilizer.places.rules import COUNTRIES

CODE, COUNTRY, ZONE = "demo", "MK", "Europe/Skopje"
NAMES = {
    "en": "Demonstration cycle",
    "sq": "Cikli i demonstrimit",
    "mk": "Демонстративен циклус",
    "sr": "Demonstracioni ciklus",
}
#: How long before the first month it is set up.
AHEAD = timedelta(days=45)


@dataclass
class Stage:
    """All that the story is played with."""

    story: Story
    cycle: Cycle
    months: tuple[date, ...]
    today: date
    places: dict[str, Place]
    topics: dict[str, Topic]
    parties: dict[str, Party]
    people: dict[Character, User] = field(default_factory=dict)

    def coordinator(self) -> User:
        """Who assigns and publishes."""
        return self.people[self.story.of(Role.COORDINATOR)[0]]

    def mentor(self, region: str) -> User:
        """The mentor of a region."""
        return next(self.people[one] for one in self.story.of(Role.MENTOR) if one.region == region)

    def mobilizers(self, region: str) -> list[User]:
        """The mobilizers of a region."""
        return [self.people[one] for one in self.story.of(Role.MOBILIZER) if one.region == region]


def moment(day: date, minutes: int = 0) -> datetime:
    """A moment of a working day, so many minutes after nine."""
    return datetime.combine(day, time(9), ZoneInfo(ZONE)) + timedelta(minutes=minutes)


def set_up(story: Story, password_hash: str, today: date) -> Stage:
    """Load the places and make parties, cycle and people."""
    months = months_of(today)
    with clock.at(moment(months[0] - AHEAD)):
        for country in COUNTRIES:
            places.load(country)
            elections.load(country)
        cycle = _cycle(months)
        stage = Stage(
            story,
            cycle,
            months,
            today,
            places={one.code: one for one in db.session.scalars(db.select(Place))},
            topics={topic.code: topic for topic in _topics(cycle)},
            parties=_parties(story.parties),
        )
        for one in story.people:
            stage.people[one] = _person(one, stage, password_hash)
    return stage


def settings_of(months: tuple[date, ...], *, reply_days: int = 0) -> cycles.Settings:
    """What is settled about the cycle; so many days to reply before publication."""
    return cycles.Settings(
        names=NAMES,
        level=Level.LOCAL,
        first_month=months[0],
        last_month=months[MONTHS - 1],
        opens_day=OPENS,
        due_day=DUE,
        closes_day=CLOSES,
        time_zone=ZONE,
        quotas=FIRST_CYCLE_QUOTAS,
        reply_days=reply_days,
        is_public=True,
        is_current=True,
    )


def _cycle(months: tuple[date, ...]) -> Cycle:
    seed_ = sha256(CODE.encode()).hexdigest()  # Told again, the same are drawn.
    return cycles.make(CODE, COUNTRY, settings_of(months), by=None, invented_seed=seed_)


def _topics(cycle: Cycle) -> list[Topic]:
    ready = {row["code"]: row for row in cycles.ready_topics()}
    return [cycles.add_topic(cycle, seed.names(ready[code]), by=None, code=code) for code in TOPICS]


def _parties(told: tuple[PartyTold, ...]) -> dict[str, Party]:
    made = {}
    for one in told:
        made[one.key] = party = Party(
            code=one.code,
            country=COUNTRY,
            kind=PartyKind(one.kind),
            names=dict(one.names),
            invented=True,
        )
        db.session.add(party)
        record(None, "party.invent", party, vouches=party, code=one.code)
    db.session.flush()
    for one in told:
        for member in one.members:
            of = {"coalition_id": made[one.key].id, "member_id": made[member].id}
            db.session.add(PartyMember(**of))
    return made


def _person(one: Character, stage: Stage, password_hash: str) -> User:
    user = create(one.sign_in_name, password_hash, language=one.language, alias=one.alias)
    region = stage.places[one.region].id if one.region else None
    cycle = None if one.role is Role.ADMINISTRATOR else stage.cycle.id
    postings.keep(user, one.role, Post(cycle, region), by=None)
    if one.has_page:
        _want_page(user)
    return user


def _want_page(user: User) -> None:
    describe(
        user,
        language=user.language,
        alias=user.alias,
        full_name="",
        is_named_in_public=False,
        has_public_page=True,
        by=user,
    )
