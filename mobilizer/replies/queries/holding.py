"""What is held back from publication, and what a body can reply to."""

from collections.abc import Collection, Sequence
from datetime import date, datetime

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select
from sqlalchemy.orm import joinedload

from mobilizer.core import clock
from mobilizer.core.database import db
from mobilizer.findings.models import Finding
from mobilizer.findings.queries import of_promise
from mobilizer.monitoring.models import Entry, Revision
from mobilizer.monitoring.rules.workflow import EntryState
from mobilizer.replies.models import HeldFinding, Reply, ReplyLink, ReplyRuling
from mobilizer.replies.rules import Asked, Ruling, body_key, deadline_of
from mobilizer.scoring.rules import Rating


def is_standing() -> ColumnElement[bool]:
    """Still to be published: its report is approved as it was, not reopened or sent anew."""
    approved = (
        select(Entry.id)
        .join(Revision, Revision.entry_id == Entry.id)
        .where(
            Revision.id == HeldFinding.revision_id,
            Revision.number == Entry.newest,
            Entry.state == EntryState.APPROVED,
        )
    )
    return and_(HeldFinding.ended_at.is_(None), exists(approved))


def held_of(revision_id: int) -> HeldFinding | None:
    """What is held back of a revision; None where it is published or says nothing new."""
    mine = select(HeldFinding).where(HeldFinding.revision_id == revision_id, is_standing())
    return db.session.scalars(mine.limit(1)).first()


def asked_about(held_id: int) -> list[Asked]:
    """Who was asked about what is held back, as the database has it now, and what came of it."""
    rows = db.session.execute(
        select(
            ReplyLink.kind,
            ReplyLink.addressee,
            ReplyLink.told_at,
            ReplyLink.expires_at,
            ReplyLink.forgone_at,
            ReplyLink.withdrawn_at,
            Reply.received_at,
            ReplyRuling.ruling,
            ReplyRuling.decided_at,
        )
        .outerjoin(Reply, Reply.link_id == ReplyLink.id)
        .outerjoin(ReplyRuling, ReplyRuling.reply_id == Reply.id)
        .where(ReplyLink.held_id == held_id)
    )
    return [
        Asked(
            body=body_key(row.kind, row.addressee),
            told_at=row.told_at,
            expires_at=row.expires_at,
            forgone_at=row.forgone_at,
            accepted_at=row.decided_at if row.ruling is Ruling.PUBLISH else None,
            unread_since=row.received_at if row.ruling is None else None,
            is_withdrawn=row.withdrawn_at is not None,
        )
        for row in rows
    ]


def reply_until(link: ReplyLink, told_at: datetime | None = None) -> datetime | None:
    """When the days before publication are over of the body that holds a link.

    Args:
        link: the link.
        told_at: when the body is told, if that is only about to be.
    """
    if link.held is None or link.held.ended_at is not None:
        return None
    body = body_key(link.kind, link.addressee)
    asked, zone = asked_about(link.held.id), link.promise.cycle.time_zone
    if told_at is not None:
        asked.append(Asked(body, told_at, link.expires_at))
    return deadline_of(body, asked, link.held.days, zone)


def holds_of(promise_id: int) -> Sequence[HeldFinding]:
    """All that is held back of a promise, by month."""
    return db.session.scalars(
        select(HeldFinding)
        .where(HeldFinding.promise_id == promise_id, is_standing())
        .options(joinedload(HeldFinding.place))
        .order_by(HeldFinding.month, HeldFinding.id)
    ).all()


def readings(promise_id: int) -> list[Finding]:
    """The latest finding of a promise in each place."""
    latest: dict[int, Finding] = {}
    for finding in db.session.scalars(of_promise(promise_id)):
        latest.setdefault(finding.place_id, finding)
    return list(latest.values())


def rating_up_to(promise_id: int, place_id: int, month: date) -> Rating | None:
    """How things stand in a place up to a month, as the public reads it."""
    listing = of_promise(promise_id).where(Finding.place_id == place_id, Finding.month <= month)
    found = db.session.scalars(listing.limit(1)).first()
    return found.rating if found else None


def held_before(promise_id: int, place_id: int, month: date) -> HeldFinding | None:
    """What is held back of an earlier month of a promise in a place, the latest of it."""
    earlier = _before(promise_id, place_id, month).where(is_standing())
    latest_first = earlier.order_by(HeldFinding.month.desc(), HeldFinding.id.desc())
    return db.session.scalars(latest_first.limit(1)).first()


def is_held_before(promise_id: int, place_id: int, month: date) -> bool:
    """Whether an earlier month of a promise in a place is held back from the public."""
    return held_before(promise_id, place_id, month) is not None


def waits_its_turn(held: HeldFinding) -> bool:
    """Whether it says "the same as last month" of a month that is still held back."""
    return held.repeats and is_held_before(held.promise_id, held.place_id, held.month)


def repeats_nothing(held: HeldFinding) -> bool:
    """Whether it was the same as a month that was held back, and the public reads another now.

    That fell away, or was corrected: nobody learns by this what was said in it.
    """
    if not held.repeats:
        return False
    waited = or_(HeldFinding.ended_at.is_(None), HeldFinding.ended_at > held.held_at)
    before = _before(held.promise_id, held.place_id, held.month).where(waited)
    if db.session.scalar(select(before.exists())) is not True:
        return False
    return rating_up_to(held.promise_id, held.place_id, held.month) is not held.rating


def after(held: HeldFinding) -> Sequence[HeldFinding]:
    """What is held back of later months of the same, and its time has come."""
    later = select(HeldFinding).where(
        HeldFinding.promise_id == held.promise_id,
        HeldFinding.place_id == held.place_id,
        HeldFinding.month > held.month,
    )
    return db.session.scalars(later.where(_is_due()).order_by(HeldFinding.month)).all()


def overdue() -> Sequence[HeldFinding]:
    """All that is held back though its time has come: it waits its turn."""
    return db.session.scalars(select(HeldFinding).where(_is_due()).order_by(HeldFinding.id)).all()


def first_months(promise_ids: Collection[int]) -> dict[tuple[int, int], date]:
    """The earliest month that is held back of these promises, by promise and place."""
    rows = db.session.execute(
        select(HeldFinding.promise_id, HeldFinding.place_id, func.min(HeldFinding.month))
        .where(HeldFinding.promise_id.in_(promise_ids), is_standing())
        .group_by(HeldFinding.promise_id, HeldFinding.place_id)
    )
    return {(promise_id, place_id): month for promise_id, place_id, month in rows}


def _before(promise_id: int, place_id: int, month: date) -> Select[HeldFinding]:
    return select(HeldFinding).where(
        HeldFinding.promise_id == promise_id,
        HeldFinding.place_id == place_id,
        HeldFinding.month < month,
    )


def _is_due() -> ColumnElement[bool]:
    return and_(HeldFinding.ended_at.is_(None), HeldFinding.publish_at <= clock.now())
