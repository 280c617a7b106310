"""What the worker does for evidence: opens files that have come, lets go of those that never do."""

from mobilizer.core import clock
from mobilizer.core.database import db
from mobilizer.core.errors import NotVisible
from mobilizer.evidence.actions import examine, settle, sweep, unopened
from mobilizer.evidence.rules.uploads import OPENING
from mobilizer.jobs.actions import enqueue
from mobilizer.jobs.rules import Handler, Leased

SWEEP = "evidence.sweep"


def open_file(leased: Leased) -> None:
    """Open a file that nobody has opened yet. Nobody waits for it: no transaction is open."""
    whole = unopened(leased.payload["upload"])
    db.session.rollback()
    if whole is None:
        return
    examined = examine(whole)
    try:
        settle(examined)
    except NotVisible:
        return  # It was taken back meanwhile.


def sweep_day(_: Leased) -> None:
    """Let go of the pieces of files that lie unfinished for too long."""
    sweep()


def begin_day() -> None:
    """Write down the round of this day, if nobody has."""
    enqueue(SWEEP, f"{SWEEP}:{clock.now().date().isoformat()}", {})


HANDLERS: dict[str, Handler] = {OPENING: open_file, SWEEP: sweep_day}
DAILY = (begin_day,)
