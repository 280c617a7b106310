"""The latest steps of the log on one record, with whoever took them and whoever they name."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from sqlalchemy import Select, String, and_, cast, inspect, literal, select, union_all
from sqlalchemy.orm import lazyload

from mobilizer.accounts.models import User
from mobilizer.audit.models import AuditEvent
from mobilizer.core.database import Base, db
from mobilizer.history.rules import people_in

#: A page tells so many; the rest is in the log.
MOST = 20
#: Steps that stand in the coordinator's log alone: whoever decides does not learn of a second look.
BLIND = ("second.",)


@dataclass(frozen=True)
class Line:
    """One step, who took it (None for the programme itself), and whom else it names, by id."""

    event: AuditEvent
    by: User | None
    people: Mapping[int, User]

    @cached_property
    def names(self) -> dict[int, str]:
        """What colleagues call those whom it names."""
        return {key: one.shown_name for key, one in self.people.items()}

    @cached_property
    def aliases(self) -> dict[int, str]:
        """What those whom it names are called outside the programme."""
        return {key: one.alias for key, one in self.people.items()}


@dataclass(frozen=True)
class History:
    """What happened to a record, the latest first; ``kind`` and ``key``: how the log names it."""

    lines: Sequence[Line]
    has_more: bool
    kind: str
    key: str


def happened(record: Base, **parts: Select[Any]) -> History:
    """The latest steps on a record.

    Whoever calls has found the record for the reader: nothing is checked here.

    Args:
        record: a stored record.
        parts: what belongs to it, as the log names it: the kind, and a select of the keys.
    """
    kind = record.__tablename__
    key = ":".join(str(part) for part in inspect(record).identity or ())
    keys = [select(literal(kind).label("kind"), literal(key).label("key"))]
    keys += [
        select(literal(name), cast(part.subquery().columns[0], String))
        for name, part in parts.items()
    ]
    about = union_all(*keys).subquery()
    found = db.session.execute(
        select(AuditEvent, User)
        # Joined, not asked for with IN: so both databases begin at the keys and not at the log.
        .join(
            about,
            and_(
                AuditEvent.subject_kind == about.c.kind,
                AuditEvent.subject_key == about.c.key,
            ),
        )
        .outerjoin(User, User.id == AuditEvent.by_id)
        .where(*(~AuditEvent.verb.startswith(blind) for blind in BLIND))
        .order_by(AuditEvent.id.desc())
        .limit(MOST + 1)
        .options(lazyload(User.postings))
    ).all()
    people = people_of(event for event, _ in found[:MOST])
    lines = [Line(event, by, people) for event, by in found[:MOST]]
    return History(lines, len(found) > MOST, kind, key)


def people_of(events: Iterable[AuditEvent], and_also: Iterable[int] = ()) -> dict[int, User]:
    """Those whom some steps name, and others, by id: one query, or none where nobody is named."""
    ids = set(and_also).union(*(people_in(event.details) for event in events))
    listing = select(User).where(User.id.in_(ids)).options(lazyload(User.postings))
    return {user.id: user for user in db.session.scalars(listing)} if ids else {}
