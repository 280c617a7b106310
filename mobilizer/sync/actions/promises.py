"""Taking a promise that was logged on a phone. The caller commits."""

from collections.abc import Callable, Mapping

from mobilizer.accounts.models import User
from mobilizer.core.database import db, locked
from mobilizer.core.errors import RuleBroken
from mobilizer.cycles.models import Cycle
from mobilizer.promises import actions as promises
from mobilizer.promises.models import PromiseDraft
from mobilizer.promises.queries import cycles_of, draft_of
from mobilizer.promises.rules.values import PromiseValues
from mobilizer.sync.actions.names import Parcel, known, note_promise
from mobilizer.sync.models import Receipt
from mobilizer.sync.rules.promises import promise_from
from mobilizer.sync.rules.refusals import Conflict, Faulty

#: What reads typed fields as the screens would, or says what is wrong with them.
Read = Callable[[Cycle, Mapping[str, list[str]]], PromiseValues]


def take_promise(parcel: Parcel, read: Read, *, by: User) -> tuple[Receipt, bool]:
    """Write a promise down, under the name of the draft it was typed in.

    Args:
        parcel: under the draft's name.
        read: the screens' own validation.
        by: the author.

    Returns:
        The receipt, and whether it is a new one: the same sent again gives the same.

    Raises:
        NotVisible: she does not log in this cycle, or the name is another's.
        Malformed: it is not written as agreed.
        Faulty: something is missing or wrong; every fault names its field.
        Conflict: something else came under this name, or was made of this draft on a page.
    """
    receipt = known(parcel, by=by)
    if receipt is not None:
        return receipt, False
    sent = promise_from(parcel.body)
    cycle = db.one_or_404(cycles_of(by, "promise.write").where(Cycle.code == sent.cycle))
    draft = _draft(parcel.uid, cycle, by)
    values = read(cycle, sent.typed)
    try:
        promise = promises.finish(draft, values, by=by)
    except RuleBroken as fault:
        raise Faulty([RuleBroken(fault.message, field=fault.field or "", **fault.params)]) from None
    return note_promise(parcel, promise, by=by), True


def _draft(uid: str, cycle: Cycle, by: User) -> PromiseDraft:
    """Her draft of this name, held; one that is something else already is left alone."""
    promises.begin(uid, cycle, by=by)
    draft = db.one_or_404(locked(draft_of(by, uid)))
    is_other = draft.promise_id is not None or draft.changes_id is not None
    if is_other or draft.cycle_id != cycle.id:
        raise Conflict
    return draft
