"""A day in November 2026, in the second month of a cycle: where tests of months begin."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from mobilizer.core import clock
from mobilizer.cycles.models import Cycle
from tests.builders import Builders

NOW = datetime(2026, 11, 22, 10, tzinfo=UTC)


@pytest.fixture
def in_november() -> Iterator[None]:
    """The month has opened on the 20th; October is over."""
    with clock.at(NOW):
        yield


@pytest.fixture
def second_month(in_november: None, make: Builders) -> Cycle:
    """A cycle that began in October."""
    return make.cycle("local", first_month="2026-10", last_month="2027-06")
