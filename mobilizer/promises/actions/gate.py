"""The testability gate, and the way to the public."""

from mobilizer.accounts.models import User
from mobilizer.audit.actions import record
from mobilizer.core import clock
from mobilizer.core.errors import RuleBroken
from mobilizer.core.words import N_
from mobilizer.promises import queries
from mobilizer.promises.actions.changing import allow
from mobilizer.promises.actions.history import note
from mobilizer.promises.actions.recording import index
from mobilizer.promises.models import Promise
from mobilizer.promises.rules import PromiseState, Testability, Verb, after
from mobilizer.promises.rules.gate import check_finding, check_reason, check_seen

OWN = N_("Nobody checks a promise that she logged or changed herself.")
BROUGHT = N_("You handed in this promise from a phone's file. Somebody else checks it.")
STAYS = N_("Give the number of the promise that stays: another one, and no duplicate itself.")
IS_DUPLICATE = N_("This promise is marked as a duplicate. Its double goes on.")


def check(
    promise: Promise,
    testability: Testability,
    reason: str = "",
    *,
    by: User | None,
    seen: str | None = None,
) -> None:
    """Say whether anybody could ever tell if this promise is kept. Twice is once.

    Args:
        promise: locked by the caller.
        testability: what was found.
        reason: why; needed when it is not testable, and published then.
        by: the person; None for an operator's import, whose tracker checked it.
        seen: the mark of the promise that she looked at.

    Raises:
        Overtaken: it has changed since she looked, or somebody else has checked it.
        RuleBroken: it is not hers to check, it is her own, it is a duplicate or published, or
            the reason is missing.
    """
    state, _ = after(promise.state, Verb.CHECK)
    if by is not None:
        if promise.logged_by_id == by.id:
            raise RuleBroken(OWN)
        if promise.handed_in_by_id == by.id:
            raise RuleBroken(BROUGHT)
        allow(queries.overseen_by(by), promise)
        if not queries.reaches(queries.checkable_by(by), promise):
            raise RuleBroken(OWN)
    found = (state, testability, reason.strip(), by.id if by is not None else None)
    if found == _found(promise):
        return
    _step_on(promise, seen)
    check_finding(testability, reason)
    before = promise.testability
    promise.state = state
    promise.testability = testability
    promise.testability_reason = reason.strip()
    promise.checked_by_id = by.id if by is not None else None
    promise.checked_at = clock.now()
    record(
        by,
        "promise.check",
        promise,
        vouches=promise,
        testability={"from": before, "to": testability.value},
    )


def publish(promise: Promise, *, by: User | None, seen: str | None = None) -> None:
    """Show a checked promise to the public, for good.

    Raises:
        Overtaken: it has changed since she looked, or what was found of it.
        RuleBroken: it is not checked or is a duplicate, or it is not hers to publish.
    """
    state, _ = after(promise.state, Verb.PUBLISH)
    _step_on(promise, seen)
    if by is not None:
        allow(queries.publishable_by(by), promise)
    promise.state = state
    promise.published_at = clock.now()
    index(promise)
    record(by, "promise.publish", promise, vouches=promise, number=promise.number)


def reopen(promise: Promise, reason: str, *, by: User, seen: str | None = None) -> None:
    """Send a checked promise back to be checked anew.

    Raises:
        Overtaken: it has changed since she looked, or somebody has checked it again.
        RuleBroken: it is not checked or not hers to check, or no reason is given.
    """
    state, _ = after(promise.state, Verb.REOPEN)
    allow(queries.overseen_by(by), promise)
    check_seen(seen, promise.mark)
    check_reason(reason)
    note(promise, "state", promise.state.value, state.value, by=by, reason=reason)
    promise.state = state
    record(by, "promise.reopen", promise, vouches=promise)


def mark_duplicate(
    promise: Promise,
    of: Promise | None,
    reason: str = "",
    *,
    by: User,
    seen: str | None = None,
) -> None:
    """Say of which other promise this one is a double; None takes that back. Twice is once.

    Raises:
        Overtaken: somebody has named another one meanwhile, or changed this one.
        RuleBroken: it is not hers to change or is published, or the other one is itself, a
            duplicate too, or of another cycle.
    """
    allow(queries.editable_by(by), promise)
    if promise.state is PromiseState.PUBLISHED:
        raise RuleBroken(N_("A published promise stays. Mark its double instead."))
    if of is not None and (of.id == promise.id or of.duplicate_of_id is not None):
        raise RuleBroken(STAYS, field="duplicate_of")
    if of is not None and of.cycle_id != promise.cycle_id:
        raise RuleBroken(N_("Both promises must be of one cycle."), field="duplicate_of")
    if promise.duplicate_of_id == (of.id if of is not None else None):
        return
    check_seen(seen, promise.mark, field="duplicate_of")
    before = promise.duplicate_of.number if promise.duplicate_of else None
    promise.duplicate_of_id = of.id if of is not None else None
    record(
        by,
        "promise.mark_duplicate",
        promise,
        vouches=promise,
        duplicate_of={"from": before, "to": of.number if of is not None else None},
        reason=reason.strip(),
    )


def _found(promise: Promise) -> tuple[PromiseState, Testability | None, str, int | None]:
    """What was found so far, and by whom."""
    reason = promise.testability_reason
    return promise.state, promise.testability, reason, promise.checked_by_id


def _step_on(promise: Promise, seen: str | None) -> None:
    check_seen(seen, promise.mark)
    if promise.duplicate_of_id is not None:
        raise RuleBroken(IS_DUPLICATE)
