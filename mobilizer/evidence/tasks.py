"""What the worker does for evidence: opens files that have come, lets go of those that never do."""

from mobilizer.core import clock
from mobilizer.core.database import db
from mobilizer.core.errors import NotVisible
from mobilizer.evidence.actions import examine, let_go, settle, sweep, unopened
from mobilizer.evidence.rules.uploads import LETTING_GO, OPENING
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


def let_files_go(leased: Leased) -> None:
    """Let go of the files of what was taken back."""
    let_go(**leased.payload)


def sweep_day(_: Leased) -> None:
    """Let go of the pieces of files that lie unfinished for too long."""
    sweep()


def begin_day() -> None:
    """Write down the round of this day, if nobody has."""
    enqueue(SWEEP, f"{SWEEP}:{clock.now().date().isoformat()}", {})


HANDLERS: dict[str, Handler] = {OPENING: open_file, LETTING_GO: let_files_go, SWEEP: sweep_day}
DAILY = (begin_day,)
