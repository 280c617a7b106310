"""Following and leaving. No account, so nobody stands in the log. The caller commits."""

import secrets
from collections.abc import Collection
from datetime import date
from typing import Any

from sqlalchemy import delete, func, select, union

from mobilizer.core import clock
from mobilizer.core.database import db, inserting, locked, new_uid
from mobilizer.core.errors import NotVisible
from mobilizer.core.sessions import hashed
from mobilizer.findings.queries import head
from mobilizer.follow import queries
from mobilizer.follow.models import Followed, Follower, FollowWish
from mobilizer.follow.rules import CONFIRM, SWEPT, WAITING, Pace, check_room, next_day
from mobilizer.jobs.actions import enqueue
from mobilizer.reminders.rules import Browser
from mobilizer.scorecards.queries.news import Subject


def ask(address: str, subject: Subject, language: str, pace: Pace) -> None:
    """Keep a wish, and have its address asked whether it is hers.

    It is the same for an address that follows already: only the letter tells the difference.
    """
    wish = FollowWish(
        uid=new_uid(),
        address=address,
        cycle_id=subject.cycle.id,
        about=subject.about,
        code=subject.code,
        language=language,
        pace=pace,
        salt=secrets.token_hex(16),
        expires_at=clock.now() + WAITING,
    )
    wish.token_hash = hashed(queries.secret_of(wish))
    db.session.add(wish)
    enqueue(CONFIRM, f"{CONFIRM}:{wish.uid}", {"wish": wish.uid})


def confirm(secret: str) -> tuple[Follower, Followed]:
    """Follow what was wished; who does from now on, or did before, and what.

    Whoever is new keeps the secret of her wish: the letter that asked leads out as well.

    Raises:
        NotVisible: it was confirmed already, or nobody did in time.
        RuleBroken: she follows as much as can be followed.
    """
    wish = db.session.scalars(locked(queries.wish_by_secret(secret))).one_or_none()
    if wish is None:
        raise NotVisible
    reached = {"reach": wish.address, "language": wish.language, "pace": wish.pace}
    follower = _follower(reached, wish.salt)
    followed = _add(follower, cycle_id=wish.cycle_id, about=wish.about, code=wish.code)
    db.session.delete(wish)
    db.session.flush()
    return follower, followed


def follow_here(browser: Browser, subject: Subject, language: str, pace: Pace) -> None:
    """Send messages to a browser about something.

    Raises:
        RuleBroken: it follows as much as can be followed.
    """
    reached = {"reach": browser.endpoint, "language": language, "pace": pace}
    keys = {"p256dh": browser.p256dh, "auth": browser.auth}
    follower = _follower({**reached, **keys}, secrets.token_hex(16))
    _add(follower, cycle_id=subject.cycle.id, about=subject.about, code=subject.code)


def _follower(reached: dict[str, Any], salt: str) -> Follower:
    """Whoever is reached there, made when she is new, and held; told by what was published."""
    newest = head()
    new = Follower(**reached, salt=salt)
    values = {
        **reached,
        "uid": new_uid(),
        "salt": salt,
        "token_hash": hashed(queries.secret_of(new)),
        "seen": newest.number if newest else 0,
        "next_on": next_day(reached["pace"], queries.today()),
    }
    row = inserting(Follower).values(p256dh=values.pop("p256dh", ""), auth=values.pop("auth", ""))
    db.session.execute(row.values(**values).on_conflict_do_nothing(index_elements=["reach"]))
    follower = db.session.scalars(locked(queries.reached(reached["reach"]))).one()
    for name, value in reached.items():
        setattr(follower, name, value)
    follower.next_on = min(follower.next_on, values["next_on"])
    return follower


def _add(follower: Follower, **what: Any) -> Followed:
    row = inserting(Followed).values(follower_uid=follower.uid, **what)
    db.session.execute(row.on_conflict_do_nothing())
    mine = select(func.count()).select_from(Followed).where(Followed.follower_uid == follower.uid)
    check_room(db.session.scalar(mine) or 0)
    db.session.expire(follower, ["followed"])
    added = select(Followed).filter_by(follower_uid=follower.uid, **what)
    return db.session.scalars(added).one()


def change(follower: Follower, kept: Collection[int], language: str, pace: Pace) -> bool:
    """Follow less, be told in another language or at another pace; whether anything is left."""
    if pace is not follower.pace:
        follower.next_on = next_day(pace, queries.today())
    follower.language, follower.pace = language, pace
    follower.followed = [one for one in follower.followed if one.id in kept]
    if not follower.followed:
        db.session.delete(follower)
        return False
    return True


def leave(secret: str) -> bool:
    """Forget an address, all that it follows and wished to; whether there was anything."""
    token = hashed(secret)
    followers = select(Follower.reach).where(Follower.token_hash == token)
    wishes = select(FollowWish.address).where(FollowWish.token_hash == token)
    addresses = db.session.scalars(union(followers, wishes)).all()
    db.session.execute(delete(Follower).where(Follower.reach.in_(addresses)))
    db.session.execute(delete(FollowWish).where(FollowWish.address.in_(addresses)))
    return bool(addresses)


def leave_here(endpoint: str, subject: Subject | None) -> None:
    """Send a browser no more messages about something, or about anything."""
    follower = db.session.scalars(locked(queries.reached(endpoint))).one_or_none()
    if follower is None or not follower.is_browser:
        return
    if subject is not None:
        what = (subject.cycle.id, subject.about, subject.code)
        left = [one for one in follower.followed if (one.cycle_id, one.about, one.code) != what]
        follower.followed = left
    if subject is None or not follower.followed:
        db.session.delete(follower)


def forget(uid: str) -> None:
    """Let go of a browser that takes no messages any more, as its push service says."""
    db.session.execute(delete(Follower).where(Follower.uid == uid))


def forget_wishes() -> bool:
    """Forget some of the addresses that nobody confirmed in time; whether there may be more."""
    over = select(FollowWish.uid).where(FollowWish.expires_at <= clock.now()).limit(SWEPT)
    found = db.session.scalars(over).all()
    db.session.execute(delete(FollowWish).where(FollowWish.uid.in_(found)))
    return len(found) == SWEPT


def told(follower: Follower, upto: int, today: date) -> None:
    """She was told of everything up to a finding; the next time is as far off as she wishes."""
    follower.seen = max(follower.seen, upto)
    follower.next_on = next_day(follower.pace, today)


def keep_secret_fresh(follower: Follower) -> None:
    """Let her links work again after the server was given another key."""
    follower.token_hash = hashed(queries.secret_of(follower))
