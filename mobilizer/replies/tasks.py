"""The jobs of replies: what is held back is published when its day has come."""

from collections.abc import Callable

from mobilizer.jobs.rules import Handler, Leased
from mobilizer.replies.actions import publish_due
from mobilizer.replies.rules import PUBLISH


def publish(leased: Leased) -> None:
    """Publish one held finding; nothing if it is not its time, or it has fallen away."""
    publish_due(leased.payload["held"])


HANDLERS: dict[str, Handler] = {PUBLISH: publish}
DAILY: tuple[Callable[[], None], ...] = ()
