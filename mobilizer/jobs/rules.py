"""What a job is, and when it is tried again."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from mobilizer.core.words import N_, Word

#: So often a job is begun; then it is given up.
MOST_TRIES = 10
FIRST_WAIT = timedelta(seconds=30)
LONGEST_WAIT = timedelta(hours=1)
#: By how much chance may lengthen a wait, so that what failed together does not return together.
STRETCH = 0.25
#: How long a job is its worker's alone. The longest, opening a clip, is ended after two minutes.
LEASE = timedelta(minutes=5)
#: How long what is over is kept: as long as its cause may be told once more.
KEPT = timedelta(days=90)


class JobState(Word):
    """How far a job has come."""

    WAITING = "waiting", N_("Waiting")
    DONE = "done", N_("Done")
    GIVEN_UP = "given_up", N_("Given up")


class Hopeless(Exception):
    """Trying again would change nothing: the job is given up at once."""


class LeaseLost(Exception):
    """The job is another worker's by now: what this one did to the database is undone."""


class UnknownKind(Exception):
    """This worker has no handler for the job: a newer one may."""


@dataclass(frozen=True)
class Leased:
    """A job in the hands of one worker, told by plain values: no transaction is open for it."""

    id: int
    kind: str
    key: str
    payload: Mapping[str, Any]
    #: How often it was begun, this time included.
    tries: int
    #: Names this lease: whoever comes with another one is too late.
    lease: str


#: Does a job. It may run twice, and must then do no more than once. What it writes is committed
#: together with the job's end; whoever speaks to another machine holds no transaction meanwhile.
Handler = Callable[[Leased], None]


def wait_after(tries: int, chance: float) -> timedelta | None:
    """How long a job rests after a try that failed; None when it is given up.

    Args:
        tries: how often it was begun, from 1.
        chance: from 0 to 1; stretches the wait by up to a quarter.
    """
    if tries >= MOST_TRIES:
        return None
    return min(FIRST_WAIT * 2 ** (tries - 1), LONGEST_WAIT) * (1 + STRETCH * chance)
