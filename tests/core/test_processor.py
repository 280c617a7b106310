"""Whoever answers readers asks the kernel for short turns, and whoever does not, for later ones."""

import os
import platform
import subprocess
import sys
from pathlib import Path
from threading import Thread

import pytest

from mobilizer.core import processor
from mobilizer.core.processor import SESSION, come_later, work_in_slices_of

#: What the kernel says of a thread, with the length of its slices in nanoseconds since 6.12.
SAID = Path("/proc/thread-self/sched")


def apart(call):
    """What a call returns in a thread of its own: no other test works in its slices."""
    found = []
    thread = Thread(target=lambda: found.append(call()))
    thread.start()
    thread.join()
    return found


def slice_said() -> str:
    words = SAID.read_text() if SAID.exists() else ""
    return next((line.split()[-1] for line in words.splitlines() if "se.slice" in line), "")


@pytest.mark.skipif(not slice_said(), reason="this kernel tells of no slices")
def test_a_thread_and_those_it_begins_work_in_the_slices_that_were_asked_for():
    def told():
        work_in_slices_of(0.0002)
        return slice_said(), *apart(slice_said)

    assert apart(told) == [("200000", "200000")]
    assert slice_said() != "200000"


def test_asking_for_slices_leaves_the_priority_as_it_was():
    def told():
        os.nice(3)
        work_in_slices_of(0.0002)
        return os.getpriority(os.PRIO_PROCESS, 0)

    assert apart(told) == [os.getpriority(os.PRIO_PROCESS, 0) + 3]


@pytest.mark.parametrize(("asked", "answer"), [("machine", "another"), ("system", "Darwin")])
def test_where_the_kernel_cannot_be_told_nothing_is_done(monkeypatch, asked, answer):
    monkeypatch.setattr(platform, asked, lambda: answer)

    assert not work_in_slices_of(0.0002)


def test_who_works_by_other_rules_is_left_alone(monkeypatch):
    monkeypatch.setattr(processor.os, "sched_getscheduler", lambda _: os.SCHED_BATCH)

    assert not work_in_slices_of(0.0002)


@pytest.mark.skipif(not SESSION.exists(), reason="this kernel does not group by sessions")
def test_whoever_comes_later_does_so_with_her_whole_session():
    does = f"from {come_later.__module__} import *; come_later(4); print(SESSION.read_text())"
    told = subprocess.run(
        [sys.executable, "-c", does],
        capture_output=True,
        text=True,
        check=True,
        start_new_session=True,
    )

    assert told.stdout.split()[1:] == ["nice", str(os.getpriority(os.PRIO_PROCESS, 0) + 4)]


def test_where_there_are_no_groups_of_sessions_the_process_alone_comes_later(monkeypatch, tmp_path):
    monkeypatch.setattr(processor, "SESSION", tmp_path / "nowhere" / "autogroup")
    later = apart(lambda: come_later(2) or os.getpriority(os.PRIO_PROCESS, 0))

    assert later == [os.getpriority(os.PRIO_PROCESS, 0) + 2]
