"""Who follows what, what is new for her, and what her secrets lead to."""

import hmac
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import Any

from flask import current_app
from sqlalchemy import ColumnElement, Select, and_, distinct, false, func, or_, select

from mobilizer.core import clock
from mobilizer.core.database import db
from mobilizer.core.sessions import hashed
from mobilizer.cycles.models import Cycle, Topic
from mobilizer.elections.models import Party
from mobilizer.findings.models import Finding
from mobilizer.follow.models import Followed, Follower, FollowWish
from mobilizer.follow.rules import FOLLOWERS
from mobilizer.places.models import Place
from mobilizer.places.queries import inside
from mobilizer.promises.models import Promise
from mobilizer.scorecards.queries.news import titles_of
from mobilizer.scorecards.rules import About

# --- secrets


def secret_of(one: Follower | FollowWish) -> str:
    """The secret of somebody's links: nobody can make it from our database alone."""
    key = str(current_app.config["SECRET_KEY"]).encode()
    return hmac.new(key, f"follow:{one.salt}".encode(), sha256).hexdigest()


def by_secret(secret: str) -> Select[Follower]:
    """The follower whose links hold this secret."""
    return select(Follower).where(Follower.token_hash == hashed(secret))


def wish_by_secret(secret: str) -> Select[FollowWish]:
    """The wish that this secret confirms, as long as it can be."""
    return select(FollowWish).where(
        FollowWish.token_hash == hashed(secret), FollowWish.expires_at > clock.now()
    )


# --- who is told


def today() -> date:
    """The day where the site is."""
    return clock.today(current_app.config["TIME_ZONE"])


def reached(reach: str) -> Select[Follower]:
    """The follower at an e-mail address, or in a browser."""
    return select(Follower).where(Follower.reach == reach)


def how_many_follow(cycle_id: int) -> int:
    """How many addresses and browsers follow anything in a cycle: a number, and of nobody."""
    many = select(func.count(distinct(Followed.follower_uid)))
    return db.session.scalar(many.where(Followed.cycle_id == cycle_id)) or 0


def due(today: date, after: str) -> Select[Follower]:
    """Some of those whose day has come, in the order of their names."""
    mine = select(Follower).where(Follower.next_on <= today, Follower.uid > after)
    return mine.order_by(Follower.uid).limit(FOLLOWERS)


def newest_before(day: date) -> int:
    """The newest finding that was published before a day; 0 for none."""
    # By the index of numbers, from the end: there are few of one day.
    found = select(Finding.number).where(Finding.published_on < day)
    return db.session.scalar(found.order_by(Finding.number.desc()).limit(1)) or 0


# --- what is new for somebody


def news_for(followed: Iterable[Followed], after: int, upto: int) -> ColumnElement[bool]:
    """Which findings are new for somebody: of what she follows, in cycles that are public."""
    codes = defaultdict(set)
    for one in followed:
        codes[one.cycle_id, one.about].add(one.code)
    wanted = [
        and_(Finding.cycle_id == cycle, _ABOUT[about](cycle, named))
        for (cycle, about), named in codes.items()
    ]
    is_public = Finding.cycle_id.in_(select(Cycle.id).where(Cycle.is_public))
    return and_(Finding.number > after, Finding.number <= upto, is_public, or_(false(), *wanted))


def how_many(wanted: ColumnElement[bool]) -> int:
    """How many findings these are."""
    return db.session.scalar(select(func.count()).select_from(Finding).where(wanted)) or 0


def _everything(cycle: int, _: set[str]) -> ColumnElement[bool]:
    return Finding.cycle_id == cycle


def _of_topics(cycle: int, codes: set[str]) -> ColumnElement[bool]:
    topics = select(Topic.id).where(Topic.cycle_id == cycle, Topic.code.in_(codes))
    return Finding.promise_id.in_(select(Promise.id).where(Promise.topic_id.in_(topics)))


def _of_parties(_: int, codes: set[str]) -> ColumnElement[bool]:
    parties = select(Party.id).where(Party.code.in_(codes))
    return Finding.promise_id.in_(select(Promise.id).where(Promise.party_id.in_(parties)))


def _in_places(_: int, codes: set[str]) -> ColumnElement[bool]:
    return Finding.place_id.in_(inside_of(codes))


def _of_promises(_: int, codes: set[str]) -> ColumnElement[bool]:
    numbers = [int(code) for code in codes]
    return Finding.promise_id.in_(select(Promise.id).where(Promise.number.in_(numbers)))


