"""Findings that are held back, links to reply by, replies, and what was decided on them."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, ScalarSelect, String, UniqueConstraint, func, select
from sqlalchemy.orm import Mapped, aliased, column_property, mapped_column, relationship

from mobilizer.accounts.models import User
from mobilizer.audit.models import Vouched, Worded
from mobilizer.core import clock
from mobilizer.core.database import Model, UtcDateTime, words
from mobilizer.elections.models import Party
from mobilizer.findings.models import Finding
from mobilizer.monitoring.models import Revision
from mobilizer.monitoring.rules.workflow import RevisionKind
from mobilizer.places.models import Place
from mobilizer.promises.models import Promise
from mobilizer.replies import rules
from mobilizer.replies.rules import AddresseeKind, Ground, LinkState, Ruling
from mobilizer.scoring.rules import Rating


def _first_of_report(told: Any, revision_id: Any, since: Any) -> ScalarSelect[Any]:
    """The least of something among the findings that a report publishes from a moment on."""
    held, later = aliased(Revision), aliased(Revision)
    return (
        select(func.min(told))
        .join(later, later.id == Finding.revision_id)
        .join(held, held.entry_id == later.entry_id)
        .where(held.id == revision_id, Finding.published_at >= since)
        .correlate_except(Finding, held, later)
        .scalar_subquery()
    )


class HeldFinding(Vouched, Model):
    """What an approval will publish once the body could reply: as it will be read, word by word.

    It falls away when its report is reopened or decided anew (see ``queries.is_standing``). The
    database lets its days move until it is published or falls away, and nothing else.
    """

    LASTS = (
        *("id", "revision_id", "promise_id", "place_id", "month", "rating", "content"),
        *("days", "held_at"),
    )
    FACTS = (*LASTS, "told_at", "publish_at", "ended_at", "finding_number")

    __tablename__ = "held_finding"

    id: Mapped[int] = mapped_column(primary_key=True)
    revision_id: Mapped[int] = mapped_column(ForeignKey("revision.id"), index=True)
    promise_id: Mapped[int] = mapped_column(ForeignKey("promise.id"), index=True)
    place_id: Mapped[int] = mapped_column(ForeignKey("place.id"))
    month: Mapped[date]
    rating: Mapped[Rating] = mapped_column(words(Rating))
    content: Mapped[dict[str, Any]]
    #: How many days each body has, as the cycle had it when the report was approved.
    days: Mapped[int]
    held_at: Mapped[datetime] = mapped_column(UtcDateTime)
    #: When the first body was told; when it is published as things stand (``rules.held_until``).
    told_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    publish_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    #: When it was published, or fell away: then ``finding_number`` stays empty.
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    finding_number: Mapped[int | None] = mapped_column(ForeignKey("finding.number"))
    #: What its report published first, since when: itself, or if it fell away what replaced it.
    out_number: Mapped[int | None] = column_property(
        _first_of_report(Finding.number, revision_id, held_at)
    )
    out_at: Mapped[datetime | None] = column_property(
        _first_of_report(Finding.published_at, revision_id, held_at)
    )

    promise: Mapped[Promise] = relationship()
    place: Mapped[Place] = relationship()

    @property
    def repeats(self) -> bool:
        """Whether it says "the same as last month"."""
        return bool(self.content.get("kind") == RevisionKind.NO_CHANGE.value)


class ReplyLink(Vouched, Model):
    """A single-use way for one body to reply to one finding. The token is kept as a hash only."""

    LASTS = (
        *("id", "token_hash", "promise_id", "finding_number", "held_id", "kind", "addressee"),
        *("language", "invited_by_id", "made_at"),
    )
    FACTS = (*LASTS, "told_at", "expires_at", "answered_at", "forgone_at", "withdrawn_at")

    __tablename__ = "reply_link"

    id: Mapped[int] = mapped_column(primary_key=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    promise_id: Mapped[int] = mapped_column(ForeignKey("promise.id"), index=True)
    #: What it is about: a finding, or one that is held back.
    finding_number: Mapped[int | None] = mapped_column(ForeignKey("finding.number"))
    held_id: Mapped[int | None] = mapped_column(ForeignKey("held_finding.id"), index=True)
    kind: Mapped[AddresseeKind] = mapped_column(words(AddresseeKind))
    #: The body, never a private person.
    addressee: Mapped[str] = mapped_column(String(200))
    language: Mapped[str] = mapped_column(String(8))
    #: Where the letter goes and what its token is made from: both are gone once it was sent.
    address: Mapped[str] = mapped_column(String(254), default="")
    salt: Mapped[str] = mapped_column(String(64), default="")
    invited_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    #: When the body was told: now, or when its letter was sent. Its days before publication begin.
    told_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime)
    answered_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    forgone_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    withdrawn_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    #: When the version it is about was published, where only that is known: it came in a package.
    taken_version_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    promise: Mapped[Promise] = relationship()
    finding: Mapped[Finding | None] = relationship()
    held: Mapped[HeldFinding | None] = relationship()
    reply: Mapped["Reply | None"] = relationship(back_populates="link")

    @property
    def state(self) -> LinkState:
        """What has become of it by now."""
        return rules.state(
            self.expires_at, self.answered_at, self.forgone_at, self.withdrawn_at, clock.now()
        )

    @property
    def about(self) -> int | None:
        """The number of the finding it is about; None while that is held back."""
        return self.finding_number or (self.held.finding_number if self.held else None)

    @property
    def version_at(self) -> datetime | None:
        """When the version it is about was published; if it never was, when it was approved."""
        if self.finding is not None:
            return self.finding.published_at
        if self.held is None:
            return self.taken_version_at
        is_out = self.held.finding_number is not None
        return self.held.ended_at if is_out else self.held.held_at


class Reply(Worded, Model):
    """What a body wrote, as it came: the database refuses to change or delete it."""

    FACTS = ("id", "link_id", "language", "received_at")
    WORDS = ("body", "function", "text", "url")

    __tablename__ = "reply"

    id: Mapped[int] = mapped_column(primary_key=True)
    link_id: Mapped[int] = mapped_column(ForeignKey("reply_link.id"), unique=True)
    #: As whoever wrote it signed, and her function. Anybody who holds the link can type a name.
    body: Mapped[str] = mapped_column(String(200))
    function: Mapped[str] = mapped_column(String(120), default="")
    language: Mapped[str] = mapped_column(String(8))
    text: Mapped[str] = mapped_column(String(2000))
    url: Mapped[str] = mapped_column(String(2000), default="")
    received_at: Mapped[datetime] = mapped_column(UtcDateTime)

    link: Mapped[ReplyLink] = relationship(back_populates="reply")
    ruling: Mapped["ReplyRuling | None"] = relationship(back_populates="reply")

    @property
    def of(self) -> str:
        """The body that was asked, as the coordinator named it: whose reply it is."""
        return self.link.addressee

    @property
    def names(self) -> dict[str, str]:
        """That body by all its names, where it is the party and was named by one of them.

        Else as it was named, in a language that nobody said.
        """
        known = self.link.promise.party.names if self.link.kind is AddresseeKind.PARTY else {}
        return dict(known) if self.of in known.values() else {"": self.of}

    @property
    def signed(self) -> str:
        """How whoever wrote it signed, where that is another name; "" where it is the same."""
        return "" if self.body == self.of else self.body

    @property
    def beside(self) -> int | None:
        """The number of the finding beside which the public reads it; None while it does not."""
        return self.ruling.beside if self.ruling else None

    @property
    def written_about(self) -> datetime | None:
        """Of when the version is that it answers, where it stands beside a later one."""
        stands = self.beside
        return self.link.version_at if stands and stands != self.link.about else None

    @property
    def is_overdue(self) -> bool:
        """Whether it should have been ruled on by now."""
        return self.ruling is None and self.read_by <= clock.now()

    @property
    def read_by(self) -> datetime:
        """Until when it is to be ruled on."""
        return rules.read_by(self.received_at, self.link.promise.cycle.time_zone)

    @property
    def shown_at(self) -> datetime | None:
        """Since when the public reads it: not before the finding it stands beside."""
        if self.ruling is None or self.beside is None:
            return None
        out_at = self.ruling.held.out_at if self.ruling.held else None
        return max(self.ruling.decided_at, out_at or self.ruling.decided_at)

    @property
    def shown_on(self) -> date | None:
        """The day of that where its cycle is."""
        zone = self.link.promise.cycle.time_zone
        return clock.day_of(self.shown_at, zone) if self.shown_at else None


class ReplyRuling(Worded, Model):
    """The one decision on a reply: the database refuses to change or delete it."""

    FACTS = (
        *("id", "reply_id", "ruling", "ground", "finding_number", "held_id"),
        *("by_id", "decided_at"),
    )
    WORDS = ("reason",)

    __tablename__ = "reply_ruling"

    id: Mapped[int] = mapped_column(primary_key=True)
    reply_id: Mapped[int] = mapped_column(ForeignKey("reply.id"), unique=True)
    ruling: Mapped[Ruling] = mapped_column(words(Ruling))
    ground: Mapped[Ground | None] = mapped_column(words(Ground))
    #: For the programme, never shown outside.
    reason: Mapped[str] = mapped_column(String(600), default="")
    #: The finding beside which it is published, or the held one that it is published with.
    finding_number: Mapped[int | None] = mapped_column(ForeignKey("finding.number"), index=True)
    held_id: Mapped[int | None] = mapped_column(ForeignKey("held_finding.id"), index=True)
    by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    decided_at: Mapped[datetime] = mapped_column(UtcDateTime)

    reply: Mapped[Reply] = relationship(back_populates="ruling")
    held: Mapped[HeldFinding | None] = relationship()
    by: Mapped[User] = relationship()

    @property
    def beside(self) -> int | None:
        """The number of the finding beside which the reply stands; None before that is public.

        What was held back and fell away is followed to what replaced it: an accepted reply stays.
        """
        if self.held is None:
            return self.finding_number
        return self.held.finding_number or self.held.out_number


class PartyContact(Model):
    """Where a party is told of findings in a cycle, before they are published."""

    __tablename__ = "party_contact"
    __table_args__ = (UniqueConstraint("cycle_id", "party_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    cycle_id: Mapped[int] = mapped_column(ForeignKey("cycle.id"))
    party_id: Mapped[int] = mapped_column(ForeignKey("party.id"))
    address: Mapped[str] = mapped_column(String(254))
    language: Mapped[str] = mapped_column(String(8))

    party: Mapped[Party] = relationship()
