"""A day, a cycle, a visitor, and what the framework is asked."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from flask import Flask

from mobilizer.core import clock
from mobilizer.core.database import db
from mobilizer.cycles.models import Cycle
from tests.builders import Builders
from tests.publication.visitors import Calls, Visitor

NOON = datetime(2026, 11, 29, 12, 0, tzinfo=UTC)


@pytest.fixture
def noon() -> Iterator[None]:
    with clock.at(NOON):
        yield


@pytest.fixture
def titled(noon: None, make: Builders) -> Cycle:
    cycle = make.cycle("local", names={"en": "The old name"})
    db.session.commit()
    return cycle


@pytest.fixture
def calls(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Calls:
    return Calls(app.extensions["front"], monkeypatch)


@pytest.fixture
def visitor(app: Flask, titled: Cycle) -> Visitor:
    return Visitor(app)
