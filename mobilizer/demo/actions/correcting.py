"""One finding that turned out wrong, and is corrected in public."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from functools import partial

from sqlalchemy import Select, select

from mobilizer.accounts.models import User
from mobilizer.accounts.rules import Role
from mobilizer.core.database import db
from mobilizer.demo.actions.ground import Stage, moment
from mobilizer.findings.models import Finding
from mobilizer.monitoring.actions import submit
from mobilizer.monitoring.models import Entry, Revision
from mobilizer.monitoring.queries import newest_of
from mobilizer.monitoring.rules.revision import Sent
from mobilizer.monitoring.rules.workflow import EntryState, RevisionKind
from mobilizer.review.actions import decide, reopen
from mobilizer.review.rules import Ruling, Verdict
from mobilizer.scoring.rules import Rating


def corrections(stage: Stage) -> Iterator[tuple[datetime, Callable[[], object]]]:
    """When the mistake is found."""
    yield moment(stage.months[-2] + timedelta(days=8), 660), partial(correct, stage)


def correct(stage: Stage) -> None:
    """The latest "partly kept" was read too kindly: reopened, mended, approved."""
    entry = db.session.scalars(_kindest(stage)).first()
    revision = newest_of(entry) if entry else None
    if entry is None or revision is None:
        return
    hers = entry.assignment
    said, by = stage.story.phrases[hers.mobilizer.language], writes(stage)
    reopen(entry.id, stage.story.phrases[by.language]["correction"], by=by)
    rated = {"rating": Rating.IN_PROGRESS.value, "rating_reason": said["corrected"]}
    told = {**revision.answers, **rated}
    fields = {name: answer for name, answer in told.items() if isinstance(answer, str | list)}
    evidence = tuple(piece.id for piece in revision.evidence)
    sent = Sent(fields=fields, evidence=evidence, contradiction_reason=said["correction"])
    mended = submit(entry, sent, by=hers.mobilizer)
    decide(entry.id, Ruling(Verdict.APPROVE, mended.number, mended.sha256), by=hers.mentor)


def writes(stage: Stage) -> User:
    """The coordinator who writes in a language of the story: what she says is marked by it."""
    every = (stage.people[told] for told in stage.story.of(Role.COORDINATOR))
    return next(one for one in every if one.language in stage.story.phrases)


def _kindest(stage: Stage) -> Select[Entry]:
    return (
        select(Entry)
        .join(Entry.revisions)
        .join(Finding, Finding.revision_id == Revision.id)
        .where(
            Entry.state == EntryState.APPROVED,
            Revision.number == Entry.newest,
            Revision.kind == RevisionKind.FULL,
            Finding.rating == Rating.PARTLY_KEPT,
            Finding.cycle_id == stage.cycle.id,
        )
        .order_by(Finding.number.desc())
    )