_ABOUT = {
    About.ALL: _everything,
    About.TOPIC: _of_topics,
    About.PARTY: _of_parties,
    About.REGION: _in_places,
    About.MUNICIPALITY: _in_places,
    About.PROMISE: _of_promises,
}


def inside_of(codes: set[str]) -> Select[int]:
    """The ids of the places with these codes and of all that lie in them."""
    return inside(*db.session.scalars(select(Place).where(Place.code.in_(codes))))


# --- what it is called


def names_of(followed: Iterable[Followed]) -> dict[int, Mapping[str, str]]:
    """What is called what, by the key of its row; one look for each kind. What is gone is not."""
    rows = defaultdict(list)
    for one in followed:
        rows[one.about].append(one)
    found: dict[int, Mapping[str, str]] = {}
    for about, some in rows.items():
        names = _NAMES[about](some)
        keys = {one.id: (one.cycle_id, one.code) for one in some}
        found |= {row: names[key] for row, key in keys.items() if key in names}
    return found


@dataclass(frozen=True)
class Thing:
    """What is followed, as pages and letters tell it."""

    about: About
    cycle: Cycle
    code: str
    names: Mapping[str, str]
    #: Whether it has a public page.
    is_there: bool


def things_of(followed: Iterable[Followed]) -> dict[int, Thing]:
    """Each followed thing, by the key of its row, in the order in which it was followed."""
    rows = list(followed)
    wanted = select(Cycle).where(Cycle.id.in_({one.cycle_id for one in rows}))
    cycles = {cycle.id: cycle for cycle in db.session.scalars(wanted)}
    names = names_of(rows)
    return {one.id: _thing(one, cycles[one.cycle_id], names.get(one.id)) for one in rows}


def _thing(one: Followed, cycle: Cycle, names: Mapping[str, str] | None) -> Thing:
    is_there = cycle.is_public and names is not None
    return Thing(one.about, cycle, one.code, names or {"en": one.code}, is_there)


def wished(wish: FollowWish) -> Thing:
    """What somebody wishes to follow."""
    row = Followed(id=0, cycle_id=wish.cycle_id, about=wish.about, code=wish.code)
    return things_of([row])[0]


def things_behind(secret: str) -> list[Thing]:
    """What is followed, or wished to be, by whoever holds a secret; nothing for nobody's."""
    follower = db.session.scalars(by_secret(secret)).one_or_none()
    wish = db.session.scalars(wish_by_secret(secret)).one_or_none()
    hers = [*things_of(follower.followed).values()] if follower else []
    return [*hers, wished(wish)] if wish else hers


def does_follow(wish: FollowWish) -> Select[Follower]:
    """Whoever follows at a wish's address what is wished, already."""
    same = (Followed.cycle_id == wish.cycle_id, Followed.about == wish.about)
    return (
        reached(wish.address)
        .join(Followed, Followed.follower_uid == Follower.uid)
        .where(*same, Followed.code == wish.code)
    )


def _cycles(some: list[Followed]) -> dict[Any, Mapping[str, str]]:
    cycles = select(Cycle).where(Cycle.id.in_([one.cycle_id for one in some]))
    return {(cycle.id, ""): cycle.names for cycle in db.session.scalars(cycles)}


def _topics(some: list[Followed]) -> dict[Any, Mapping[str, str]]:
    topics = select(Topic).where(Topic.code.in_([one.code for one in some]))
    return {(topic.cycle_id, topic.code): topic.names for topic in db.session.scalars(topics)}


def _parties(some: list[Followed]) -> dict[Any, Mapping[str, str]]:
    parties = select(Party).where(Party.code.in_([one.code for one in some]))
    return _anywhere(some, {party.code: party.names for party in db.session.scalars(parties)})


def _places(some: list[Followed]) -> dict[Any, Mapping[str, str]]:
    places = select(Place).where(Place.code.in_([one.code for one in some]))
    return _anywhere(some, {place.code: place.names for place in db.session.scalars(places)})


def _promises(some: list[Followed]) -> dict[Any, Mapping[str, str]]:
    promises = select(Promise).where(Promise.number.in_([int(one.code) for one in some]))
    found = {str(one.number): titles_of(one) for one in db.session.scalars(promises)}
    return _anywhere(some, found)


def _anywhere(
    some: list[Followed], names: Mapping[str, Mapping[str, str]]
) -> dict[Any, Mapping[str, str]]:
    return {(one.cycle_id, one.code): names[one.code] for one in some if one.code in names}


_NAMES = {
    About.ALL: _cycles,
    About.TOPIC: _topics,
    About.PARTY: _parties,
    About.REGION: _places,
    About.MUNICIPALITY: _places,
    About.PROMISE: _promises,
}
