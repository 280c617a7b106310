"""Once a day the sets that are kept of common words are brought up to what is common by now."""

from mobilizer.core import clock
from mobilizer.core.database import db
from mobilizer.indexing.actions import keep_sets
from mobilizer.jobs.actions import enqueue
from mobilizer.jobs.rules import Handler, Leased

SETS = "indexing.sets"


def keep(_: Leased) -> None:
    """Keep the sets, one transaction each. Begun twice it goes on where it was."""
    for _done in keep_sets():
        db.session.commit()


def begin_day() -> None:
    """Write the day's job down."""
    enqueue(SETS, f"{SETS}:{clock.now().date().isoformat()}", {})


HANDLERS: dict[str, Handler] = {SETS: keep}
DAILY = (begin_day,)
