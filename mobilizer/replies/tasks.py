"""The jobs of replies: what is held back is published when its day has come."""

from mobilizer.core import clock
from mobilizer.jobs.actions import enqueue
from mobilizer.jobs.rules import Handler, Leased
from mobilizer.replies.actions import forget_addresses, publish_due, try_again
from mobilizer.replies.rules import PUBLISH, SWEEP


def publish(leased: Leased) -> None:
    """Publish one held finding; nothing if it is not its time, or it has fallen away."""
    publish_due(leased.payload["held"])


def sweep(_: Leased) -> None:
    """Forget the addresses of letters that can no longer be sent."""
    forget_addresses()


def begin_day() -> None:
    """Write down what links and held findings need once a day."""
    try_again()
    enqueue(SWEEP, f"{SWEEP}:{clock.now().date().isoformat()}", {})


HANDLERS: dict[str, Handler] = {PUBLISH: publish, SWEEP: sweep}
DAILY = (begin_day,)
