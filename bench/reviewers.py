"""Fifty reviewers approve without pause while the public reads: who waits, and the memory taken.

The whole embedded default is served (a process for readers, one for pages, one for the desk and its
jobs) with the demonstration and some hundreds of reports that wait. Every approval is a page that
is read and a form that is sent, in a session of its own, and publishes a finding at once. Readers
come at a steady rate, whether they are answered or not; how long they wait is told as a ratio to
the same readers in the same run while nobody reviews and every page is as new as the last finding,
in turns of which the medians are taken.
"""

import os
import re
from dataclasses import dataclass, field
from http.client import HTTPConnection
from multiprocessing import get_context
from multiprocessing.queues import Queue
from multiprocessing.synchronize import Event, Semaphore
from pathlib import Path
from statistics import median
from threading import Thread
from time import perf_counter, sleep
from typing import TypeAlias
from urllib.parse import urlencode

from sqlalchemy import func, insert, select

from bench.public import demonstration
from bench.running import PROGRAM, running
from bench.visiting import Visits, asking, visit_at
from config import database
from mobilizer.core import clock
from mobilizer.core.database import db
from mobilizer.core.processor import work_in_slices_of
from mobilizer.core.sessions import COOKIE, WebSession, hashed
from mobilizer.cycles.models import Cycle
from mobilizer.factory import create_app
from mobilizer.findings.models import Finding
from mobilizer.serving import SLICE
from tests.builders import Builders
from tests.support.databases import STORES

REVIEWERS = 50
#: Reports that wait for each of them; after the last she reads her queue on and on.
EACH = 12
REGIONS = ("Polog", "Skopje", "Pelagonia", "Vardar")
#: How many readers come a second, and what they read.
RATE = 60
READ = (
    "/en/",
    "/mk/",
    "/sq/",
    "/en/topics/",
    "/sq/municipalities/",
    "/mk/promises/",
    "/en/promises/1",
)
#: So many turns, each so many seconds without reviewers and with them.
TURNS, SECONDS = 4, 6
#: How long nobody reviews before each turn, in seconds: readers alone are what is compared with.
SETTLED = 4
#: How long they review before readers are counted, in seconds; these come all the while.
BEGUN = 2
#: How long each approval took, in seconds, and what went wrong.
Told: TypeAlias = "Queue[tuple[list[float], list[str]]]"
HIDDEN = re.compile(r'name="(csrf_token|revision|sha256)"[^>]*value="([^"]*)"')


def main(most: int | None = None) -> None:
    """Measure and print."""
    for kind, store in STORES.items():
        with demonstration(store().url) as (_, port, environment):
            app = create_app(**database(environment["DATABASE_URL"]))
            with app.app_context():
                work = wait(EACH)
                before = _published()
            with running([PROGRAM, "serve", "--worker"], port, environment) as server:
                print(f"\n{kind}: {most or REVIEWERS} reviewers, {RATE} readers a second")
                _measure(port, server.pid, work[: most or REVIEWERS])
            with app.app_context():
                print(f"{_published() - before} findings were published")
                db.engine.dispose()


def wait(each: int) -> list[tuple[str, list[str]]]:
    """Reviewers with so many reports each that wait: their cookies, and the reports' names."""
    make, now = Builders(), clock.now()
    cycle = db.session.scalars(select(Cycle).where(Cycle.is_current)).one()
    cycle.reply_days = 0  # What is approved is published at once.
    work = []
    for number in range(REVIEWERS):
        region = REGIONS[number % len(REGIONS)]
        mentor = make.mentor(region, cycle=cycle)
        mobilizer = make.mobilizer(region, cycle=cycle, mentor=mentor)
        named = []
        for _ in range(each):
            promise = make.promise(cycle=cycle)
            assignment = make.assignment(mobilizer, promise=promise, mentor=mentor, cycle=cycle)
            named.append(make.report(assignment, month=clock.today("UTC").replace(day=1)).id)
        work.append((f"reviewer-{number}", named))
        session = {
            "token_hash": hashed(work[-1][0]),
            "user_id": mentor.id,
            "content": {"_user_id": str(mentor.id), "_fresh": True, "language": "en"},
            "device": "",
            "created_at": now,
            "seen_at": now,
        }
        db.session.execute(insert(WebSession), [session])
    db.session.commit()
    return work


# --- the reviewers, in a process of their own


@dataclass
class Reviewing:
    """What the reviewers did: how long each approval took, in seconds, and what went wrong."""

    waits: list[float] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)


