"""A hundred requests a second at the form by which anybody asks, while the public reads.

The flood sends what floods send: nothing of ours, stamps of ours without the work, and stamps for
which the work was done, until the doors are shut and beyond. Readers come at a steady rate, to kept
pages and to one that is not kept; how long they wait is told as a ratio to the same readers in the
same run while nobody floods. At the end no score and no kept page has changed.
"""

import re
from collections import Counter
from collections.abc import Iterator
from http.client import HTTPConnection
from itertools import cycle
from multiprocessing import get_context
from multiprocessing.queues import Queue
from multiprocessing.synchronize import Event
from threading import Lock, Thread
from time import perf_counter, sleep
from urllib.parse import urlencode

from bench.public import demonstration
from bench.reviewers import READ, tell
from bench.running import PROGRAM, running
from bench.visiting import Line, asking, visit_at
from mobilizer.requests.rules import stamps
from tests.support.databases import STORES

#: Of the flood and of the readers, each second.
FLOOD, RATE = 100, 60
SECONDS = 60
#: So many at once, and so many of them with the work done.
LINES, WORKED = 20, 60
FORM = "/ask/promises/1?lang=en"
SAME = ("/api/v1/scores", "/en/promises/1")
STAMP = re.compile(r'name="stamp"[^>]*value="([^"]*)"')
TYPED = {"kind": "question", "text": "Buy pills at https://pills.example", "language": "en"}


def main(most: int | None = None) -> None:
    """Measure and print; ``most`` is how many seconds the flood lasts."""
    for kind, store in STORES.items():
        with (
            demonstration(store().url) as (_, port, environment),
            running([PROGRAM, "serve", "--worker"], port, environment),
        ):
            print(f"\n{kind}: {FLOOD} requests a second at the form, {RATE} readers")
            _measure(port, most or SECONDS)


def _measure(port: int, seconds: int) -> None:
    context = get_context("spawn")
    go, said = context.Event(), context.Queue()
    process = context.Process(target=flood, args=(port, seconds, go, said))
    process.start()
    requests = [asking(port, path) for path in (*READ, "/account/sign-in")]
    visit_at(port, requests, RATE, 4)  # Whatever is made for the first time.
    before = _bodies(port)
    said.get()
    idle = [visit_at(port, requests, RATE, seconds / 2)]
    go.set()
    busy = [visit_at(port, requests, RATE, seconds)]
    answers, took = said.get()
    process.join()
    tell(idle, busy)
    told = ", ".join(f"{status}: {number}" for status, number in sorted(answers.items()))
    print(f"the flood: {sum(answers.values()) / took:.0f} a second; {told}")
    if _bodies(port) != before:
        raise SystemExit("A score or a kept page has changed by it.")


def _bodies(port: int) -> list[bytes]:
    line = Line(port)
    found = [line.ask(asking(port, path)).body for path in SAME]
    line.close()
    return found


# --- the flood, in a process of its own


def flood(port: int, seconds: int, go: Event, said: "Queue[object]") -> None:
    """Make stamps and work ready, wait until told, and send."""
    forms = cycle(list(_forms(port)))
    said.put("ready")
    go.wait()
    answers, lock, began = Counter[int](), Lock(), perf_counter()

    def send(first: int) -> None:
        line = HTTPConnection("127.0.0.1", port, timeout=60)
        for number in range(first, FLOOD * seconds, LINES):
            sleep(max(began + number / FLOOD - perf_counter(), 0))
            with lock:
                form = next(forms)
            line.request("POST", FORM, form, {"Content-Type": "application/x-www-form-urlencoded"})
            answer = line.getresponse()
            answer.read()
            with lock:
                answers[answer.status] += 1

    threads = [Thread(target=send, args=(number,)) for number in range(LINES)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    said.put((dict(answers), perf_counter() - began))


def _forms(port: int) -> Iterator[str]:
    """What is sent: in turn without a stamp, without the work, and with it."""
    line = Line(port)
    for number in range(WORKED):
        stamp = STAMP.findall(line.ask(asking(port, FORM)).body.decode())[0]
        typed = {**TYPED, "text": f"{TYPED['text']}/{number}", "stamp": stamp}
        yield urlencode(TYPED)
        yield urlencode(typed)
        yield urlencode({**typed, "work": stamps.work(stamp)})
    line.close()
