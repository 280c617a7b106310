"""The phones: 500 of them file five reports with a photo each, to one server, over the loopback.

Every receipt that was given is looked for in the database afterwards. Each tenth report is sent
twice, as if its answer had been lost.
"""

import hashlib
import http.client
import json
import os
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import date
from io import BytesIO
from pathlib import Path
from shutil import rmtree
from tempfile import mkdtemp
from time import monotonic, sleep
from typing import Any
from uuid import uuid4

from PIL import Image
from sqlalchemy import func, select

from bench.crowd import Person, gather
from bench.running import free_port, wait
from config import ROOT, database
from mobilizer.core import clock
from mobilizer.core.database import db
from mobilizer.core.sessions import COOKIE
from mobilizer.evidence.models import Upload
from mobilizer.evidence.rules.uploads import PIECE_MOST, UploadState
from mobilizer.factory import create_app
from mobilizer.monitoring.models import Revision
from mobilizer.sync.models import Receipt
from tests.support.databases import migrate

PHONES, REPORTS = 500, 5
#: How many of them speak at the same moment.
AT_ONCE = 16
BARE_ROWS = 500
#: How long the worker is given, in seconds.
LONGEST = 3600
#: What a server that fails is asked again, and after how many seconds.
MOST_TRIES, TRIED_AGAIN_AFTER = 8, 1.0
SAID = "Words that say what was seen, where, when and by whom."
TUS = {"Tus-Resumable": "1.0.0", "Content-Type": "application/offset+octet-stream"}


@dataclass
class Tally:
    """What the phones were told, and how long it took."""

    receipts: set[tuple[str, int, str]] = field(default_factory=set)
    again: int = 0
    photos: int = 0


def main(phones: int) -> None:
    """Measure and print."""
    folder = Path(mkdtemp(prefix="phones-"))
    port = free_port()
    url = f"sqlite:///{folder / 'bench.sqlite3'}"
    environment = {
        **os.environ,
        "DATABASE_URL": url,
        "MEDIA_URL": str(folder / "media"),
        "SECRET_KEY": "only for the bench",
        "SITE_URL": f"http://127.0.0.1:{port}",
    }
    app = create_app(**database(url), TESTING=True)
    migrate(app)
    with app.app_context():
        month, people = gather(phones, REPORTS)
    serving = [sys.executable, "-m", "bench.serving", str(port)]
    working = [str(Path(sys.executable).with_name("mobilizer")), "worker"]
    running = [subprocess.Popen(one, cwd=ROOT, env=environment) for one in (serving, working)]
    try:
        wait(port)
        print(f"\nphones: {phones}, each {REPORTS} reports with a photo; {AT_ONCE} at once")
        tally = _measure(port, month, people)
        with app.app_context():
            _wait_until_opened()
    finally:
        for one in running:
            one.terminate()
            one.wait()
    with app.app_context():
        _compare(tally, phones)
        db.session.remove()
        db.engine.dispose()
    rmtree(folder)


def _measure(port: int, month: date, people: list[Person]) -> Tally:
    phones = [Phone(port, person, month, number) for number, person in enumerate(people)]
    tally = Tally()
    bare = _rate(lambda number: _write(port, number), list(range(BARE_ROWS)))
    print(f"{'a bare route that writes a row':38}{bare:8.0f} a second")
    for what, act, each in (
        ("hello and the pack", Phone.greet, 2),
        ("reports", lambda one: one.report(tally), REPORTS),
        ("photos of 300 KB", lambda one: one.photos(tally), REPORTS),
    ):
        rate = _rate(act, phones) * each
        print(f"{what:38}{rate:8.1f} a second, {bare / rate:6.1f} bare rows each")
    print(f"{sum(phone.tries for phone in phones)} requests failed and were sent again")
    return tally


def _wait_until_opened() -> None:
    """Until the worker has opened what the server was too busy for; at most an hour."""
    still = select(func.count()).where(Upload.state == UploadState.OPEN)
    left, began = None, monotonic()
    while (now := db.session.scalar(still)) and monotonic() - began < LONGEST:
        left = left or now
        db.session.rollback()
        sleep(1)
    db.session.rollback()
    if left:
        took = monotonic() - began
        print(f"{left} photos were left to the worker: {left / took:.1f} a second")


def _compare(tally: Tally, phones: int) -> None:
    """Whether what was told is there, once."""
    kept = db.session.execute(select(Receipt.uid, Receipt.number, Receipt.sha256)).all()
    revisions = db.session.scalar(select(func.count()).select_from(Revision))
    complete = select(func.count()).where(Upload.state == UploadState.COMPLETE)
    photos = db.session.scalar(complete)
    is_whole = {tuple(one) for one in kept} == tally.receipts and len(kept) == phones * REPORTS
    print(
        f"{len(tally.receipts)} receipts given, {len(kept)} kept, {revisions} revisions; "
        f"{tally.again} sent twice; {photos} photos complete of {tally.photos} sent"
    )
    if not is_whole or revisions != phones * REPORTS or photos != tally.photos:
        raise SystemExit("What was told and what is kept differ.")


