"""Counting tries at a door, so that passwords are not guessed.

Counted in transactions of their own, so that a failed try counts though its request fails; and in
the database, so that all processes count together and a restart forgets nothing. A try is counted
before it is looked at: many at once get no further than one after another.
"""

import hashlib
import hmac

from flask import current_app
from sqlalchemy import and_, delete, or_, select, tuple_
from sqlalchemy.orm import Session

from mobilizer.accounts.models import Throttle
from mobilizer.accounts.rules.throttle import LIMITS, Door
from mobilizer.core import clock
from mobilizer.core.database import db, inserting, locked, reading, writing
from mobilizer.core.errors import TooMany
from mobilizer.core.words import N_

#: A door, and who knocks: an account, an address.
Knock = tuple[Door, str]


def enter(*knocks: Knock) -> None:
    """Count one try at each of these doors.

    Ends the transaction it is called in, which would wait for its own: so it comes first.

    Raises:
        TooMany: one of them is shut.
    """
    db.session.rollback()
    now = clock.now()
    with writing() as session:
        rows = [(LIMITS[door], _row(session, door, who)) for door, who in knocks]
        waits = [limit.wait(row.tries, row.window_began_at, now) for limit, row in rows]
        shut = [wait for wait in waits if wait is not None]
        if shut:
            raise TooMany(N_("Too many tries. Try again at %(time)s."), max(shut))
        for limit, row in rows:
            if limit.is_over(row.window_began_at, now):
                row.tries, row.window_began_at = 0, now
            row.tries += 1


def look(*knocks: Knock) -> None:
    """See whether these doors are open, and count nothing: whoever floods is refused unwritten.

    Raises:
        TooMany: one of them is shut.
    """
    now = clock.now()
    with reading(), Session(db.engine) as session:
        keys = [(door, _hashed(door, who)) for door, who in knocks]
        there = select(Throttle).where(tuple_(Throttle.door, Throttle.key_hash).in_(keys))
        rows = session.scalars(there).all()
        waits = [LIMITS[Door(row.door)].wait(row.tries, row.window_began_at, now) for row in rows]
    if shut := [wait for wait in waits if wait is not None]:
        raise TooMany(N_("Too many tries. Try again at %(time)s."), max(shut))


def sweep() -> None:
    """Delete what no longer counts, though nobody passed a door for long."""
    _sweep(db.session())


def passed(own: Knock, *shared: Knock) -> None:
    """A try went well: forget those at one's own door, take this one back at the shared ones."""
    db.session.rollback()
    with writing() as session:
        _row(session, *own).tries = 0
        for knock in shared:
            row = _row(session, *knock)
            row.tries = max(row.tries - 1, 0)
        _sweep(session)


def _row(session: Session, door: Door, who: str) -> Throttle:
    key_hash = _hashed(door, who)
    new = {"door": door, "key_hash": key_hash, "tries": 0, "window_began_at": clock.now()}
    session.execute(inserting(Throttle).values(**new).on_conflict_do_nothing())
    return session.scalars(
        locked(select(Throttle).where(Throttle.door == door, Throttle.key_hash == key_hash))
    ).one()


def _hashed(door: Door, who: str) -> str:
    """What is stored of an account's name or an address: neither can be read from it."""
    key = str(current_app.config["SECRET_KEY"]).encode()
    return hmac.new(key, f"{door}:{who}".encode(), hashlib.sha256).hexdigest()


def _sweep(session: Session) -> None:
    """Delete what no longer counts, and what somebody else holds another time."""
    now = clock.now()
    over = select(Throttle.id).where(
        or_(
            *(
                and_(Throttle.door == door, Throttle.window_began_at <= now - limit.window)
                for door, limit in LIMITS.items()
            )
        )
    )
    session.execute(delete(Throttle).where(Throttle.id.in_(over.with_for_update(skip_locked=True))))
