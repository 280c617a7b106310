"""Jobs that only write down other jobs: who is told this morning, some at a time."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from flask import current_app
from sqlalchemy import select

from mobilizer.core.database import db, locked
from mobilizer.follow import queries
from mobilizer.follow.actions import forget_wishes, keep_secret_fresh, told
from mobilizer.follow.models import Follower
from mobilizer.follow.rules import DAY, FOLLOWERS, HOUR, ROUND, SWEEP, TELL
from mobilizer.jobs.actions import enqueue
from mobilizer.jobs.rules import Leased


def begin_day() -> None:
    """Write down today's round for a decent hour, and that what nobody confirmed is forgotten."""
    day = queries.today()
    at = datetime.combine(day, HOUR, ZoneInfo(current_app.config["TIME_ZONE"]))
    enqueue(DAY, f"{DAY}:{day.isoformat()}", {"day": day.isoformat()}, due_at=at)
    _enqueue_sweep(day.isoformat(), 0)


def plan_day(leased: Leased) -> None:
    """Settle up to which finding this morning tells: all that was published before today."""
    day = leased.payload["day"]
    upto = queries.newest_before(date.fromisoformat(day))
    _enqueue_round({"day": day, "upto": upto, "after": ""})


def plan_round(leased: Leased) -> None:
    """Write down a letter or message for some of those whose day has come.

    For whom nothing at all was published, only the next day is noted.
    """
    day, upto = date.fromisoformat(leased.payload["day"]), leased.payload["upto"]
    some = db.session.scalars(locked(queries.due(day, leased.payload["after"]))).all()
    for one in some:
        if one.seen >= upto:
            told(one, upto, day)
            continue
        keep_secret_fresh(one)
        about = {"follower": one.uid, "upto": upto, "day": day.isoformat()}
        # One letter a day to an address, whatever it follows and however often this is planned.
        enqueue(TELL, f"{TELL}:{one.uid}:{day.isoformat()}", about)
    if len(some) == FOLLOWERS:
        _enqueue_round({**leased.payload, "after": some[-1].uid})


def sweep(leased: Leased) -> None:
    """Forget the addresses that nobody confirmed."""
    if forget_wishes():
        _enqueue_sweep(leased.payload["day"], leased.payload["part"] + 1)


def held(uid: str) -> Follower | None:
    """A follower, held until the job ends; None when she left meanwhile."""
    return db.session.scalars(locked(select(Follower).where(Follower.uid == uid))).one_or_none()


def _enqueue_round(payload: dict[str, str | int]) -> None:
    enqueue(ROUND, f"{ROUND}:{payload['day']}:{payload['after']}", payload)


def _enqueue_sweep(day: str, part: int) -> None:
    enqueue(SWEEP, f"{SWEEP}:{day}:{part}", {"day": day, "part": part})
