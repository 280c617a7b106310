"""The desk's lists: each at 1, 10 and 100 times the reports that wait, on both databases.

As with the pages, every figure is a ratio: to a bare route, and to the least data. The least of
some tries is taken, in time of the processor: what somebody else does on the machine only ever
adds to it.
"""

from flask import Flask

from bench.clocks import processor
from bench.timing import bare, timed
from bench.waiting import ground, wait
from config import database
from mobilizer.core.policy import public
from mobilizer.core.sessions import COOKIE
from mobilizer.factory import create_app
from tests.support.databases import STORES, migrate

#: Reports that wait, in all regions together.
SIZES = (1_000, 10_000, 100_000)
#: What is asked for: its name in the table, by whom, and where.
PAGES = {
    "queue, a mentor's": ("mentor", "/desk/review/"),
    "queue, the coordinator's": ("coordinator", "/desk/review/"),
    "queue, of one kind": ("coordinator", "/desk/review/?kind=not_found_out"),
    "queue, of one month": ("coordinator", "/desk/review/?month=2022-05"),
    "queue, its last pages": ("mentor", "/desk/review/?page=10"),
    "same as last month": ("mentor", "/desk/review/same"),
    "one report": ("mentor", "{report}"),
}


def main(most: int | None = None) -> None:
    """Measure and print."""
    sizes = [size for size in SIZES if most is None or size <= most]
    for kind, store in STORES.items():
        app = create_app(**database(store().url), TESTING=True, TRUSTED_HOSTS=None)
        app.add_url_rule("/bare", view_func=public(bare))
        migrate(app)
        print(f"\n{kind}: times a bare route; in brackets times the least data")
        print(f"{'reports that wait':42}" + "".join(f"{size:>20,}" for size in sizes))
        with app.app_context():
            ground()
        _measure(app, sizes)


def _measure(app: Flask, sizes: list[int]) -> None:
    columns: list[dict[str, float]] = []
    for size in sizes:
        with app.app_context():
            wait(size)
        columns.append(_costs(app))
    for name in PAGES:
        cells = (f"{cost[name]:9.1f} ({cost[name] / columns[0][name]:4.1f} ×)" for cost in columns)
        print(f"{name:42}" + "".join(f"{cell:>20}" for cell in cells))


def _costs(app: Flask) -> dict[str, float]:
    client, clock = app.test_client(), processor(app)
    least = timed(lambda: client.get("/bare"), min, clock)
    client.set_cookie(COOKIE, "mentor")
    report = client.get("/desk/review/").text.partition('data-turn="next" href="')[2]
    costs = {}
    for name, (who, address) in PAGES.items():
        client.set_cookie(COOKIE, who)
        asked = address.format(report=report.partition('"')[0])

        def ask(asked: str = asked) -> None:
            assert client.get(asked).status_code == 200, asked

        costs[name] = timed(ask, min, clock) / least
    return costs
