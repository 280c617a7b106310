"""The pages: each at 1, 10 and 100 times the data, on both databases.

Absolute times on shared machines mean nothing, so every figure is a ratio: to the same page with
the least data, and to a bare route of the same application in the same run.
"""

from collections.abc import Callable
from statistics import median
from time import perf_counter

from flask import Flask

from bench.filling import SIZES, fill
from config import database
from mobilizer.core.policy import public
from mobilizer.factory import create_app
from tests.support.databases import STORES, migrate

#: How often each page is asked for; the median is taken.
TIMES = 15
PAGES = {
    "scorecard": "/en/",
    "topics": "/en/topics/",
    "register of promises": "/en/promises/",
    "register, searched": "/en/promises/?q=school",
    "promise": "/en/promises/1",
    "scores by region (API)": "/api/v1/scores?by=region",
}


def main() -> None:
    """Measure and print."""
    for kind, store in STORES.items():
        app = create_app(**database(store().url), TESTING=True, TRUSTED_HOSTS=None)
        app.add_url_rule("/bare", view_func=public(bare))
        migrate(app)
        print(f"\n{kind}: times a bare route; in brackets times the least data")
        print(f"{'findings':42}" + "".join(f"{size:>20,}" for size in SIZES))
        _measure(app)


def bare() -> str:
    """The least a route can do."""
    return "bare"


def _measure(app: Flask) -> None:
    columns: list[dict[str, float]] = []
    for size in SIZES:
        with app.app_context():
            fill(size)
        columns.append(_costs(app))
    for name in PAGES:
        least = columns[0][name]
        cells = (f"{cost[name]:9.1f} ({cost[name] / least:4.1f} ×)" for cost in columns)
        print(f"{name:42}" + "".join(f"{cell:>20}" for cell in cells))


def _costs(app: Flask) -> dict[str, float]:
    client = app.test_client()
    least = timed(lambda: client.get("/bare"))
    costs = {}
    for name, address in PAGES.items():

        def ask(address: str = address) -> None:
            assert client.get(address).status_code == 200

        costs[name] = timed(ask) / least
    return costs


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
