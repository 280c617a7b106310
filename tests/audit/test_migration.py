"""What was logged before there were seals is sealed by the migration, and can be unsealed again."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa
from alembic.script import ScriptDirectory
from flask import Flask
from flask_migrate import downgrade, upgrade

from mobilizer.audit import queries
from mobilizer.audit.models import AuditEvent
from mobilizer.core.database import db
from tests.support.applications import application
from tests.support.databases import STORES

#: The migration that seals, and the one before it, however they are numbered.
SEALING = next(
    script
    for script in ScriptDirectory("migrations").walk_revisions()
    if script.module.__name__.endswith("audit_chain_py")
)
GAPS = (1, 2, 5, 9, 3000)
NOON = datetime(2026, 11, 1, 12, 0, 0, 123456, tzinfo=UTC)
DETAILS = {"state": {"from": None, "to": "ж"}, "odd": "\x00'\"\\", "many": [1, 2**53, True]}


@pytest.fixture(params=list(STORES))
def before(request: pytest.FixtureRequest) -> Iterator[Flask]:
    """A programme with a log, as it was before."""
    app = application(STORES[request.param]().url)
    with app.app_context():
        upgrade(revision=SEALING.down_revision)
        rows = [
            {
                "id": key,
                "at": NOON - timedelta(hours=key),
                "verb": "entry.submit",
                "subject_kind": "entry",
                "subject_key": "x",
                "details": DETAILS,
                "phone_time": NOON if key % 2 else None,
            }
            for key in GAPS
        ]
        db.session.connection().execute(sa.insert(AuditEvent), rows)
        db.session.commit()
        yield app
        db.session.rollback()
        downgrade(revision="base")
        db.session.remove()
        db.engine.dispose()


def logged() -> list[AuditEvent]:
    kept = db.session.execute(sa.select(*queries.COLUMNS).order_by(AuditEvent.id)).all()
    db.session.rollback()
    return kept


def test_what_was_logged_is_sealed_in_order_and_unsealed_again(
    before: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    was = logged()
    monkeypatch.setattr(SEALING.module, "STRIDE", 2)
    for _ in range(2):
        upgrade(revision=SEALING.revision)
        seals = db.session.execute(sa.text("SELECT event_id FROM audit_seal ORDER BY number"))
        assert [row for (row,) in seals] == list(GAPS)
        assert list(queries.broken_seals()) == []
        for table in ("audit_event", "audit_seal"):
            with pytest.raises(sa.exc.DatabaseError, match="append-only"):
                db.session.execute(sa.text(f"DELETE FROM {table}"))
            db.session.rollback()

        downgrade(revision=SEALING.down_revision)
        assert logged() == was
        with pytest.raises(sa.exc.DatabaseError, match="append-only"):
            db.session.execute(sa.text("DELETE FROM audit_event"))
        db.session.rollback()
