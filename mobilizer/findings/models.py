"""What has been published. Rows are added; the database refuses to change or delete one."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from mobilizer.audit.models import Vouched
from mobilizer.core.database import Model, UtcDateTime, words
from mobilizer.cycles.models import Cycle
from mobilizer.places.models import Place
from mobilizer.promises.models import Promise
from mobilizer.scoring.rules import Rating


class Finding(Vouched, Model):
    """One published rating of a promise in a place, linked by hash to the finding before it.

    ``content`` is all that the public sees of it (see ``findings.rules``): public pages read
    nothing of entries and revisions, so that a private note cannot reach them.
    """

    #: What its own hash does not say, and that hash.
    FACTS = ("number", "cycle_id", "promise_id", "place_id", "published_at", "revision_id", "hash")

    __tablename__ = "finding"
    __table_args__ = (
        Index("ix_finding_latest", "promise_id", "place_id", "month", "number"),
        Index("ix_finding_cycle_number", "cycle_id", "number"),
        # Where the chain ended at a moment.
        Index("ix_finding_published_at", "published_at", "number"),
        Index(
            "ix_finding_corrects",
            *("cycle_id", "number"),
            sqlite_where=text("corrects IS NOT NULL"),
            postgresql_where=text("corrects IS NOT NULL"),
        ),
        # The newest of some promises or places, without reading the others.
        Index("ix_finding_promise_number", "promise_id", "number"),
        Index("ix_finding_place_number", "place_id", "number"),
    )

    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    cycle_id: Mapped[int] = mapped_column(ForeignKey("cycle.id"))
    promise_id: Mapped[int] = mapped_column(ForeignKey("promise.id"))
    place_id: Mapped[int] = mapped_column(ForeignKey("place.id"), index=True)
    #: The month it is about, as the date of its first day; a tracker's verdict is about the
    #: month in which we took it over.
    month: Mapped[date]
    rating: Mapped[Rating] = mapped_column(words(Rating))
    content: Mapped[dict[str, Any]]
    #: The exact moment stays inside: it could lead to who approved, and when.
    published_at: Mapped[datetime] = mapped_column(UtcDateTime)
    #: The day where the cycle is: all that the public gets of it.
    published_on: Mapped[date]
    #: The revision it publishes; None for a finding taken over from another tracker.
    revision_id: Mapped[int | None] = mapped_column(ForeignKey("revision.id"), index=True)
    #: The tracker whose verdict this is; "" for our own.
    imported_from: Mapped[str] = mapped_column(String(120), default="")
    #: The finding this one mends, by its number.
    corrects: Mapped[int | None] = mapped_column(ForeignKey("finding.number"))
    previous_hash: Mapped[str] = mapped_column(String(64))
    hash: Mapped[str] = mapped_column(String(64), unique=True)

    cycle: Mapped[Cycle] = relationship()
    promise: Mapped[Promise] = relationship()
    place: Mapped[Place] = relationship()
