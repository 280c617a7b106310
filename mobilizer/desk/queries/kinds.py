"""The kinds of records that the log vouches for, and the steps that tell of them."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, String, cast, inspect, select
from sqlalchemy.orm import joinedload, lazyload, selectinload
from sqlalchemy.orm.interfaces import ORMOption

from mobilizer.agreement.models import SecondLook
from mobilizer.assignments.models import Assignment
from mobilizer.cycles.models import Cycle, Topic
from mobilizer.elections.models import Party
from mobilizer.evidence.models import Evidence
from mobilizer.findings.models import Finding
from mobilizer.monitoring.models import Entry, Revision
from mobilizer.promises.models import Promise
from mobilizer.replies.models import HeldFinding, Reply, ReplyLink, ReplyRuling
from mobilizer.review.models import Decision, Reopening

#: So long is the longest number that a key can be: 63 bits hold all of that length.
DIGITS = 18


@dataclass(frozen=True)
class Kind:
    """Records of one kind, and the steps that tell of them."""

    name: str
    many: str
    model: Any
    #: The steps that make one; the first that tells of it is one of them.
    makers: tuple[str, ...]
    #: What these steps are about: a kind of record, and its key as the log has it.
    about: str
    about_key: ColumnElement[str]
    #: The steps that change one, and tell it anew; of these the latest counts.
    changers: tuple[str, ...] = ()
    #: The steps that take one away, and tell that it is gone.
    enders: tuple[str, ...] = ()
    #: The steps after which none tells of it any more, were it that it is gone.
    finals: tuple[str, ...] = ()
    with_: tuple[ORMOption, ...] = ()
    #: Which of the rows are told of, where not all are.
    where: tuple[ColumnElement[bool], ...] = ()
    #: It has a number of its own, by which people know it.
    is_numbered: bool = False

    @property
    def key(self) -> ColumnElement[Any]:
        """The column of its key."""
        return inspect(self.model).primary_key[0]

    @property
    def verbs(self) -> tuple[str, ...]:
        """All steps that tell of one."""
        return (*self.makers, *self.changers, *self.enders)

    def key_of(self, told: str) -> int | str:
        """A key as a step tells it; 0 for one that no record of this kind can have."""
        if self.key.type.python_type is not int:
            return told
        return int(told) if told.isdecimal() and len(told) <= DIGITS else 0


ENTRY_CHANGES = ("submit", "withdraw", "approve", "return", "reject", "release", "reopen")
PROMISE_CHANGES = ("change", "check", "publish", "reopen", "mark_duplicate")
#: All kinds, those that others rest on first.
KINDS = (
    Kind(
        "cycle",
        "cycles",
        Cycle,
        ("cycle.make",),
        Cycle.__tablename__,
        cast(Cycle.id, String),
        changers=("cycle.change", "cycle.show_first"),
    ),
    Kind(
        "topic",
        "topics",
        Topic,
        ("topic.add", "topic.import"),
        Topic.__tablename__,
        cast(Topic.id, String),
        changers=("topic.rename",),
        enders=("topic.remove",),
    ),
    Kind(
        "party",
        "parties",
        Party,
        ("party.load", "party.import", "party.invent"),
        Party.__tablename__,
        cast(Party.id, String),
        changers=("party.load",),
    ),
    Kind(
        "promise",
        "promises",
        Promise,
        ("promise.log",),
        Promise.__tablename__,
        cast(Promise.id, String),
        changers=tuple(f"promise.{step}" for step in PROMISE_CHANGES),
        with_=(
            selectinload(Promise.source),
            selectinload(Promise.places),
            selectinload(Promise.indicators),
            selectinload(Promise.changes),
        ),
        is_numbered=True,
    ),
    Kind(
        "assignment",
        "assignments",
        Assignment,
        ("assignment.make",),
        Assignment.__tablename__,
        Assignment.id.expression,
        changers=("assignment.withdraw", "assignment.hand_over"),
    ),
    Kind(
        "report",
        "reports",
        Entry,
        ("entry.start",),
        Entry.__tablename__,
        Entry.id.expression,
        changers=tuple(f"entry.{step}" for step in ENTRY_CHANGES),
    ),
    Kind(
        "evidence",
        "pieces of evidence",
        Evidence,
        ("evidence.add",),
        Evidence.__tablename__,
        Evidence.id.expression,
        changers=("evidence.keep",),
        enders=("evidence.remove",),
        with_=(joinedload(Evidence.media), lazyload(Evidence.place)),
    ),
    Kind(
        "revision",
        "revisions",
        Revision,
        ("entry.submit",),
        "entry",
        Revision.entry_id.expression,
        with_=(selectinload(Revision.evidence).options(lazyload("*")),),
    ),
    Kind(
        "decision",
        "decisions",
        Decision,
        ("entry.approve", "entry.return", "entry.reject"),
        "entry",
        select(Revision.entry_id).where(Revision.id == Decision.revision_id).scalar_subquery(),
    ),
    Kind(
        "reopening",
        "reopenings",
        Reopening,
        ("entry.reopen",),
        Entry.__tablename__,
        Reopening.entry_id.expression,
    ),
    Kind(
        "finding",
        "findings",
        Finding,
        ("finding.publish",),
        Finding.__tablename__,
        cast(Finding.number, String),
    ),
    Kind(
        "held finding",
        "findings held back",
        HeldFinding,
        ("finding.hold",),
        HeldFinding.__tablename__,
        cast(HeldFinding.id, String),
        changers=("finding.reckon", "finding.let_out", "finding.let_go"),
        finals=("finding.let_out", "finding.let_go"),
    ),
    Kind(
        "reply link",
        "links for replies",
        ReplyLink,
        ("reply.invite",),
        ReplyLink.__tablename__,
        cast(ReplyLink.id, String),
        changers=("reply.send", "reply.use", "reply.forgo", "reply.withdraw"),
        finals=("reply.use", "reply.forgo", "reply.withdraw"),
    ),
    Kind(
        "reply",
        "replies",
        Reply,
        ("reply.receive",),
        Reply.__tablename__,
        cast(Reply.id, String),
    ),
    Kind(
        "ruling",
        "rulings",
        ReplyRuling,
        ("reply.publish", "reply.decline", "reply.set_aside"),
        Reply.__tablename__,
        cast(ReplyRuling.reply_id, String),
    ),
    Kind(
        "second look",
        "second looks",
        SecondLook,
        ("second.draw",),
        "entry",
        select(Revision.entry_id).where(Revision.id == SecondLook.revision_id).scalar_subquery(),
        changers=("second.ask", "second.give"),
        enders=("second.lapse",),
        finals=("second.give",),
    ),
)
BY_TABLE = {kind.model.__tablename__: kind for kind in KINDS}
