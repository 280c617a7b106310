"""What the worker does for open data: it makes the packages.

That of each cycle is made anew when something was published; that of each month once, after it.
"""

from datetime import date

from mobilizer.api.actions import (
    Month,
    keep_made,
    keep_made_of,
    made,
    made_of,
    stale,
    unkept_months,
)
from mobilizer.core import clock
from mobilizer.core.database import db
from mobilizer.jobs.actions import enqueue
from mobilizer.jobs.rules import Handler, Leased
from mobilizer.opendata.rules.keeping import gathered

PACK, PACK_MONTH = "api.pack", "api.pack_month"


def pack(leased: Leased) -> None:
    """Make the package of a cycle and keep it. While it is made no transaction is open."""
    db.session.rollback()
    code = leased.payload["cycle"]
    if code not in stale():
        return
    with made(code) as one:
        if one is not None:
            keep_made(one)


def pack_month(leased: Leased) -> None:
    """Make the package of a month that is over and keep it for good."""
    db.session.rollback()
    one = Month(leased.payload["cycle"], date.fromisoformat(leased.payload["month"]))
    if one not in unkept_months():
        return
    with made_of(one) as package:
        if package is not None:
            keep_made_of(one.month, package)


def look_for_months() -> None:
    """Write down of which months the package is to be made: also those that were over long ago.

    What came to nothing on one day is tried again on the next.
    """
    today = clock.now().date()
    for one in unkept_months():
        payload = {"cycle": one.code, "month": one.month.isoformat()}
        enqueue(PACK_MONTH, f"{PACK_MONTH}:{one.code}:{one.month}:{today}", payload)


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

HANDLERS: dict[str, Handler] = {PACK: pack, PACK_MONTH: pack_month}
DAILY = (look_for_months,)
OFTEN = (look,)
