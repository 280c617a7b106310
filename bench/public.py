"""The public face: pages from memory beside a bare route of the same bytes, and a publication.

Every figure is a ratio of one run: the same server with the same settings, the same client, in
short turns one after the other, of which the medians are taken.
"""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from shutil import rmtree
from statistics import median
from tempfile import mkdtemp
from time import perf_counter, sleep
from typing import Any

from flask import Flask
from sqlalchemy import ColumnElement, Select, func, select, update

from bench.bare import UNCHANGED
from bench.clocks import processor
from bench.running import PROGRAM, free_port, running, served
from bench.strangers import strangers
from bench.timing import timed
from bench.visiting import Line, asking, visit
from config import ROOT, database
from mobilizer.core.database import db, writing
from mobilizer.cycles.models import Cycle, Topic
from mobilizer.factory import create_app
from mobilizer.findings.models import Finding
from mobilizer.places.models import Place
from mobilizer.places.rules import PlaceKind
from mobilizer.promises.models import Promise, PromisePlace
from tests.support.databases import STORES

HOME = "/en/"
CODINGS = ("identity", "gzip", "br")
#: So many turns of so many seconds for each of what is compared.
TURNS, SECONDS = 7, 0.5
#: So many publications are waited for, on so many connections spread over the processes.
PUBLICATIONS, LINES = 12, 12
#: The same while strangers ask on so many lines for words that nobody has.
STRANGERS = (60, 100)
#: What is made anew.
COLD = {
    "home": "/en/",
    "topics": "/en/topics/",
    "a topic": "/en/topics/{topic}",
    "parties": "/en/parties/",
    "regions": "/en/regions/",
    "municipalities": "/en/municipalities/",
    "register of promises": "/en/promises/",
    "a promise": "/en/promises/{promise}",
    "method": "/en/method",
    "feed of corrections": "/en/corrections.atom",
    "scores by topic (API)": "/api/v1/scores?by=topic",
}


def main() -> None:
    """Measure and print, of the demonstration's size."""
    for kind, store in STORES.items():
        with demonstration(store().url) as (folder, port, environment):
            print(f"\n{kind}: the demonstration")
            with running([PROGRAM, "serve"], port, environment):
                _warm(port, folder)
                app = create_app(**database(environment["DATABASE_URL"]))
                _shows(app, port)
                for lines in STRANGERS:
                    with strangers(port, lines):
                        print(f"{lines} lines that ask for random words: ", end="")
                        _shows(app, port)
            _cold(app)
            with app.app_context():
                db.engine.dispose()


@contextmanager
def demonstration(url: str) -> Iterator[tuple[Path, int, dict[str, str]]]:
    """A database of its own in which the demonstration is told, a free port, the environment."""
    folder, port = Path(mkdtemp(prefix="public-")), free_port()
    environment = served(url, port, folder)
    told = {**os.environ, **environment}
    try:
        for command in (["db", "upgrade"], ["demo", "--yes"]):
            subprocess.run([PROGRAM, *command], cwd=ROOT, env=told, check=True, capture_output=True)
        yield folder, port, environment
    finally:
        rmtree(folder)


# --- warm


def _warm(port: int, folder: Path) -> None:
    bodies = folder / "bodies"
    bodies.mkdir()
    line = Line(port)
    asked = {one: asking(port, HOME, {"Accept-Encoding": one}) for one in CODINGS}
    pages = {one: line.ask(request) for one, request in asked.items()}
    for coding, page in pages.items():
        assert page.headers.get("content-encoding", "identity") == coding
        (bodies / coding).write_bytes(page.body)
    known = {"Accept-Encoding": "br", "If-None-Match": pages["br"].headers["etag"]}
    asked[UNCHANGED] = asking(port, HOME, known)
    print(f"{'home, warm':22}{'bytes':>8}{'× bare Flask':>16}{'× bare WSGI':>16}")
    with ExitStack() as stack:
        bare = {}
        for kind in ("flask", "wsgi"):
            bare[kind] = free_port()
            command = [sys.executable, "-m", "bench.bare", kind, str(bodies), str(bare[kind])]
            stack.enter_context(running(command, bare[kind]))
        for name, request in asked.items():
            rates = _in_turns(
                {
                    "ours": (port, request),
                    **{kind: (at, asking(at, f"/{name}")) for kind, at in bare.items()},
                }
            )
            size = len(pages[name].body) if name in pages else 0
            cells = (f"{median(_over(rates['ours'], rates[kind])):16.2f}" for kind in bare)
            print(f"{name:22}{size:8,}{''.join(cells)}")


