"""Stamps, the time trap and the work: none of it needs a database."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mobilizer.requests.rules import stamps
from mobilizer.requests.rules.stamps import LASTS, SOONEST, SOONEST_PLAIN, Stamp, Trap

KEY, NOW = b"a secret", datetime(2026, 11, 22, 10, tzinfo=UTC)
RANDOM = b"123456789"
STAMP = stamps.make(KEY, 7, NOW, RANDOM)
#: The longest text that SHA-256 takes in one block: the script hashes no other.
ONE_BLOCK = 55


def test_a_stamp_is_known_again_by_its_promise_alone():
    assert stamps.read(KEY, 7, STAMP) == Stamp(STAMP, NOW)
    assert stamps.read(KEY, 8, STAMP) is None
    assert stamps.read(b"another secret", 7, STAMP) is None


@given(st.integers(0, len(STAMP) - 1), st.characters(codec="ascii"))
def test_a_changed_stamp_is_none_of_ours(at, sign):
    changed = STAMP[:at] + sign + STAMP[at + 1 :]
    assert (stamps.read(KEY, 7, changed) is None) is (changed != STAMP)


@given(st.text(max_size=80))
def test_what_anybody_types_is_no_stamp(text):
    assert stamps.read(KEY, 7, text) is None


def test_a_stamp_tells_no_time_of_day_that_can_be_read():
    assert str(int(NOW.timestamp()))[:6] not in STAMP


@pytest.mark.parametrize("is_worked", [True, False])
def test_what_comes_sooner_than_a_person_writes_is_too_soon(is_worked):
    stamp = Stamp(STAMP, NOW)
    soonest, step = SOONEST if is_worked else SOONEST_PLAIN, timedelta(microseconds=1)
    assert stamp.trap(NOW + soonest - step, is_worked=is_worked) is Trap.TOO_SOON
    assert stamp.trap(NOW + soonest, is_worked=is_worked) is Trap.IN_TIME
    assert stamp.trap(NOW + LASTS, is_worked=is_worked) is Trap.IN_TIME
    assert stamp.trap(NOW + LASTS + step, is_worked=is_worked) is Trap.TOO_OLD


def test_without_work_the_trap_is_longer():
    assert SOONEST_PLAIN > SOONEST


def test_work_that_was_done_is_believed_for_its_stamp_alone():
    done = stamps.work(STAMP)
    assert stamps.is_worked(STAMP, done)
    assert not stamps.is_worked(stamps.make(KEY, 7, NOW, b"another  "), done)


@pytest.mark.parametrize("change", [lambda one: one[1:], lambda one: [*one, "1"], sorted])
def test_work_is_whole_and_in_its_order(change):
    done = stamps.work(STAMP).split(".")
    assert not stamps.is_worked(STAMP, ".".join(change(done)))


@pytest.mark.parametrize(
    "said", ["", "1", "x", "." * 15, ".".join(["1"] * 16), "9" * 10_000, "١" + ".1" * 15]
)
def test_what_was_not_worked_for_is_not_believed(said):
    assert not stamps.is_worked(STAMP, said)


def test_the_script_can_hash_what_is_asked_of_it():
    assert len(f"{STAMP}:{stamps.PUZZLES - 1}:{'9' * 9}") <= ONE_BLOCK


def test_a_link_is_made_from_its_stamp_and_our_secret():
    assert stamps.token(KEY, STAMP) == stamps.token(KEY, STAMP)
    assert stamps.token(b"another secret", STAMP) != stamps.token(KEY, STAMP)
    assert STAMP not in stamps.token(KEY, STAMP)
