"""No page works through what was published: ten times the data is hardly more work.

Work is what SQLite counts, its steps, and not time: the same on every machine.
"""

from collections.abc import Iterator

import pytest
from flask import Flask
from sqlalchemy import event, select

from bench.months import ENDED, fill
from mobilizer.core import clock
from mobilizer.core.database import db
from mobilizer.promises.models import Promise
from tests.support.page import apart

#: Promises, each with ten findings, one a month.
FEW, MANY = 300, 3_000
#: So much more work may ten times the data be: sets are longer, indexes deeper, months busier.
MORE = 1.5
#: A page that takes fewer steps than this may take twice as many.
LITTLE = 500
#: SQLite calls us each time so many steps are done.
STEPS = 50

PAST = "as_of=2026-08-01"
#: What the first promise is of.
ONES = {"topics": "t0", "parties": "{party}", "regions": "{region}", "municipalities": "{town}"}
PAGES = (
    "/en/",
    f"/en/?{PAST}",
    *(f"/en/{things}/{code}" for things, code in ONES.items()),
    *(f"/en/{things}/{code}?{PAST}" for things, code in ONES.items()),
    *(f"/en/{things}/{code}/feed.atom" for things, code in ONES.items()),
    *(f"/en/{things}/?{PAST}" for things in ONES),
    "/en/promises/",
    f"/en/promises/?{PAST}&topic=t0",
    "/en/promises/7",
    "/en/findings?topic=t0&party={party}&region={region}",
    f"/en/findings?{PAST}",
    "/en/corrections",
    "/en/releases/",
    "/en/releases/bench/2026-08",
    "/en/feed.atom",
    "/sitemaps/bench.xml",
    "/api/v1/parties",
    "/api/v1/findings?page=5",
    f"/api/v1/findings?{PAST}&page=3",
    f"/api/v1/promises?{PAST}",
    "/api/v1/releases",
)


@pytest.fixture(autouse=True)
def ended() -> Iterator[None]:
    with clock.at(ENDED):
        yield


class Steps:
    """How many steps SQLite takes."""

    def __init__(self) -> None:
        self.taken = 0
        event.listen(db.engine, "checkout", lambda connection, *_: self._count(connection))

    def _count(self, connection: object) -> None:
        connection.set_progress_handler(self._note, STEPS)

    def _note(self) -> int:
        self.taken += STEPS
        return 0


def addresses() -> list[str]:
    """The pages, of what many promises are of."""
    promise = db.session.scalars(select(Promise).where(Promise.number == 1)).one()
    town = promise.places[0]
    assert town.region is not None
    codes = {"party": promise.party.code, "region": town.region.code, "town": town.code}
    return [page.format(**codes) for page in PAGES]


def work(app: Flask, steps: Steps, address: str) -> int:
    """What a page takes that is made anew, asked for a second time."""
    client = app.test_client(use_cookies=False)
    for _ in range(2):
        app.extensions["front"].forget()
        steps.taken = 0
        assert apart(lambda: client.get(address)).status_code == 200, address
    return steps.taken


@pytest.mark.parametrize("app", ["sqlite"], indirect=True)
def test_ten_times_the_data_is_hardly_more_work_for_any_page(app: Flask) -> None:
    steps, taken = Steps(), []
    for size in (FEW, MANY):
        fill(size)
        taken.append({address: work(app, steps, address) for address in addresses()})
    few, many = taken
    grown = {address: many[address] / max(few[address], LITTLE) for address in few}
    assert {address: grew for address, grew in grown.items() if grew > MORE} == {}
