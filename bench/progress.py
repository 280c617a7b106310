"""The months counted: pages of completeness at 1, 10 and 100 times the entries.

As with the pages, every figure is a ratio: to the same page with the least data, and to a bare
route of the same application in the same run. The least of some tries is taken, in time of the
processor: what somebody else does on the machine only ever adds to it.
"""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

from flask import Flask
from sqlalchemy import func, insert, select, text

from bench.clocks import processor
from bench.timing import bare, timed
from config import database
from mobilizer.accounts.models import User
from mobilizer.assignments.models import Assignment
from mobilizer.core import clock
from mobilizer.core.database import db
from mobilizer.core.policy import public
from mobilizer.cycles.rules import Timeliness, months_between
from mobilizer.factory import create_app
from mobilizer.monitoring.models import Entry
from mobilizer.monitoring.rules.workflow import EntryState
from tests.builders import Builders
from tests.support.databases import STORES, migrate
from tests.support.page import Page

#: Entries in all: a year of reports on as many assignments as it takes.
SIZES = (1_000, 10_000, 100_000)
MONTHS = months_between(date(2025, 12, 1), date(2026, 11, 1))
NOW = datetime(2026, 11, 29, 10, tzinfo=UTC)
REGIONS = ("Vardar", "East", "Southwest", "Southeast", "Pelagonia", "Polog", "Northeast", "Skopje")
STATES = (EntryState.APPROVED, EntryState.APPROVED, EntryState.SUBMITTED, EntryState.RETURNED)
PAGES = {
    "a bare statement over all entries": "/entries",
    "completeness by region": "/desk/progress/?by=region",
    "completeness by mobilizer": "/desk/progress/?by=mobilizer",
    "what is missing, first page": "/desk/progress/behind?what=missing",
}
#: What is made by POST, because the log tells that it was taken out.
FILES = {"completeness as CSV": "/desk/progress/table.csv?by=mobilizer"}


def main() -> None:
    """Measure and print."""
    with clock.at(NOW):
        for kind, store in STORES.items():
            app = create_app(**database(store().url), TESTING=True, TRUSTED_HOSTS=None)
            app.add_url_rule("/bare", view_func=public(bare))
            app.add_url_rule("/entries", view_func=public(_entries))
            migrate(app)
            print(f"\n{kind}: times a bare route; in brackets times the least data")
            print(f"{'entries':42}" + "".join(f"{size:>20,}" for size in SIZES))
            _measure(app)


def _entries() -> str:
    return str(db.session.scalar(select(func.count(Entry.id)).where(Entry.newest > 0)))


def _measure(app: Flask) -> None:
    page, columns = Page(app), []
    with app.app_context():
        ground = _ground()
        page.sign_in(Builders().coordinator())
    for size in SIZES:
        with app.app_context():
            _fill(size, *ground)
        columns.append(_costs(page, processor(app)))
    for name in (*PAGES, *FILES):
        least = columns[0][name]
        cells = (f"{cost[name]:9.1f} ({cost[name] / least:4.1f} ×)" for cost in columns)
        print(f"{name:42}" + "".join(f"{cell:>20}" for cell in cells))


def _costs(page: Page, spent: Callable[[], float]) -> dict[str, float]:
    client = page.client
    hidden = page.get("/desk/progress/").query("input[name=csrf_token]")[0]
    token = {"csrf_token": hidden.attrs["value"]}
    least = timed(lambda: client.get("/bare"), min, spent)
    costs = {}
    for name, address in PAGES.items():

        def ask(address: str = address) -> None:
            assert client.get(address).status_code == 200

        costs[name] = timed(ask, min, spent) / least
    for name, address in FILES.items():

        def take(address: str = address) -> None:
            assert client.post(address, data=token).status_code == 200

        costs[name] = timed(take, min, spent) / least
    return costs


def _ground() -> tuple[int, int, list[dict[str, int]]]:
    """A cycle with forty mobilizers in eight regions, and a promise for all of them."""
    make = Builders()
    cycle = make.cycle("months", first_month=MONTHS[0], last_month=MONTHS[-1])
    promise = make.promise(cycle=cycle)
    people = []
    for name in REGIONS:
        mentor, region = make.mentor(name), make.region(name)
        hers: list[User] = [make.mobilizer(name, mentor=mentor) for _ in range(5)]
        people += [
            {"mobilizer_id": one.id, "mentor_id": mentor.id, "region_id": region.id} for one in hers
        ]
    db.session.commit()
    return cycle.id, promise.id, people


def _fill(size: int, cycle: int, promise: int, people: list[dict[str, int]]) -> None:
    """Bring the database to so many entries; every tenth report is missing."""
    have = db.session.scalar(select(func.count(Assignment.id))) or 0
    owed = size * 10 // 9 // len(MONTHS) + 1
    made = [(str(uuid4()), people[at % len(people)]) for at in range(have, owed)]
    span = {"first_month": MONTHS[0], "last_month": MONTHS[-1], "created_at": NOW}
    rows = [
        {"id": uid, "cycle_id": cycle, "promise_id": promise, "place_id": who["region_id"]}
        | {**who, **span, "withdrawn_reason": ""}
        for uid, who in made
    ]
    db.session.execute(insert(Assignment), rows)
    for start in range(0, len(made), 1_000):
        db.session.execute(insert(Entry), _reports([uid for uid, _ in made[start : start + 1_000]]))
    db.session.commit()
    db.session.execute(text("ANALYZE"))
    db.session.commit()


def _reports(assignments: list[str]) -> list[dict[str, object]]:
    return [
        {
            "id": str(uuid4()),
            "assignment_id": uid,
            "month": month,
            "state": STATES[(at + of) % len(STATES)],
            "newest": 1,
            "received_at": NOW - timedelta(days=(at + of) % 30),
            "timeliness": Timeliness.LATE if (at + of) % 5 == 0 else Timeliness.ON_TIME,
            "is_quarantined": False,
            "created_at": NOW,
        }
        for at, uid in enumerate(assignments)
        for of, month in enumerate(MONTHS)
        if (at + of) % 10
    ]
