"""Whether the records that the log vouches for are what its steps tell of them."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, String, cast, func, inspect, select
from sqlalchemy.orm import lazyload, selectinload
from sqlalchemy.orm.interfaces import ORMOption

from mobilizer.audit.models import AuditEvent
from mobilizer.audit.queries import STRIDE, UNREADABLE, steps
from mobilizer.audit.rules import Step, difference
from mobilizer.core.database import db
from mobilizer.findings.models import Finding
from mobilizer.monitoring.models import Revision
from mobilizer.promises.models import Promise
from mobilizer.replies.models import Reply, ReplyRuling
from mobilizer.review.models import Decision

Wanted = TypeVar("Wanted")
Read = TypeVar("Read")
#: What a step tells of a record: which it is, and the hashes of its content.
Told = Mapping[str, Any]


@dataclass(frozen=True)
class Kind:
    """Records of one kind, and the steps that tell of them."""

    name: str
    many: str
    model: Any
    #: The steps that tell its content.
    verbs: tuple[str, ...]
    #: What these steps are about: a kind of record, and its key as the log has it.
    about: str
    about_key: ColumnElement[str]
    with_: tuple[ORMOption, ...] = ()
    #: It has a number of its own, by which people know it.
    is_numbered: bool = False
    #: Steps change it, and tell it anew; of these the latest counts.
    may_change: bool = False

    @property
    def key(self) -> ColumnElement[int]:
        """The column of its key."""
        return inspect(self.model).primary_key[0]


@dataclass(frozen=True)
class Fault:
    """A record that is not what was logged."""

    name: str
    number: int
    says: str


PROMISE_STEPS = ("log", "change", "check", "publish", "reopen", "mark_duplicate")
#: All kinds, those that others rest on first.
KINDS = (
    Kind(
        "promise",
        "promises",
        Promise,
        tuple(f"promise.{step}" for step in PROMISE_STEPS),
        Promise.__tablename__,
        cast(Promise.id, String),
        (
            selectinload(Promise.source),
            selectinload(Promise.places),
            selectinload(Promise.indicators),
            selectinload(Promise.changes),
        ),
        is_numbered=True,
        may_change=True,
    ),
    Kind(
        "revision",
        "revisions",
        Revision,
        ("entry.submit",),
        "entry",
        Revision.entry_id.expression,
        (selectinload(Revision.evidence).options(lazyload("*")),),
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
        "finding",
        "findings",
        Finding,
        ("finding.publish",),
        Finding.__tablename__,
        cast(Finding.number, String),
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
)
BY_TABLE = {kind.model.__tablename__: kind for kind in KINDS}


def number_of(kind: Kind) -> int:
    """How many records of a kind there are."""
    return db.session.scalar(select(func.count()).select_from(kind.model)) or 0


def forged() -> Iterator[Fault]:
    """Walk all records that the log vouches for and tell every fault, with bounded memory.

    First those that are not what it tells, or of which it tells nothing; then those of which it
    tells and that are not there.
    """
    for kind in KINDS:
        yield from _different(kind)
    yield from _missing()


def _different(kind: Kind) -> Iterator[Fault]:
    after = None
    while keys := _keys(kind, after):
        told = _told(kind, keys)
        kept = {_key(one): one for one in _readable(keys, lambda some: _records(kind, some))}
        for key in keys:
            record = kept.get(key)
            says = difference(
                record.as_told() if record else None,
                told[str(key)],
                may_change=kind.may_change,
            )
            if says:
                number = record.number if record and kind.is_numbered else key
                yield Fault(kind.name, number, says)
        after = keys[-1]


def _keys(kind: Kind, after: int | None) -> list[int]:
    following = select(kind.key).order_by(kind.key).limit(STRIDE)
    if after is not None:
        following = following.where(kind.key > after)
    return list(db.session.scalars(following))


def _key(record: Any) -> Any:
    return inspect(record).identity[0]


def _records(kind: Kind, keys: list[int]) -> list[Any]:
    found = select(kind.model).where(kind.key.in_(keys)).options(*kind.with_)
    return list(db.session.scalars(found))


def _told(kind: Kind, keys: list[int]) -> Mapping[str, list[Told]]:
    """What the steps tell of each of these records, the latest last."""
    about = set(db.session.scalars(select(kind.about_key).where(kind.key.in_(keys))))
    telling = select(AuditEvent.id).where(
        AuditEvent.subject_kind == kind.about,
        AuditEvent.subject_key.in_(about),
        AuditEvent.verb.in_(kind.verbs),
    )
    ids = list(db.session.scalars(telling.order_by(AuditEvent.id)))
    found: dict[str, list[Told]] = defaultdict(list)
    for of, key, told in _contents(ids):
        if of is kind:
            found[key].append(told)
    return found


def _contents(ids: list[int]) -> Iterator[tuple[Kind, str, Told]]:
    """What these steps tell: of which record, and what. Unreadable ones the log's walk names."""
    for step in _readable(ids, lambda some: list(steps(db.session(), some))):
        yield from _content(step)


def _content(step: Step) -> Iterable[tuple[Kind, str, Told]]:
    told = step.details.get("content") if isinstance(step.details, dict) else None
    kind = BY_TABLE.get(told.get("of", "")) if isinstance(told, dict) else None
    return [(kind, str(told.get("key")), told)] if kind and told else []


def _missing() -> Iterator[Fault]:
    """Records of which a step tells and that are not there: taken out, or cut off an end."""
    verbs = {verb for kind in KINDS for verb in kind.verbs}
    telling = select(AuditEvent.id).where(AuditEvent.verb.in_(verbs)).order_by(AuditEvent.id)
    after, named = 0, set[tuple[str, int]]()
    while ids := list(db.session.scalars(telling.where(AuditEvent.id > after).limit(STRIDE))):
        wanted = defaultdict(set)
        for kind, key, _ in _contents(ids):
            wanted[kind].add(int(key) if key.isdecimal() else 0)
        for kind, keys in wanted.items():
            gone = keys - set(db.session.scalars(select(kind.key).where(kind.key.in_(keys))))
            fresh = {(kind.name, key) for key in gone} - named
            yield from (
                Fault(*one, "the log tells of it; it is not there") for one in sorted(fresh)
            )
            named |= fresh
        after = ids[-1]


def _readable(wanted: list[Wanted], read: Callable[[list[Wanted]], list[Read]]) -> list[Read]:
    """What can be read of these: together, or one by one if one holds what none of ours can."""
    try:
        return read(wanted)
    except UNREADABLE:
        return [] if len(wanted) == 1 else [row for one in wanted for row in _readable([one], read)]
