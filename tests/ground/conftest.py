"""The world in which every address and every form is tried."""

from collections.abc import Iterator

import pytest

from mobilizer.core import clock
from mobilizer.core.database import db
from tests.builders import Builders
from tests.support.world import NOVEMBER, World, build


@pytest.fixture
def world(make: Builders) -> Iterator[World]:
    with clock.at(NOVEMBER):
        world = build(make)
        db.session.commit()
        yield world
