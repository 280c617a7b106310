"""November, when a month is open."""

from collections.abc import Iterator

import pytest

from mobilizer.core import clock
from tests.support.world import NOVEMBER


@pytest.fixture(autouse=True)
def november() -> Iterator[None]:
    with clock.at(NOVEMBER):
        yield
