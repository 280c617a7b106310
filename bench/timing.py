"""How long something takes, and the least a route can do.

Absolute times on shared machines mean nothing: figures are ratios, such as to a bare route of the
same application in the same run.
"""

from collections.abc import Callable
from statistics import median
from time import perf_counter

#: How often each thing is tried.
TIMES = 15


def bare() -> str:
    """The least a route can do."""
    return "bare"


def timed(
    call: Callable[[], object],
    of: Callable[[list[float]], float] = median,
    clock: Callable[[], float] = perf_counter,
) -> float:
    """How long a call takes, in seconds: the median of some tries, or the least of them."""
    call()
    taken = []
    for _ in range(TIMES):
        began = clock()
        call()
        taken.append(clock() - began)
    return of(taken)