def _in_turns(asked: dict[str, tuple[int, bytes]]) -> dict[str, list[float]]:
    rates: dict[str, list[float]] = {name: [] for name in asked}
    for turn in range(-1, TURNS):
        for name, (port, request) in asked.items():
            rate = visit(port, request, SECONDS).rate
            if turn >= 0:
                rates[name].append(rate)
    return rates


def _over(ours: list[float], others: list[float]) -> list[float]:
    return [one / other for one, other in zip(ours, others, strict=True)]


# --- a publication


def _shows(app: Flask, port: int) -> None:
    """How long it takes until every connection, and so every process, tells what is new."""
    request, took = asking(port, HOME), []
    lines = [Line(port) for _ in range(LINES)]
    for number in range(PUBLICATIONS):
        name = f"Named for the {number}th time"
        _publish(app, name)
        began = perf_counter()
        for line in lines:
            while name.encode() not in line.ask(request).body:
                sleep(0.005)
        took.append(perf_counter() - began)
        sleep(0.1 * (number % 4))
    for line in lines:
        line.close()
    print(f"a publication shows everywhere: median {median(took):.2f} s, longest {max(took):.2f} s")


def _publish(app: Flask, name: str) -> None:
    with app.app_context(), writing() as session:
        session.execute(update(Cycle).where(Cycle.is_current).values(names={"en": name}))


# --- made anew


def _cold(app: Flask) -> None:
    """What each page costs that nobody has asked for since the last publication.

    In time of the processor, the database's own included: the least of some tries.
    """
    client, bare = app.test_client(use_cookies=False), Flask("bare")
    app.config["TRUSTED_HOSTS"] = None
    bare.add_url_rule("/", view_func=lambda: "bare")
    spent = processor(app)
    with app.app_context():
        known = of_the_demonstration()
    least = timed(lambda: bare.test_client().get("/"), min, spent)
    print(f"{'made anew':34}{'× bare Flask':>16}{'ms':>8}{'bytes':>10}{'as br':>8}")
    for name, address in COLD.items():
        asked = address.format(**known)

        def ask(asked: str = asked) -> bytes:
            app.extensions["front"].forget()
            answer = client.get(asked, headers={"Accept-Encoding": "br"})
            assert answer.status_code == 200, asked
            return bytes(answer.data)

        took = timed(ask, min, spent)
        whole = len(client.get(asked).data)
        print(f"{name:34}{took / least:16.1f}{took * 1000:8.1f}{whole:10,}{len(ask()):8,}")


def of_the_demonstration() -> dict[str, Any]:
    """What is asked for: the topic and the municipality with most promises, the fullest promise."""
    current = select(Promise.id).join(Cycle).where(Cycle.is_current)
    return {
        "topic": _most(select(Topic.code).join(Promise), Promise.id.in_(current), Topic.code),
        "municipality": _most(
            select(Place.code).join(PromisePlace), Place.kind == PlaceKind.MUNICIPALITY, Place.code
        ),
        "promise": _most(
            select(Promise.number).join(Finding), Promise.id.in_(current), Promise.number
        ),
    }


def _most(rows: Select[Any], which: ColumnElement[bool], by: Any) -> Any:
    """What most rows have in common."""
    grouped = rows.where(which).group_by(by).order_by(func.count().desc()).limit(1)
    return db.session.scalars(grouped).one()
