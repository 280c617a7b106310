"""What strangers send is opened in a process that may die of it."""

import resource
import subprocess
import sys
from contextlib import suppress
from threading import Thread

import pytest

from mobilizer.core.errors import RuleBroken
from mobilizer.evidence.actions import opening
from mobilizer.evidence.actions.opening import opened
from mobilizer.evidence.rules.faults import Fault
from mobilizer.evidence.rules.limits import MEMORY, Limits, limits_of
from mobilizer.evidence.rules.redrawing import Redrawn, packed, packed_fault, unpacked
from mobilizer.evidence.rules.uploads import MediaKind
from tests.evidence import films, pictures

PHOTO, CLIP = MediaKind

HTML = b"<html><script>alert(1)</script>"


def fault_of(kind: MediaKind, content: bytes) -> str:
    with pytest.raises(RuleBroken) as refused:
        opened(kind, content)
    assert refused.value.field == kind.value
    return refused.value.message


def instead(monkeypatch, code: str, patience: int = 30) -> None:
    """Let the process do something else with the file."""
    run = subprocess.run
    monkeypatch.setattr(
        opening.subprocess, "run", lambda _, **how: run([sys.executable, "-I", "-c", code], **how)
    )
    monkeypatch.setattr(opening, "limits_of", lambda _: Limits(1, patience))


@pytest.mark.parametrize("code", ["import os; os.abort()", "raise SystemExit(3)", "", "print(1)"])
def test_a_process_that_dies_or_says_nothing_is_a_damaged_file(monkeypatch, code):
    instead(monkeypatch, code)
    assert fault_of(PHOTO, pictures.jpeg()) == Fault.DAMAGED.label
    assert fault_of(CLIP, films.film()) == Fault.CLIP_DAMAGED.label


def test_a_process_that_hangs_is_killed(monkeypatch):
    instead(monkeypatch, "import time, sys; sys.stdin.buffer.read(); time.sleep(600)", patience=1)
    assert fault_of(PHOTO, pictures.jpeg()) == Fault.DAMAGED.label


def test_a_process_has_limits_and_none_of_our_secrets(monkeypatch):
    monkeypatch.setenv("SECRET_KEY", "planted secret")
    code = """
import os, resource, sys
from mobilizer.evidence.rules.redrawing.__main__ import main
from mobilizer.evidence.rules.uploads import MediaKind
before = os.environ.get("SECRET_KEY")
main(MediaKind.PHOTO)
names = ("RLIMIT_AS", "RLIMIT_CPU", "RLIMIT_FSIZE", "RLIMIT_CORE")
limits = [resource.getrlimit(getattr(resource, name)) for name in names]
sys.stderr.write(repr((before, limits, "sqlalchemy" in sys.modules, "flask" in sys.modules)))
"""
    done = subprocess.run(
        [sys.executable, "-I", "-c", code],
        input=pictures.jpeg(),
        capture_output=True,
        env={},
        check=True,
    )
    secret, limits, *loaded = eval(done.stderr)
    seconds = limits_of(PHOTO).cpu_seconds
    assert limits[:2] == [(MEMORY, MEMORY), (seconds, seconds)]
    assert limits[3] == (0, 0)
    assert (secret, loaded) == (None, [False, False])


def test_what_takes_too_much_memory_is_refused_and_not_served():
    """A WebP of 50 million pixels keeps four of itself while it is read."""
    content = pictures.vast_webp()
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    assert fault_of(PHOTO, content) == Fault.PIXELS.label
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 100_000


def test_a_picture_of_many_frames_is_not_unfolded():
    assert fault_of(PHOTO, pictures.moving("WEBP")) == Fault.MOVING.label
    assert fault_of(PHOTO, pictures.moving("PNG")) == Fault.MOVING.label


def test_several_are_opened_at_once_from_several_threads():
    made: list[Redrawn] = []
    content = pictures.webp((60, 40))
    threads = [Thread(target=lambda: made.append(opened(PHOTO, content))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(made) == 4
    assert len({tuple(one.files) for one in made}) == 1


def test_what_is_handed_over_comes_back_as_it_was():
    redrawn = Redrawn(3, 2, 5, {"-3.jpg": b"a\nb", ".mp4": b""})
    assert unpacked(packed(redrawn)) == redrawn
    for broken in (packed(redrawn)[:-1], packed(redrawn) + b"x", b"", b"\n", b"hello"):
        with pytest.raises(ValueError, match=r".*"):
            unpacked(broken)
    assert b"damaged" in packed_fault(Fault.DAMAGED)


SOURCES = {
    "jpeg": (PHOTO, pictures.jpeg((120, 90))),
    "png": (PHOTO, pictures.png((120, 90))),
    "webp": (PHOTO, pictures.webp((120, 90))),
    "heic": (PHOTO, pictures.heic((120, 90))),
    "mp4": (CLIP, films.film("mp4", size=(64, 48))),
    "mov": (CLIP, films.film("mov", size=(64, 48))),
    "webm": (CLIP, films.film("webm", size=(64, 48))),
}


@pytest.mark.parametrize("name", SOURCES)
def test_what_is_cut_off_anywhere_is_refused_or_comes_out_whole(name):
    kind, content = SOURCES[name]
    for tenth in range(10):
        cut = content[: len(content) * tenth // 10]
        with suppress(RuleBroken):
            assert all(opened(kind, cut).files.values())


@pytest.mark.parametrize("name", SOURCES)
def test_a_script_behind_a_file_does_not_come_out(name):
    kind, content = SOURCES[name]
    made = opened(kind, content + HTML)
    assert not [one for one in made.files.values() if b"<script" in one]


@pytest.mark.parametrize("name", SOURCES)
def test_a_file_is_told_by_its_bytes_not_by_what_it_is_announced_as(name):
    kind, content = SOURCES[name]
    other = CLIP if kind is PHOTO else PHOTO
    assert fault_of(other, content) == (Fault.NO_CLIP if other is CLIP else Fault.NO_PHOTO).label
