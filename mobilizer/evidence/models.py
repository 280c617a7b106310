"""What proves an entry: links, videos, photos, request numbers."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from mobilizer.audit.models import Vouched, Worded
from mobilizer.core.database import Model, Uid, UtcDateTime, new_uid, words
from mobilizer.core.errors import RuleBroken
from mobilizer.evidence.rules.copies import widths_of
from mobilizer.evidence.rules.faults import refusal
from mobilizer.evidence.rules.links import EvidenceKind
from mobilizer.evidence.rules.uploads import UploadState
from mobilizer.places.models import Place


class Media(Vouched, Model):
    """A photo or clip as we keep it: re-encoded, nameless, known by the hash of the public copy.

    Width, height and the copies are those of the photo, or of the clip's face. The original as
    it came stays private, under its own hash, in another folder.
    """

    FACTS = (
        *("sha256", "original_sha256", "width", "height", "size", "duration", "has_webp"),
        *("copies", "received_at"),
    )

    __tablename__ = "media"

    sha256: Mapped[str] = mapped_column(String(64), primary_key=True)
    original_sha256: Mapped[str] = mapped_column(String(64), index=True)
    width: Mapped[int]
    height: Mapped[int]
    size: Mapped[int]
    #: Of a clip, in milliseconds; 0 for a photo.
    duration: Mapped[int] = mapped_column(default=0)
    #: Whether its copies are kept as WebP too; of the oldest they are not.
    has_webp: Mapped[bool] = mapped_column(default=False)
    #: The hash of each public copy, by what follows in its name; of the oldest there is none.
    copies: Mapped[dict[str, Any]] = mapped_column(default=dict)
    received_at: Mapped[datetime] = mapped_column(UtcDateTime)

    @property
    def widths(self) -> tuple[int, ...]:
        """The widths it is offered in, the smallest first, its own last."""
        return widths_of(self.width)


class Evidence(Worded, Model):
    """One piece of evidence for an entry. It does not change; revisions name what they rest on.

    Only its file may come later.
    """

    LASTS = (
        *("id", "entry_id", "kind", "provider", "source_kind", "taken_on", "indicators"),
        *("has_consent", "place_id", "added_by_id", "added_at"),
    )
    FACTS = (*LASTS, "media_sha256", "file")
    WORDS = ("address", "caption")

    __tablename__ = "evidence"

    id: Mapped[str] = mapped_column(Uid, primary_key=True, default=new_uid)
    entry_id: Mapped[str] = mapped_column(ForeignKey("entry.id"), index=True)
    kind: Mapped[EvidenceKind] = mapped_column(words(EvidenceKind))
    #: The canonical address of a link or video; the number of a request; else "".
    address: Mapped[str] = mapped_column(String(2000), default="")
    provider: Mapped[str] = mapped_column(String(20), default="")
    media_sha256: Mapped[str | None] = mapped_column(ForeignKey("media.sha256"))
    caption: Mapped[str] = mapped_column(String(300), default="")
    #: Where it comes from: a word of ``evidence.rules``, such as a site visit or a document.
    source_kind: Mapped[str] = mapped_column(String(32), default="")
    taken_on: Mapped[date | None]
    #: The positions of the indicators it is about; an empty list means all of them.
    indicators: Mapped[list[Any]]
    #: Whether the people shown agreed; without it a photo is never published.
    has_consent: Mapped[bool] = mapped_column(default=False)
    #: No finer than the municipality.
    place_id: Mapped[int | None] = mapped_column(ForeignKey("place.id"))
    added_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    added_at: Mapped[datetime] = mapped_column(UtcDateTime)

    media: Mapped[Media | None] = relationship()
    #: How its file comes, where it comes in pieces.
    upload: Mapped["Upload | None"] = relationship(back_populates="evidence", passive_deletes=True)
    place: Mapped[Place | None] = relationship()

    @property
    def file(self) -> Mapping[str, Any] | None:
        """What the log tells of its photo or clip, as a part of it."""
        return self.media.as_told().facts if self.media else None


class Upload(Model):
    """A photo or clip that comes in pieces, announced by the report that rests on it.

    The bytes so far lie in the private part of the store, under this record's name.
    """

    __tablename__ = "upload"

    id: Mapped[str] = mapped_column(Uid, primary_key=True)
    evidence_id: Mapped[str] = mapped_column(
        ForeignKey("evidence.id", ondelete="CASCADE"), unique=True
    )
    #: Over the whole file, as the phone says.
    sha256: Mapped[str] = mapped_column(String(64))
    #: Of the whole file, and of what has come, in bytes.
    size: Mapped[int]
    received: Mapped[int] = mapped_column(default=0)
    state: Mapped[UploadState] = mapped_column(words(UploadState))
    #: Why it was refused, as a message id.
    fault: Mapped[str] = mapped_column(String(200), default="")
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)

    evidence: Mapped[Evidence] = relationship(back_populates="upload")

    @property
    def refusal(self) -> RuleBroken | None:
        """Why it was refused, with what its sentence says in numbers."""
        return refusal(self.fault) if self.state is UploadState.REFUSED else None
