"""Sending back what was approved, to be corrected."""

from mobilizer.accounts.models import User
from mobilizer.audit.actions import record
from mobilizer.core import clock
from mobilizer.core.database import db
from mobilizer.core.errors import RuleBroken
from mobilizer.core.words import N_
from mobilizer.jobs.actions import enqueue
from mobilizer.monitoring.rules.workflow import EntryState
from mobilizer.replies.actions import hold_all_of
from mobilizer.review.actions.holding import held, say
from mobilizer.review.actions.publishing import published_of
from mobilizer.review.models import Reopening
from mobilizer.review.rules import REOPENED, WHOLE, check_may_reopen, read_reason

GONE = N_(
    "Whoever filed this report is no longer a mobilizer of the cycle, so nobody could correct it. "
    "Give her the role again first."
)


def reopen(entry_id: str, typed: str, *, by: User) -> Reopening:
    """Send back what was approved, to be corrected. Asked for twice, it is done once.

    Args:
        entry_id: of an approved entry.
        typed: why; it is published with the finding that corrects this one.
        by: a coordinator of its cycle.

    Raises:
        NotVisible: she may not know of the entry.
        Incomplete: the reason says too little, or too much.
        RuleBroken: it is her own, not hers to reopen, or not approved; or nobody is left who
            could mend it.
    """
    found = held(entry_id, by)
    entry, reason = found.entry, read_reason(typed)
    made = next(iter(found.reopenings), None)
    if made and (made.by_id, made.reason) == (by.id, reason) and entry.state is EntryState.RETURNED:
        return made
    before, state = entry.state, check_may_reopen(found.standing)
    if not found.can_be_mended:
        raise RuleBroken(GONE, field="reason")
    # What the worker is just publishing is read below as public, or is let go by it.
    hold_all_of(entry.id)
    entry.state = state
    reopening = Reopening(
        entry=entry,
        finding=db.session.scalar(published_of(entry).limit(1)),
        reason=reason,
        language=by.language,
        by=by,
        reopened_at=clock.now(),
    )
    db.session.add(reopening)
    say(found, {WHOLE: reason}, by, is_return=True)
    db.session.flush()
    record(
        by,
        "entry.reopen",
        entry,
        vouches=(reopening, entry),
        state={"from": before.value, "to": entry.state.value},
        finding=reopening.finding_number,
    )
    enqueue(REOPENED, f"{REOPENED}:{reopening.id}", {"reopening": reopening.id})
    return reopening
