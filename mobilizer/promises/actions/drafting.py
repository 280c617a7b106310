"""Typing a promise on several screens, before it is one. Drafts are private and leave no trace."""

from sqlalchemy.exc import IntegrityError

from mobilizer.accounts.models import User
from mobilizer.core import clock
from mobilizer.core.database import db, new_uid
from mobilizer.core.errors import NotVisible, RuleBroken
from mobilizer.core.words import N_
from mobilizer.cycles.models import Cycle
from mobilizer.promises import queries
from mobilizer.promises.actions.changing import allow, change
from mobilizer.promises.actions.recording import log_promise
from mobilizer.promises.models import Promise, PromiseDraft
from mobilizer.promises.rules.drafts import Typed, mark, part
from mobilizer.promises.rules.values import PromiseValues


class Outdated(RuleBroken):
    """The screen knew something else than what is kept of it by now."""

    def __init__(self) -> None:
        """Say what happened, what was kept and what to do."""
        super().__init__(
            N_(
                "This screen was changed in another window since you opened it. What you typed "
                "here still stands below; send it again to keep it in place of the other."
            )
        )


def begin(key: str, cycle: Cycle, *, by: User) -> PromiseDraft:
    """A draft under the key that came with the form; the same one when it is sent again.

    Raises:
        NotVisible: the key is somebody else's.
        RuleBroken: she may not log in this cycle.
    """
    if by.reach("promise.write", cycle.id) is None:
        raise RuleBroken(N_("You cannot log promises in this cycle."))
    draft = _known(key, by)
    if draft is not None:
        return draft
    draft = PromiseDraft(
        id=key, author_id=by.id, cycle_id=cycle.id, typed={}, updated_at=clock.now()
    )
    try:
        with db.session.begin_nested():
            db.session.add(draft)
    except IntegrityError:  # Sent twice at the same moment.
        draft = _known(key, by)
        if draft is None:
            raise
    return draft


def _known(key: str, by: User) -> PromiseDraft | None:
    draft = db.session.get(PromiseDraft, key)
    if draft is not None and draft.author_id != by.id:
        raise NotVisible
    return draft


def begin_change(promise: Promise, typed: Typed, *, by: User) -> PromiseDraft:
    """A draft of a change, filled with what stands now.

    Raises:
        RuleBroken: she may not change this promise.
    """
    allow(queries.editable_by(by), promise)
    draft = PromiseDraft(
        id=new_uid(),
        author_id=by.id,
        cycle_id=promise.cycle_id,
        typed=dict(typed),
        changes_id=promise.id,
        seen_version=promise.version,
        updated_at=clock.now(),
    )
    db.session.add(draft)
    return draft


def keep(draft: PromiseDraft, typed: Typed, *, knew: str | None = None) -> None:
    """Keep what was typed on one screen, right or wrong.

    Args:
        draft: one's own.
        typed: all fields of the screen.
        knew: the mark of what stood on it when it was opened; not asked about if None.

    Raises:
        RuleBroken: the promise has been saved already.
        Outdated: the same screen was changed in another window meanwhile.
    """
    if draft.promise_id is not None:
        raise RuleBroken(N_("This promise has been saved already. Change it from its page."))
    stands = mark(part(draft.typed, typed))
    if knew is not None and stands not in (knew, mark(typed)):
        raise Outdated
    draft.typed = {**draft.typed, **typed}
    draft.updated_at = clock.now()


def finish(
    draft: PromiseDraft,
    values: PromiseValues,
    *,
    by: User,
    reason: str = "",
    seen: int | None = None,
) -> Promise:
    """Make the promise of it, or the change; a draft that is done answers what it made.

    Args:
        draft: locked by the caller, so that a form sent twice makes one promise.
        values: what the forms say.
        by: the author.
        reason: why it is changed, once it has been checked.
        seen: the version of the promise that she was shown last; else the one she began with.

    Raises:
        RuleBroken: as ``log_promise`` and ``change`` do.
    """
    if draft.promise is not None:
        return draft.promise
    if draft.changes is not None:
        seen = draft.seen_version if seen is None else seen
        change(draft.changes, values, by=by, reason=reason, seen=seen)
        draft.promise = draft.changes
    else:
        draft.promise = log_promise(values, by=by)
    draft.typed = {}
    return draft.promise


def discard(draft: PromiseDraft) -> None:
    """Forget what was typed; a promise that came of it stays."""
    if draft.promise_id is None:
        db.session.delete(draft)
