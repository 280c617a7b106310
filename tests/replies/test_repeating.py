"""While a month is held back, a later one that only repeats it tells the public nothing of it."""

import pytest
from sqlalchemy import select

from mobilizer.core.database import db
from mobilizer.cycles.rules import month_after
from mobilizer.findings.models import Finding
from mobilizer.monitoring.models import Revision
from mobilizer.monitoring.rules.workflow import RevisionKind
from mobilizer.replies.models import HeldFinding
from mobilizer.replies.queries import rating_up_to
from mobilizer.scoring.rules import Rating


@pytest.mark.parametrize(
    ("kind", "answers"),
    [
        (RevisionKind.NOT_FOUND_OUT, {"evidence": [], "because": "no_reply"}),
        (RevisionKind.NO_CHANGE, {"tried": "I went there again and nothing was different."}),
    ],
)
@pytest.mark.parametrize("days", [0, 10])
def test_a_report_that_leaves_things_as_they_stood_tells_nothing_of_what_is_held(
    make, kind, answers, days
):
    held = make.held(rating=Rating.PARTLY_KEPT)
    assignment = db.session.get_one(Revision, held.revision_id).entry.assignment
    assignment.cycle.reply_days = days
    entry = make.entry(assignment, month=f"{month_after(held.month):%Y-%m}", state="submitted")
    make.revision(entry, Rating.PARTLY_KEPT, kind=kind, **answers)

    make.decision(entry, "approve")

    assert not db.session.scalars(select(Finding)).all()
    assert db.session.scalars(select(HeldFinding)).all() == [held]
    assert rating_up_to(held.promise_id, held.place_id, held.month) is None
