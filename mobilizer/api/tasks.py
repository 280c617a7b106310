"""What the worker does for open data: makes the packages anew when something was published."""

from mobilizer.api.actions import keep_made, made, stale
from mobilizer.core import clock
from mobilizer.core.database import db
from mobilizer.jobs.actions import enqueue
from mobilizer.jobs.rules import Handler, Leased
from mobilizer.opendata.rules.keeping import gathered

PACK = "api.pack"


def pack(leased: Leased) -> None:
    """Make the package of a cycle and keep it. While it is made no transaction is open."""
    db.session.rollback()
    code = leased.payload["cycle"]
    if code not in stale():
        return
    with made(code) as one:
        if one is not None:
            keep_made(one)


def look() -> None:
    """Write down which packages are to be made: the first at once, those of before together.

    All that is published within the same minute is packed once, at its end.
    """
    now = clock.now()
    for code, is_first in stale().items():
        when = "first" if is_first else "next"
        key = f"{PACK}:{code}:{when}:{gathered(now).isoformat()}"
        if _written_down.get(code) != key:
            due_at = now if is_first else gathered(now)
            enqueue(PACK, key, {"cycle": code}, due_at=due_at)
            _written_down[code] = key


#: What this process wrote down last for each cycle: it looks every other second.
_written_down: dict[str, str] = {}

HANDLERS: dict[str, Handler] = {PACK: pack}
DAILY = ()
OFTEN = (look,)
