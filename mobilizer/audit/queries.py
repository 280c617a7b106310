"""Walking the log, and its newest seal."""

from collections.abc import Iterable, Iterator

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from mobilizer.audit.models import AuditEvent, AuditSeal
from mobilizer.audit.rules import GENESIS, Fault, Seal, Step, faults
from mobilizer.core.database import db

#: How many rows are held in memory while the log is walked.
STRIDE = 1000
#: What a row says that was changed behind our back into none of ours: no moment, no JSON.
UNREADABLE = (LookupError, ValueError, TypeError, AttributeError)
COLUMNS = (
    AuditEvent.id,
    AuditEvent.at,
    AuditEvent.by_id,
    AuditEvent.verb,
    AuditEvent.subject_kind,
    AuditEvent.subject_key,
    AuditEvent.details,
    AuditEvent.phone_time,
)
SEAL = (AuditSeal.number, AuditSeal.event_id, AuditSeal.previous_hash, AuditSeal.hash)


def head(session: Session) -> Seal | None:
    """The newest seal of all."""
    newest = session.execute(select(*SEAL).order_by(AuditSeal.number.desc()).limit(1))
    return next((Seal(*row) for row in newest), None)


def steps(session: Session, ids: Iterable[int]) -> Iterator[Step]:
    """These rows of the log as they are stored, in the order of their ids."""
    wanted = sorted(ids)
    for begin in range(0, len(wanted), STRIDE):
        some = AuditEvent.id.in_(wanted[begin : begin + STRIDE])
        rows = session.execute(select(*COLUMNS).where(some).order_by(AuditEvent.id))
        yield from (Step(**row) for row in rows.mappings())


def number_of_rows() -> int:
    """How many steps were logged."""
    return db.session.scalar(select(func.count(AuditEvent.id))) or 0


def sealed(hash_: str) -> Seal | None:
    """The seal that bears a hash, such as a head that was kept elsewhere."""
    found = db.session.execute(select(*SEAL).where(AuditSeal.hash == hash_))
    return next((Seal(*row) for row in found), None)


def broken_seals() -> Iterator[Fault]:
    """Walk the whole log and tell every fault, with bounded memory."""
    before, first = GENESIS, 1
    while seals := _seals(first):
        yield from faults(seals, _read([seal.event_id for seal in seals]), before, first)
        before, first = seals[-1].hash, seals[-1].number + 1
    yield from (Fault(row, "was put in without a seal") for row in _unsealed())


def _seals(first: int) -> list[Seal]:
    following = select(*SEAL).where(AuditSeal.number >= first).order_by(AuditSeal.number)
    return [Seal(*row) for row in db.session.execute(following.limit(STRIDE))]


def _read(ids: list[int]) -> dict[int, Step | None]:
    """These rows by id; where one holds what none of ours can, one by one."""
    try:
        return {step.id: step for step in steps(db.session(), ids)}
    except UNREADABLE:
        return {row: step for one in ids for row, step in _read_one(one)}


def _read_one(row: int) -> list[tuple[int, Step | None]]:
    try:
        return [(row, step) for step in steps(db.session(), [row])]
    except UNREADABLE:
        return [(row, None)]


def _unsealed() -> Iterator[int]:
    """Rows without a seal, in the order of their ids."""
    seal = select(AuditSeal.event_id).where(AuditSeal.event_id == AuditEvent.id).exists()
    after = 0
    while True:
        some = select(AuditEvent.id).where(~seal, AuditEvent.id > after).order_by(AuditEvent.id)
        found = list(db.session.scalars(some.limit(STRIDE)))
        if not found:
            return
        yield from found
        after = found[-1]
