"""Changing what was written down, with its history."""

from sqlalchemy import Select

from mobilizer.accounts.models import User
from mobilizer.audit.actions import record
from mobilizer.core.database import db
from mobilizer.core.errors import RuleBroken
from mobilizer.core.words import N_
from mobilizer.promises import queries
from mobilizer.promises.actions.history import counts_under, note, told
from mobilizer.promises.actions.recording import held, index, source_of, write
from mobilizer.promises.models import Promise
from mobilizer.promises.rules.gate import check_reason, check_seen, state_after_change
from mobilizer.promises.rules.values import PromiseValues


def change(
    promise: Promise,
    values: PromiseValues,
    *,
    by: User | None,
    reason: str = "",
    seen: int | None = None,
) -> list[str]:
    """Change a promise and tell which fields were different.

    Once it has been checked, each change is kept in its history, with the reason.

    Args:
        promise: locked by the caller.
        values: all that is said of it now.
        by: the person; None for an operator's import.
        reason: why, needed once it has been checked.
        seen: the version of the promise that she looked at.

    Raises:
        RuleBroken: something is wrong with the values or the reason, she may not change it,
            somebody else has meanwhile, or an indicator that has been checked would be gone.
    """
    if by is not None:
        allow(queries.editable_by(by), promise)
    check_seen(seen, promise.version)
    stands = by is None or queries.reaches(queries.overseen_by(by), promise)
    before, counted = told(promise), counts_under(promise)
    _rewrite(promise, held(values))
    after, counts = told(promise), counts_under(promise)
    changed = [field for field in before | after if before.get(field) != after.get(field)]
    moved = {
        name: [counted[name], counts[name]] for name in counts if counted[name] != counts[name]
    }
    # Of two things with one name the words are the same.
    changed += [name for name in moved if name not in changed]
    if not changed:
        return []
    if promise.checked_at is not None:
        check_reason(reason)
        for field in changed:
            was, is_now = before.get(field, ""), after.get(field, "")
            note(promise, field, was, is_now, by=by, reason=reason)
    promise.version += 1
    promise.state = state_after_change(promise.state, by_who_may_check=stands)
    index(promise)
    record(
        by,
        "promise.change",
        promise,
        vouches=promise,
        fields=changed,
        moved=moved,
        state=promise.state.value,
    )
    return changed


def _rewrite(promise: Promise, values: PromiseValues) -> None:
    fewer = len(values.indicators) < len(promise.indicators)
    if fewer and promise.checked_at is not None:
        raise RuleBroken(
            N_("An indicator that has been checked can be changed, not taken away."),
            field="indicators",
        )
    promise.source = source_of(values)
    write(promise, values)
    db.session.flush()
    db.session.refresh(promise, ["party", "topic", "places"])


def allow(reached: Select[Promise], promise: Promise) -> None:
    """Let a step pass if the promise is among those it reaches.

    Raises:
        RuleBroken: it is not.
    """
    if not queries.reaches(reached, promise):
        raise RuleBroken(N_("This step on this promise is not yours to take."))
