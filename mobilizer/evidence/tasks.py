"""What the worker does for evidence: it lets go of files that never came whole."""

from mobilizer.core import clock
from mobilizer.evidence.actions.uploads import sweep
from mobilizer.jobs.actions import enqueue
from mobilizer.jobs.rules import Handler, Leased

SWEEP = "evidence.sweep"


def sweep_day(_: Leased) -> None:
    """Let go of the pieces of files that lie unfinished for too long."""
    sweep()


def begin_day() -> None:
    """Write down the round of this day, if nobody has."""
    enqueue(SWEEP, f"{SWEEP}:{clock.now().date().isoformat()}", {})


HANDLERS: dict[str, Handler] = {SWEEP: sweep_day}
DAILY = (begin_day,)
