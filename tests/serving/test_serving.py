"""The programme as it is served: one process for readers, one for pages, one for desk and jobs."""

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from http.client import HTTPConnection
from pathlib import Path
from select import select as ready
from time import monotonic, sleep

import pytest
from flask import Flask
from sqlalchemy import insert, select

from config import ROOT
from mobilizer.core import clock
from mobilizer.core.database import db, reading
from mobilizer.jobs.models import Job
from mobilizer.jobs.rules import JobState
from mobilizer.serving import LATER, WAIT_FOR_DESK
from tests.builders import Builders
from tests.support.databases import Store

PROGRAM = Path(sys.executable).with_name("mobilizer")
#: How long anything is waited for, in seconds; a wait costs only as long as it lasts.
PATIENCE = 120


@pytest.fixture
def served(app: Flask, store: Store, make: Builders, tmp_path: Path) -> Iterator[tuple[int, int]]:
    """The port of a server that does jobs as well, and its id."""
    make.cycle("local", names={"en": "The old name"})
    db.session.commit()
    db.session.remove()
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port = found.getsockname()[1]
    environment = {
        **os.environ,
        "DATABASE_URL": store.url,
        "MEDIA_URL": str(tmp_path),
        "SECRET_KEY": "only for tests",
        "VAPID_KEY": "7e" * 32,
        "SITE_URL": f"http://127.0.0.1:{port}",
        "PORT": str(port),
    }
    command = [PROGRAM, "serve", "--worker"]
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    server = subprocess.Popen(command, cwd=ROOT, env=environment, start_new_session=True, **quiet)
    yield port, server.pid
    server.send_signal(signal.SIGTERM)
    server.wait(PATIENCE)


def wait_for(what) -> None:
    began = monotonic()
    while not what():
        assert monotonic() - began < PATIENCE
        sleep(0.1)


def answered(port: int, path: str) -> str:
    """What a new visitor is told; nothing while nobody answers."""
    line = HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    try:
        line.request("GET", path)
        return line.getresponse().read().decode()
    except OSError:
        return ""
    finally:
        line.close()


def below(process: int) -> set[int]:
    """The processes that a process has begun, by whichever of its threads."""
    told = Path(f"/proc/{process}/task").glob("*/children")
    return {int(one) for children in told for one in children.read_text().split()}


def priorities(process: int) -> set[int]:
    """How much later the turn of each of its threads is, in steps of nice(1)."""
    threads = Path(f"/proc/{process}/task").iterdir()
    return {os.getpriority(os.PRIO_PROCESS, int(one.name)) for one in threads}


def test_every_process_answers_and_works_and_all_of_them_end(
    app: Flask, served: tuple[int, int]
) -> None:
    """Forked of one application, each speaks to the database by connections of its own."""
    port, server = served
    wait_for(lambda: "The old name" in answered(port, "/en/"))
    processes = below(server)
    assert len(processes) == 3
    assert all("migration" in answered(port, "/readyz") for _ in range(20))
    assert "/share/en/local/wide-" in answered(port, "/share/en/local/wide-0123456789abcdef.png")

    db.session.execute(insert(Job), [waiting()])
    db.session.commit()
    wait_for(tried)
    os.kill(server, signal.SIGINT)  # As a terminal does, to the first of them.
    wait_for(lambda: not any(is_there(one) for one in processes))


def test_the_desk_comes_after_readers_with_each_of_its_threads(served: tuple[int, int]) -> None:
    """In a session of its own as well: between sessions the kernel may not hear of priorities."""
    port, server = served
    wait_for(lambda: "The old name" in answered(port, "/en/"))
    processes = below(server)

    ours = os.getpriority(os.PRIO_PROCESS, server)
    assert sorted(map(sorted, map(priorities, processes))) == [[ours], [ours], [ours + LATER]]
    assert len({os.getsid(one) for one in processes}) == 3


def test_what_has_died_is_begun_anew(served: tuple[int, int]) -> None:
    port, server = served
    wait_for(lambda: "The old name" in answered(port, "/en/"))
    before = below(server)
    for one in before:
        os.kill(one, signal.SIGKILL)
    wait_for(lambda: len(below(server)) == 3 and not before & below(server))
    wait_for(lambda: "migration" in answered(port, "/readyz"))
    wait_for(lambda: "The old name" in answered(port, "/mk/"))


def test_where_the_server_was_killed_nobody_goes_on_without_it(served: tuple[int, int]) -> None:
    """A reader's process that was left over would share the port, and hand over to nobody."""
    port, server = served
    wait_for(lambda: "The old name" in answered(port, "/en/"))
    processes = below(server)
    os.kill(server, signal.SIGKILL)
    wait_for(lambda: not any(is_there(one) for one in processes))


def test_one_who_stands_still_in_the_middle_of_a_form_does_not_hold_up_the_end(
    served: tuple[int, int],
) -> None:
    port, server = served
    wait_for(lambda: "The old name" in answered(port, "/en/"))
    processes = below(server)
    with socket.create_connection(("127.0.0.1", port)) as held:
        said = f"POST /account/sign-in HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n"
        held.sendall(f"{said}Content-Length: 10\r\n\r\nhalf".encode())
        os.kill(server, signal.SIGTERM)
        wait_for(lambda: not any(is_there(one) for one in processes))


def test_readers_are_answered_while_the_desk_stands_still(served: tuple[int, int]) -> None:
    port, server = served
    wait_for(lambda: "The old name" in answered(port, "/en/"))
    _, desk, _ = sorted(below(server))
    with ExitStack() as held:
        os.kill(desk, signal.SIGSTOP)
        held.callback(os.kill, desk, signal.SIGCONT)
        lines = [HTTPConnection("127.0.0.1", port, timeout=PATIENCE) for _ in range(150)]
        for line in lines:
            held.callback(line.close)
            line.request("GET", "/readyz")
        sockets = [line.sock for line in lines]
        wait_for(lambda: len(ready(sockets, [], [], 0)[0]) == len(lines) - WAIT_FOR_DESK)
        assert "The old name" in answered(port, "/en/")
        os.kill(desk, signal.SIGCONT)
        told = [held.enter_context(line.getresponse()).status for line in lines]
    assert set(told) == {200, 503}
    assert told.count(200) == WAIT_FOR_DESK


def waiting() -> dict[str, object]:
    now = clock.now()
    row = {"kind": "nobody's", "key": "x", "payload": {}, "tries": 0, "fault": ""}
    return {**row, "state": JobState.WAITING, "due_at": now, "created_at": now}


def tried() -> int | None:
    """How often that job was begun; who does not say that she only reads holds SQLite meanwhile."""
    with reading():
        tries = db.session.scalar(select(Job.tries).where(Job.kind == "nobody's"))
        db.session.rollback()
    return tries


def is_there(process: int) -> bool:
    return Path(f"/proc/{process}").exists()
