"""What the tests of decisions look at: what was stored, and that nothing was."""

from datetime import UTC, datetime

from sqlalchemy import func, select

from mobilizer.core.database import db
from mobilizer.findings.models import Finding
from mobilizer.monitoring.models import Comment
from mobilizer.monitoring.rules.workflow import EntryState
from mobilizer.review.models import Decision

NOW = datetime(2026, 11, 22, 10, tzinfo=UTC)
WHY = "Please say who told you."


def findings():
    return db.session.scalars(select(Finding).order_by(Finding.number)).all()


def how_many(model):
    return db.session.scalar(select(func.count()).select_from(model))


def nothing_happened(entry):
    return (
        entry.state is EntryState.SUBMITTED
        and how_many(Decision) == how_many(Finding) == how_many(Comment) == 0
    )
