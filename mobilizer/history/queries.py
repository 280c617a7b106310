"""The latest steps of the log on one record, with whoever took them: one query, however many."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, String, and_, cast, inspect, literal, select, union_all
from sqlalchemy.orm import lazyload

from mobilizer.accounts.models import User
from mobilizer.audit.models import AuditEvent
from mobilizer.core.database import Base, db

#: A page tells so many; the rest is in the log.
MOST = 20
#: Steps that stand in the coordinator's log alone: whoever decides does not learn of a second look.
BLIND = ("second.",)


@dataclass(frozen=True)
class Line:
    """One step, and who took it; None for the programme itself."""

    event: AuditEvent
    by: User | None


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
    lines = [Line(event, by) for event, by in found[:MOST]]
    return History(lines, len(found) > MOST, kind, key)
