"""The names phones give: what came under one before, and nothing twice."""

from dataclasses import dataclass

from sqlalchemy import Select, select

from mobilizer.accounts.models import User
from mobilizer.core import clock
from mobilizer.core.database import db
from mobilizer.monitoring.models import Revision
from mobilizer.promises.models import Promise
from mobilizer.sync.models import Receipt
from mobilizer.sync.rules import sha256_of
from mobilizer.sync.rules.refusals import Conflict


@dataclass(frozen=True)
class Parcel:
    """One thing as it came: its name, its number and its bytes."""

    uid: str
    number: int
    body: bytes

    @property
    def sha256(self) -> str:
        """The hash of the bytes."""
        return sha256_of(self.body)


def known(parcel: Parcel, *, by: User) -> Receipt | None:
    """The receipt of this very thing, if it came before.

    From here on nothing else is taken from this person until the transaction ends.

    Raises:
        Conflict: something else came under this name, or a later number of it.
    """
    # No key of hers changes: records that only name her need not wait for this lock.
    db.session.execute(select(User.id).where(User.id == by.id).with_for_update(key_share=True))
    same = db.session.scalar(_of(parcel, by).where(Receipt.number == parcel.number))
    if same is not None and same.sha256 == parcel.sha256:
        return same
    later = _of(parcel, by).where(Receipt.number >= parcel.number)
    if db.session.scalar(later.limit(1)) is not None:
        raise Conflict
    return None


def note_revision(parcel: Parcel, revision: Revision, *, by: User) -> Receipt:
    """Give a receipt for a report.

    Raises:
        Conflict: an earlier number of this name was something else.
    """
    before = db.session.scalar(_of(parcel, by).order_by(Receipt.number.desc()).limit(1))
    if before is not None and (
        before.revision is None or before.revision.entry_id != revision.entry_id
    ):
        raise Conflict
    return _note(Receipt(revision=revision), parcel, by)


def note_promise(parcel: Parcel, promise: Promise, *, by: User) -> Receipt:
    """Give a receipt for a promise."""
    return _note(Receipt(promise=promise), parcel, by)


def _note(receipt: Receipt, parcel: Parcel, by: User) -> Receipt:
    receipt.user_id, receipt.uid, receipt.number = by.id, parcel.uid, parcel.number
    receipt.sha256, receipt.received_at = parcel.sha256, clock.now()
    db.session.add(receipt)
    db.session.flush()
    return receipt


def _of(parcel: Parcel, by: User) -> Select[Receipt]:
    return select(Receipt).where(Receipt.user_id == by.id, Receipt.uid == parcel.uid)