class Reviewer:
    """One of them: reads a report, approves it, reads the next."""

    def __init__(self, port: int, cookie: str, reports: list[str], told: Reviewing) -> None:
        """Sit down."""
        self.line = HTTPConnection("127.0.0.1", port, timeout=120)
        self.headers = {"Cookie": f"{COOKIE}={cookie}"}
        self.reports = iter(reports)
        self.told = told

    def approve(self) -> None:
        """Read and approve the next report; read the queue when there is none."""
        report = next(self.reports, None)
        if report is None:
            self._ask("GET", "/desk/review/")
            return
        began, path = perf_counter(), f"/desk/review/{report}"
        form = dict(HIDDEN.findall(self._ask("GET", path)))
        self._ask("POST", path, urlencode({**form, "verdict": "approve"}))
        self.told.waits.append(perf_counter() - began)

    def _ask(self, method: str, path: str, body: str | None = None) -> str:
        kind = {"Content-Type": "application/x-www-form-urlencoded"} if body else {}
        headers = {**self.headers, **kind}
        try:
            self.line.request(method, path, body, headers)
            answer = self.line.getresponse()
        except ConnectionError:  # She has paused for so long that the server has hung up.
            self.line.close()
            self.line.request(method, path, body, headers)
            answer = self.line.getresponse()
        content = answer.read().decode()
        if answer.status != (302 if body else 200):
            self.told.faults.append(f"{method} {path}: {answer.status}")
        return content


def review(
    port: int,
    work: list[tuple[str, list[str]]],
    go: Event,
    end: Event,
    seats: Semaphore,
    said: Told,
) -> None:
    """Let reviewers work while ``go`` is set, each again as soon as she was answered."""
    os.setsid()  # They share their turns with nobody who is measured.
    told = Reviewing()
    reviewers = [Reviewer(port, cookie, reports, told) for cookie, reports in work]

    def work_on(one: Reviewer) -> None:
        while not end.is_set():
            if go.wait(0.2):
                with seats:
                    one.approve()

    threads = [Thread(target=work_on, args=(one,)) for one in reviewers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    said.put((told.waits, told.faults))


# --- the measurement


def _measure(port: int, server: int, work: list[tuple[str, list[str]]]) -> None:
    context = get_context("spawn")
    go, end, said = context.Event(), context.Event(), context.Queue()
    seats = context.Semaphore(len(work))
    process = context.Process(target=review, args=(port, work, go, end, seats, said))
    process.start()
    work_in_slices_of(SLICE)  # Whoever holds the clock does not wait for the processor herself.
    requests = [asking(port, path, {"Accept-Encoding": "br"}) for path in READ]
    idle, busy, memory = [], [], [_memory(server)]
    for _ in range(TURNS):
        visit_at(port, requests, RATE, SETTLED)  # Until no page is older than the last finding.
        idle.append(visit_at(port, requests, RATE, SECONDS))
        go.set()
        visit_at(port, requests, RATE, BEGUN)
        busy.append(visit_at(port, requests, RATE, SECONDS))
        memory.append(_memory(server))
        go.clear()
        sleep(1)
        for _ in work:  # Until everybody was answered.
            seats.acquire()
        for _ in work:
            seats.release()
    end.set()
    waits, faults = said.get()
    process.join()
    tell(idle, busy)
    approvals = Visits(TURNS * (SECONDS + BEGUN), waits)
    print(f"{len(waits)} approvals, {approvals.rate:.1f} a second, each in {median(waits):.2f} s")
    print(f"memory: {memory[0]} MB at first, at most {max(memory)} MB, of all processes together")
    if faults:
        raise SystemExit(f"{len(faults)} failed: {faults[0]}")


def tell(idle: list[Visits], busy: list[Visits]) -> None:
    """Print how long readers waited while it was quiet and while it was not, and the ratio."""
    print(f"{'readers wait':14}{'in quiet':>16}{'under load':>12}{'ratio':>8}")
    for share in (50, 90, 99):
        quiet, loud = ([one.percentile(share) for one in turns] for turns in (idle, busy))
        ratio = median(loud) / median(quiet)
        cells = f"{median(quiet) * 1000:13.1f} ms{median(loud) * 1000:9.1f} ms{ratio:8.2f}"
        print(f"{f'{share} of 100':14}{cells}")


def _memory(server: int) -> int:
    """Megabytes of a process and all below it: what they share is counted once."""
    parts = {server}
    while True:
        found = {one for one in _processes() if _parent(one) in parts} - parts
        if not found:
            return sum(_share(one) for one in parts) // 1024
        parts |= found


def _processes() -> list[int]:
    return [int(one.name) for one in Path("/proc").iterdir() if one.name.isdecimal()]


def _parent(process: int) -> int:
    try:
        return int(Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[1])
    except OSError:
        return 0


def _share(process: int) -> int:
    """Its proportional part of the memory, in kilobytes."""
    told = Path(f"/proc/{process}/smaps_rollup").read_text()
    return next(int(line.split()[1]) for line in told.splitlines() if line.startswith("Pss:"))


def _published() -> int:
    return db.session.scalar(select(func.count(Finding.number))) or 0
