from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from mobilizer.jobs.rules import FIRST_WAIT, LONGEST_WAIT, MOST_TRIES, STRETCH, wait_after

tries = st.integers(1, MOST_TRIES - 1)
chance = st.floats(0, 1)


def test_the_waits_are_doubled_up_to_an_hour():
    waits = [wait_after(number, 0).total_seconds() for number in range(1, MOST_TRIES)]

    assert waits == [30, 60, 120, 240, 480, 960, 1920, 3600, 3600]


@given(st.integers(MOST_TRIES, 10**9), chance)
def test_after_ten_tries_a_job_is_given_up(number, luck):
    assert wait_after(number, luck) is None


@given(tries, chance)
def test_no_wait_is_shorter_than_the_first_or_longer_than_the_longest_stretched(number, luck):
    assert FIRST_WAIT <= wait_after(number, luck) <= LONGEST_WAIT * (1 + STRETCH)


@given(tries.filter(lambda number: number < MOST_TRIES - 1), chance)
def test_no_wait_is_shorter_than_the_one_before(number, luck):
    assert wait_after(number, luck) <= wait_after(number + 1, luck)


@given(tries, chance)
def test_chance_only_lengthens_and_by_a_quarter_at_most(number, luck):
    plain = wait_after(number, 0)

    assert timedelta(0) <= wait_after(number, luck) - plain <= plain * STRETCH
