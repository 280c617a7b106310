"""A report of November that waits for its mentor, and who speaks about it."""

from datetime import UTC, datetime

import pytest

from mobilizer.core import clock

NOVEMBER = datetime(2026, 11, 22, 10, tzinfo=UTC)


@pytest.fixture(autouse=True)
def november():
    with clock.at(NOVEMBER):
        yield


@pytest.fixture
def entry(make):
    make.cycle("local", first_month="2026-10", last_month="2027-06")
    return make.report(month="2026-11")
