"""The register searched: at 1,000 and at 100,000 promises, by rare and by common words.

Every figure is a ratio to a bare route of the same application in the same run, in time of the
processor; the pages are made anew each time, past the memory that keeps them.
"""

from collections.abc import Callable

from flask import Flask

from bench.clocks import processor
from bench.shelves import RARE, SHARES, fill
from bench.timing import bare, timed
from config import database
from mobilizer.core.database import db
from mobilizer.core.policy import public
from mobilizer.factory import create_app
from mobilizer.indexing.actions import keep_sets
from tests.support.databases import STORES, migrate

SIZES = (1_000, 100_000)
ALL, HALF, TENTH, HUNDREDTH, THOUSANDTH = SHARES
FILTERS = "&topic=topic-1&party=party-2&region=MK-REGION+3&rating=kept"
#: Of the commonest words and beginnings that are no more kept as sets.
JUST_TOO_RARE = "ќату+рипошидо+руремида+папиху+шопу+шичу+ѓипуро+цефашуто"
#: What is typed, by what it shows.
ASKED = {
    "no word": "",
    "a word of three promises": f"q={RARE}",
    "a word of one in 1,000": f"q={THOUSANDTH}",
    "a word of one in 100": f"q={HUNDREDTH}",
    "a word of one in 10": f"q={TENTH}",
    "a word of one in 2": f"q={HALF}",
    "a word of all": f"q={ALL}",
    "a word of all, the last page": f"q={ALL}&page=1000000",
    "three letters many words begin with": "q=пар",
    "three words of many": f"q={ALL}+{HALF}+{TENTH}",
    "a common and a rare word": f"q={ALL}+{HUNDREDTH}",
    "eight words": f"q={ALL}+{HALF}+{TENTH}+пара+воде+никако+ломи+сеград",
    "eight words, each just too rare to be kept": f"q={JUST_TOO_RARE}",
    "every filter": FILTERS,
    "a common word and every filter": f"q={ALL}{FILTERS}",
    "nothing found": f"q={ALL}+непостоечко",
    "10,000 characters": "q=" + "училишта+" * 1_000,
}


def main() -> None:
    """Measure and print."""
    for kind, store in STORES.items():
        app = create_app(**database(store().url), TESTING=True, TRUSTED_HOSTS=None)
        app.add_url_rule("/bare", view_func=public(bare))
        migrate(app)
        columns = [_costs(app, size) for size in SIZES]
        print(f"\n{kind}: times a bare route; in brackets times the least data")
        print(f"{'promises':42}" + "".join(f"{size:>20,}" for size in SIZES))
        for name, least in columns[0].items():
            cells = (f"{costs[name]:9.1f} ({costs[name] / least:4.1f} ×)" for costs in columns)
            print(f"{name:42}" + "".join(f"{cell:>20}" for cell in cells))


def _costs(app: Flask, size: int) -> dict[str, float]:
    with app.app_context():
        fill(size)
        for _ in keep_sets():
            db.session.commit()
    spent, client = processor(app), app.test_client()
    assert "/mk/promises/1" in client.get("/mk/promises/").text, "nothing is there to be found"
    least = timed(lambda: client.get("/bare"), min, spent)
    print(f"a bare route takes {least * 1000:.2f} ms of the processor")
    return {
        name: timed(_asking(app, f"/mk/promises/?{asked}"), min, spent) / least
        for name, asked in ASKED.items()
    }


def _asking(app: Flask, address: str) -> Callable[[], None]:
    client = app.test_client()

    def ask() -> None:
        app.extensions["front"].forget()
        assert client.get(address).status_code == 200

    return ask
