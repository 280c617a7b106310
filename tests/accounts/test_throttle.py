from datetime import UTC, datetime, timedelta
from threading import Thread

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from mobilizer.accounts.actions import throttle
from mobilizer.accounts.models import Throttle
from mobilizer.accounts.rules.throttle import LIMITS, Door, Limit, network
from mobilizer.core import clock
from mobilizer.core.database import db
from mobilizer.core.errors import TooMany

NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)
MIRA = Door.SIGN_IN_NAME, "mira"
HERE = Door.SIGN_IN_ADDRESS, "192.0.2.7"
OF_NAME = LIMITS[Door.SIGN_IN_NAME].tries


@settings(deadline=None)
@given(st.integers(0, 100), st.integers(-3600, 3600))
def test_a_door_is_shut_after_so_many_tries_until_its_window_ends(tries, seconds):
    limit = Limit(10, timedelta(minutes=15))

    wait = limit.wait(tries, NOON, NOON + timedelta(seconds=seconds))

    assert (wait is not None) == (tries >= 10 and seconds < 900)
    assert wait is None or wait == timedelta(seconds=900 - seconds)


@pytest.mark.parametrize(
    ("address", "counted"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "20010db800010002::/64"),
        ("2001:db8:1:2:ffff::1", "20010db800010002::/64"),
        ("2001:db8:1:3::1", "20010db800010003::/64"),
        ("", ""),
        ("unix:", "unix:"),
    ],
)
def test_a_household_counts_as_one_address(address, counted):
    assert network(address) == counted


def shut(*knocks):
    try:
        throttle.enter(*knocks)
    except TooMany:
        return True
    return False


def test_tries_are_counted_until_the_door_is_shut_and_it_opens_again(app):
    with clock.at(NOON):
        assert [shut(MIRA) for _ in range(OF_NAME + 2)] == [False] * OF_NAME + [True, True]
    with clock.at(NOON + timedelta(minutes=14)), pytest.raises(TooMany) as told:
        throttle.enter(MIRA)
    assert told.value.wait == timedelta(minutes=1)
    with clock.at(NOON + timedelta(minutes=15)):
        assert not shut(MIRA)


def test_a_failed_try_counts_though_its_request_is_undone(app):
    throttle.enter(MIRA)
    db.session.rollback()

    assert db.session.scalars(select(Throttle.tries)).all() == [1]


def test_who_gets_in_starts_anew_and_gives_the_shared_door_its_try_back(app):
    for _ in range(4):
        throttle.enter(MIRA, HERE)

    throttle.passed(MIRA, HERE)

    counted = {row.door: row.tries for row in db.session.scalars(select(Throttle))}
    assert counted == {Door.SIGN_IN_NAME: 0, Door.SIGN_IN_ADDRESS: 3}


def test_guesses_at_many_accounts_shut_the_address(app):
    limit = LIMITS[Door.SIGN_IN_ADDRESS].tries

    results = [shut((Door.SIGN_IN_NAME, f"person {n}"), HERE) for n in range(limit + 3)]

    assert results == [False] * limit + [True] * 3


def test_neither_name_nor_address_can_be_read_from_the_table(app):
    throttle.enter(MIRA, HERE)

    for row in db.session.scalars(select(Throttle)):
        assert len(row.key_hash) == 64
        assert "mira" not in row.key_hash


def test_tries_at_the_same_moment_are_all_counted(app):
    def knock():
        with app.app_context():
            results.append(shut(MIRA))

    results: list[bool] = []
    db.session.remove()
    threads = [Thread(target=knock) for _ in range(OF_NAME + 6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(results) == [False] * OF_NAME + [True] * 6


def test_what_no_longer_counts_is_swept_away(app):
    with clock.at(NOON):
        throttle.enter((Door.SIGN_IN_NAME, "somebody else"))
    with clock.at(NOON + timedelta(hours=1)):
        throttle.enter(MIRA)
        throttle.passed(MIRA)

    assert len(db.session.scalars(select(Throttle)).all()) == 1
