"""Pages built cold, at 1,000 findings and at 1,000,000 of 100,000 promises, on both databases.

Nothing is kept in front: each page is made anew, as after a publication. Figures are ratios: to a
bare route of the same application in the same run, and to the same page with the least data.
"""

from itertools import cycle as cycle_through

from sqlalchemy import select

from bench.clocks import processor
from bench.months import ENDED, RATINGS, fill
from bench.timing import bare, timed
from config import database
from mobilizer.core import clock
from mobilizer.core.database import db
from mobilizer.core.policy import public
from mobilizer.factory import create_app
from mobilizer.findings.actions import Verdict, publish
from mobilizer.promises.models import Promise
from mobilizer.tallies.actions import keeping
from tests.support.databases import STORES, migrate
from tests.support.queries import Queries

#: Promises, each with a finding in each of ten months.
SIZES = (100, 100_000)
#: How often each page is asked for, at either size; the least is taken.
TURNS = 25
#: What is allowed: milliseconds, times the same page with the least data, queries.
MOST = 50, 1.2, 12
#: The things that pages are of; a page that names a day is of three months ago.
THINGS = ("topics", "parties", "regions", "municipalities")
PAGES = {
    "home": "/en/",
    "home, three months ago": "/en/?{past}",
    **{thing: f"/en/{thing}/" for thing in THINGS},
    **{f"{thing}, three months ago": f"/en/{thing}/?{{past}}" for thing in THINGS},
    **{f"one of {thing}": f"/en/{thing}/{{{thing}}}" for thing in THINGS},
    **{f"one of {thing}, last page": f"/en/{thing}/{{{thing}}}?page=10000" for thing in THINGS},
    **{
        f"one of {thing}, three months ago": f"/en/{thing}/{{{thing}}}?{{past}}" for thing in THINGS
    },
    **{f"feed of one of {thing}": f"/en/{thing}/{{{thing}}}/feed.atom" for thing in THINGS},
    "promise": "/en/promises/7",
    "no such promise": "/en/promises/99999999",
    "feed of a promise": "/en/promises/7/feed.atom",
    "register of promises": "/en/promises/",
    "register, two filters": "/en/promises/?topic={topics}&party={parties}",
    "register, its last page": "/en/promises/?page=10000",
    "register, three months ago": "/en/promises/?{past}",
    "register, nothing found": "/en/promises/?q=nothing",
    "latest findings": "/en/findings",
    "findings, every filter": "/en/findings?topic={topics}&party={parties}&region={regions}",
    "findings, three months ago": "/en/findings?{past}",
    "corrections": "/en/corrections",
    "feed": "/en/feed.atom",
    "compare two topics": "/en/compare?by=topic&a=t1&b=t2",
    "releases": "/en/releases/",
    "a release": "/en/releases/bench/2026-08",
    "open data": "/en/data",
    "check a number": "/en/data/check",
    "embedded": "/embed/en/topics/{topics}",
    "sitemap": "/sitemap.xml",
    "sitemap of the scores": "/sitemaps/bench.xml",
    "sitemap of promises": "/sitemaps/bench/1.xml",
    "scores (API)": "/api/v1/scores?by=municipality",
    "scores, three months ago (API)": "/api/v1/scores?by=topic&{past}",
    "parties (API)": "/api/v1/parties",
    "promises (API)": "/api/v1/promises",
    "promises, three months ago (API)": "/api/v1/promises?{past}",
    "findings (API)": "/api/v1/findings",
    "findings, last page (API)": "/api/v1/findings?page={last}",
    "findings, three months ago (API)": "/api/v1/findings?{past}",
    "releases (API)": "/api/v1/releases",
}


class Site:
    """An application with so many promises, at the end of the last month."""

    def __init__(self, url: str, size: int) -> None:
        """Fill it."""
        self.app = create_app(**database(url), TESTING=True, TRUSTED_HOSTS=None)
        self.app.add_url_rule("/bare", view_func=public(bare))
        migrate(self.app)
        with clock.at(ENDED), self.app.app_context():
            fill(size)
            self.addresses = _addresses(size)
        print(f"{size:,} promises are there", flush=True)
        self._client = self.app.test_client(use_cookies=False)
        self._spent, self._queries = processor(self.app), Queries(self.app)

    def bare(self) -> float:
        """What a bare route costs, in seconds."""
        return timed(lambda: self._client.get("/bare"), min, self._spent)

    def ask(self, name: str) -> float:
        """What a page costs that is made anew, in seconds."""
        self.app.extensions["front"].forget()
        began = self._spent()
        assert self._client.get(self.addresses[name]).status_code in (200, 404), name
        return self._spent() - began

    def queries(self, name: str) -> int:
        """How many a page takes."""
        with self._queries.counted() as statements:
            self.ask(name)
        return len(statements)

    def approvals(self) -> tuple[float, float]:
        """What publishing one finding costs, with the upkeep of the tallies and without."""
        with clock.at(ENDED), self.app.app_context():
            promise = db.session.scalars(select(Promise).where(Promise.number == 9)).one()
            rating = cycle_through(RATINGS)

            def publish_one() -> None:
                found = {"kind": "full"}
                publish(Verdict(promise, promise.places[0], next(rating), found), by=None)
                db.session.commit()

            took = timed(publish_one, min, self._spent)
            keep, keeping.follow = keeping.follow, lambda *_: None
            try:
                return took * 1000, timed(publish_one, min, self._spent) * 1000
            finally:
                keeping.follow = keep


def main(most: int | None = None) -> None:
    """Measure and print; ``most`` promises instead of the largest size.

    Each page is asked for at both sizes by turns, so that both meet the same load of the machine.
    """
    for kind, store in STORES.items():
        few, many = (Site(store().url, size) for size in (SIZES[0], most or SIZES[-1]))
        print(f"\n{kind}: ms of processor time, times a bare route; times the least data; queries")
        with clock.at(ENDED):
            bare = many.bare()
            for name in PAGES:
                print(_line(name, few, many, bare), flush=True)
        told = " ms, without the tallies ".join(f"{one:.1f}" for one in many.approvals())
        print(f"one finding published: {told}")


def _line(name: str, few: Site, many: Site, bare: float) -> str:
    turns = [(few.ask(name), many.ask(name)) for _ in range(TURNS)]
    least, most = map(min, zip(*turns, strict=True))
    measured = most * 1000, most / least, many.queries(name)
    told = f"{least * 1000:7.1f} ms{measured[0]:9.1f} ms{most / bare:9.1f} ×{measured[1]:7.2f} ×"
    is_over = any(one > limit for one, limit in zip(measured, MOST, strict=True))
    return f"{name:42}{told}{measured[2]:5}{'  over' if is_over else ''}"


def _addresses(size: int) -> dict[str, str]:
    """The pages with what the first promise is of: what many promises are of at either size."""
    promise = db.session.scalars(select(Promise).where(Promise.number == 1)).one()
    town = promise.places[0]
    assert town.region is not None
    values = {
        "past": f"as_of={(ENDED.date().replace(month=ENDED.month - 3)).isoformat()}",
        "last": size // 10,
        "topics": promise.topic.code,
        "parties": promise.party.code,
        "regions": town.region.code,
        "municipalities": town.code,
    }
    return {name: address.format(**values) for name, address in PAGES.items()}
