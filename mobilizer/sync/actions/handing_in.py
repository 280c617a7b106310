"""Taking in what somebody's phone could not send, by a coordinator's hand. The caller commits."""

from mobilizer.accounts.models import User
from mobilizer.accounts.rules import Role
from mobilizer.audit.actions import record
from mobilizer.core.errors import NotVisible
from mobilizer.sync.actions.names import Parcel
from mobilizer.sync.actions.promises import Read, take_promise
from mobilizer.sync.actions.reports import take_report
from mobilizer.sync.models import Receipt


def hand_in(parcel: Parcel, read: Read | None, *, author: User, by: User) -> tuple[Receipt, bool]:
    """Take one thing as if its author's phone had sent it; it keeps who brought it.

    Nobody but its author could tell whether a phone ever wrote it: whoever hands it in decides on
    it as little as if she had written it.

    When the phone sent is not known, so its clock is not believed.

    Args:
        parcel: a report, or a promise.
        read: the screens' own validation of a promise; None for a report.
        author: in whose name it is.
        by: a coordinator of its cycle.

    Raises:
        NotVisible: it is of a cycle she does not coordinate, or not its author's.
        Refused: as of a phone.
    """
    if read is None:
        receipt, is_new = take_report(parcel, sent_at=None, by=author, handed_in_by=by)
    else:
        receipt, is_new = take_promise(parcel, read, by=author)
    if _cycle_id(receipt) not in by.cycle_ids(Role.COORDINATOR):
        raise NotVisible
    if is_new and receipt.revision is not None:
        record(by, "entry.hand_in", receipt.revision.entry)
    if is_new and receipt.promise is not None:
        receipt.promise.handed_in_by_id = by.id
        record(by, "promise.hand_in", receipt.promise)
    return receipt, is_new


def _cycle_id(receipt: Receipt) -> int | None:
    if receipt.revision is not None:
        return receipt.revision.entry.assignment.cycle_id
    return receipt.promise.cycle_id if receipt.promise is not None else None
