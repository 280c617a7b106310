"""The jobs of public requests: what is forgotten daily. Letters are the business of reminders."""

from mobilizer.accounts.actions import throttle
from mobilizer.core import clock
from mobilizer.jobs.actions import enqueue
from mobilizer.jobs.rules import Handler, Leased
from mobilizer.requests.actions import erase_old, forget_addresses, forget_orphans
from mobilizer.requests.rules import SWEEP


def sweep(leased: Leased) -> None:
    """Erase what was closed long ago; the rest in a job of its own, where it is much."""
    throttle.sweep()
    forget_addresses()
    forget_orphans()
    if erased := erase_old():
        enqueue(SWEEP, f"{leased.key}:{erased}", {})


def begin_day() -> None:
    """Write down the round of the day."""
    enqueue(SWEEP, f"{SWEEP}:{clock.now().date().isoformat()}", {})


HANDLERS: dict[str, Handler] = {SWEEP: sweep}
DAILY = (begin_day,)
