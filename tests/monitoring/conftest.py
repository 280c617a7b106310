"""A day on which the month is open: it was opened on the 20th, and is due on the 28th."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from mobilizer.core import clock


@pytest.fixture
def november() -> Iterator[None]:
    with clock.at(datetime(2026, 11, 22, 10, tzinfo=UTC)):
        yield
