"""What had been published by a moment: by the order of the chain, the moment itself included."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from mobilizer.core import clock
from mobilizer.core.database import db
from mobilizer.findings.models import Finding
from mobilizer.findings.queries import head, last_day, last_number, until
from tests.builders import Builders

FIRST = datetime(2026, 10, 31, 22, 59, tzinfo=UTC)
INSTANT = timedelta(microseconds=1)


@pytest.fixture
def chain(make: Builders) -> list[Finding]:
    """Two findings of one moment, and one of the next day where their cycle is."""
    promise = make.promise()
    made = []
    for moment in (FIRST, FIRST, FIRST + timedelta(minutes=2)):
        with clock.at(moment):
            made.append(make.finding(promise))
    return made


def numbers_by(moment: datetime | None) -> list[int]:
    return list(db.session.scalars(until(select(Finding.number).order_by(Finding.number), moment)))


@pytest.mark.parametrize(
    ("moment", "last"),
    [
        (FIRST - INSTANT, 0),
        (FIRST, 2),
        (FIRST + INSTANT, 2),
        (FIRST + timedelta(minutes=2), 3),
        (FIRST + timedelta(days=900), 3),
    ],
)
def test_of_a_moment_is_what_was_published_by_it(
    chain: list[Finding], moment: datetime, last: int
) -> None:
    newest = head(until=moment)

    assert last_number(moment) == last
    assert numbers_by(moment) == [one.number for one in chain][:last]
    assert (newest.number if newest else 0) == last


def test_without_a_moment_it_is_all(chain: list[Finding]) -> None:
    assert numbers_by(None) == [one.number for one in chain]
    assert head() is chain[-1]


def test_the_last_day_is_that_of_the_cycles_own_newest_finding(
    chain: list[Finding], make: Builders
) -> None:
    with clock.at(FIRST + timedelta(days=5)):
        make.finding(make.promise(cycle=make.cycle("other")))
    assert str(db.session.scalar(last_day(chain[0].cycle_id))) == "2026-11-01"
