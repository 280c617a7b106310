"""What has been taken from phones: one receipt for each thing that came in."""

from datetime import datetime

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from mobilizer.core.database import Model, Uid, UtcDateTime
from mobilizer.monitoring.models import Revision
from mobilizer.promises.models import Promise


class Receipt(Model):
    """One report or promise of one person, under the name her phone gave it.

    The same name with the same content is the same thing again; with another it is a conflict.
    """

    __tablename__ = "receipt"
    __table_args__ = (UniqueConstraint("user_id", "uid", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    uid: Mapped[str] = mapped_column(Uid)
    #: Of the revision, as the phone counts; 1 for a promise.
    number: Mapped[int]
    #: Over the bytes that came in.
    sha256: Mapped[str] = mapped_column(String(64))
    revision_id: Mapped[int | None] = mapped_column(ForeignKey("revision.id"))
    promise_id: Mapped[int | None] = mapped_column(ForeignKey("promise.id"))
    received_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)

    revision: Mapped[Revision | None] = relationship()
    promise: Mapped[Promise | None] = relationship()
