"""It is November 2026 in the tests of cycles."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from mobilizer.audit.models import AuditEvent
from mobilizer.core import clock
from mobilizer.core.database import db

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)


@pytest.fixture(autouse=True)
def november():
    with clock.at(NOW):
        yield


@pytest.fixture
def verbs(app):
    """The verbs of the log so far, in order."""

    def read():
        events = db.session.scalars(select(AuditEvent).order_by(AuditEvent.id))
        return [event.verb for event in events]

    return read