class Phone:
    """One phone, over one connection at a time."""

    def __init__(self, port: int, person: Person, month: date, number: int) -> None:
        """A phone on which a person is signed in."""
        self.port = port
        self.person = person
        self.month = f"{month:%Y-%m}"
        self.number = number
        self.headers = {"Cookie": f"{COOKIE}={person.cookie}"}
        self.files: list[tuple[str, bytes]] = []
        #: How often the server failed it: it tried again, as phones do.
        self.tries = 0

    def greet(self) -> None:
        """Ask who it is and what there is to do."""
        told = self._ask("GET", "/sync/hello")
        self.headers |= {"X-Person": told["person"], "X-CSRFToken": told["token"]}
        self._ask("GET", "/sync/pack")

    def report(self, tally: Tally) -> None:
        """File every report; each tenth is sent again."""
        for at, assignment in enumerate(self.person.assignments):
            name, content = str(uuid4()), _picture(self.number * REPORTS + at)
            uid = str(uuid4())
            media = {"id": uid, "sha256": _sha256(content), "size": len(content)}
            self.files.append((uid, content))
            body = json.dumps(self._report(assignment, media)).encode()
            address = f"/sync/entries/{name}/revisions/1"
            receipt = self._ask("PUT", address, body)
            if (self.number * REPORTS + at) % 10 == 0:
                tally.again += 1
                if self._ask("PUT", address, body) != receipt:
                    raise SystemExit("The same report got another receipt.")
            tally.receipts.add((receipt["uid"], receipt["number"], _sha256(body)))

    def photos(self, tally: Tally) -> None:
        """Send every photo in pieces."""
        for name, content in self.files:
            for at in range(0, len(content), PIECE_MOST):
                piece = content[at : at + PIECE_MOST]
                more = {**TUS, "Upload-Offset": str(at)}
                self._ask("PATCH", f"/sync/media/{name}", piece, more)
            tally.photos += 1

    def _report(self, assignment: str, media: dict[str, Any]) -> dict[str, Any]:
        return {
            "assignment": assignment,
            "month": self.month,
            "kind": "full",
            "fields": {
                "rating": "in_progress",
                "rating_reason": SAID,
                "next_step": "Ask the ministry.",
                "value_1": "2",
                "light_1": "yellow",
                "finding_1": SAID,
            },
            "evidence": [{"id": str(uuid4()), "kind": "photo", "media": media}],
            "matrix_version": "1",
            "saved_at": clock.now().isoformat(),
        }

    def _ask(
        self, method: str, path: str, body: bytes = b"", more: dict[str, str] | None = None
    ) -> Any:
        headers = {"Content-Type": "application/json", **self.headers, **(more or {})}
        status, content = 0, b""
        for _ in range(MOST_TRIES):
            status, content = self._try(method, path, body, headers)
            if status < 500:
                break
            self.tries += 1
            sleep(TRIED_AGAIN_AFTER)
        if status not in (200, 201, 204):
            raise SystemExit(f"{method} {path}: {status} {content[:300]!r}")
        return json.loads(content) if content else None

    def _try(
        self, method: str, path: str, body: bytes, headers: dict[str, str]
    ) -> tuple[int, bytes]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=120)
        connection.request(method, path, body or None, headers)
        answer = connection.getresponse()
        content = answer.read()
        connection.close()
        return answer.status, content


def _rate(act: Callable[[Any], None], things: list[Any]) -> float:
    """How many a second."""
    began = monotonic()
    with ThreadPoolExecutor(AT_ONCE) as pool:
        list(pool.map(act, things))
    return len(things) / (monotonic() - began)


def _write(port: int, _: int) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    connection.request("POST", "/bare", b"")
    answer = connection.getresponse()
    if answer.status != 200:
        raise SystemExit(f"The bare route answered {answer.status}.")
    answer.read()
    connection.close()


def _drawn(number: int) -> bytes:
    picture = Image.effect_noise((800, 600), 50 + number).convert("RGB")
    written = BytesIO()
    picture.save(written, "JPEG", quality=88)
    return written.getvalue()


#: What the photos show; each is told from the others by a comment in it besides.
DRAWN = [_drawn(number) for number in range(20)]


def _picture(number: int) -> bytes:
    """A photo of about 300 KB, another one each time."""
    drawn = DRAWN[number % len(DRAWN)]
    return drawn[:2] + b"\xff\xfe\x00\x0a" + f"{number:08}".encode() + drawn[2:]


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
