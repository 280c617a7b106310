"""What the public reads of replies, and what the holder of a link may see."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import ColumnElement, Select, case, func, or_, select
from sqlalchemy.orm import contains_eager, joinedload

from mobilizer.core import clock
from mobilizer.core.database import db
from mobilizer.core.sessions import hashed
from mobilizer.cycles.models import Cycle
from mobilizer.evidence.models import Media
from mobilizer.findings.models import Finding
from mobilizer.findings.queries.telling import Told as Said
from mobilizer.findings.queries.telling import media_of, tell
from mobilizer.places.models import Place
from mobilizer.promises.models import Promise
from mobilizer.promises.rules import PromiseState
from mobilizer.replies.models import HeldFinding, Reply, ReplyLink, ReplyRuling
from mobilizer.replies.queries.holding import is_standing, readings, reply_until
from mobilizer.replies.queries.versions import is_taken_back, successor
from mobilizer.replies.rules import READABLE_DAYS, Ruling
from mobilizer.scoring.rules import Rating


@dataclass(frozen=True)
class Told:
    """What a body is shown of the finding it may reply to: no more than the public will read."""

    rating: Rating
    place: Place
    month: date
    #: All that the public reads of it, or will.
    said: Said[Finding | HeldFinding]
    #: Its number; None while it is held back, and then when the body's days are over.
    number: int | None
    reply_until: datetime | None
    #: While it is held back: when it is published as things stand.
    waits_until: datetime | None
    #: Whether it no longer stands as it was written.
    is_taken_back: bool
    #: How things stand there for the public today.
    present: Rating


@dataclass(frozen=True)
class HeldBack:
    """How much a cycle holds back from the public at this moment."""

    number: int
    #: Of these, the ones of which nobody was told yet.
    untold: int
    #: When the oldest of them was approved; None where there is none.
    since: datetime | None


def held_back(cycle: Cycle) -> HeldBack:
    """What of a cycle is approved and not yet public, in numbers alone. One query."""
    untold = func.sum(case((HeldFinding.told_at.is_(None), 1), else_=0))
    standing = (
        select(func.count(HeldFinding.id), untold, func.min(HeldFinding.held_at))
        .join(HeldFinding.promise)
        .where(Promise.cycle_id == cycle.id, Promise.state == PromiseState.PUBLISHED, is_standing())
    )
    number, nobody, since = db.session.execute(standing).one()
    return HeldBack(number, nobody or 0, since)


def by_token(token: str) -> Select[ReplyLink]:
    """The link a token opens. Unknown, expired and withdrawn ones are one answer: nothing.

    One that was answered can be read for longer: it says what became of the answer.
    """
    now = clock.now()
    answered = func.coalesce(ReplyLink.answered_at, ReplyLink.forgone_at)
    return select(ReplyLink).where(
        ReplyLink.token_hash == hashed(token),
        ReplyLink.withdrawn_at.is_(None),
        or_(ReplyLink.expires_at > now, answered > now - timedelta(days=READABLE_DAYS)),
    )


def told(link: ReplyLink) -> Told | None:
    """The finding a link is about; None where there is none."""
    about = db.session.get(Finding, link.about) if link.about else link.held
    return _told(about, reply_until(link), is_taken_back(link)) if about else None


def told_after(link: ReplyLink) -> Told | None:
    """What stands in its place, where it was taken back; None while nothing does."""
    after = successor(link) if is_taken_back(link) else None
    return _told(after, None, False) if after else None


def _told(about: Finding | HeldFinding, until: datetime | None, is_over: bool) -> Told:
    held = about if isinstance(about, HeldFinding) and not is_over else None
    there = [one for one in readings(about.promise_id) if one.place_id == about.place_id]
    return Told(
        rating=about.rating,
        place=about.place,
        month=about.month,
        said=tell(about, about.rating, about.content, about.promise, media_of([about.content])),
        number=about.number if isinstance(about, Finding) else None,
        reply_until=until if held else None,
        waits_until=held.publish_at if held else None,
        is_taken_back=is_over,
        present=there[0].rating if there else Rating.NOT_YET_RATED,
    )


def media_beside(link: ReplyLink, sha256: str) -> Media | None:
    """A photo or clip of what the holder of a link may reply to, as it is; None of anything else.

    What was taken back may have been so for its photo.
    """
    for one in (told(link), told_after(link)):
        for piece in one.said.evidence if one and not one.is_taken_back else ():
            if piece.media is not None and piece.media.sha256 == sha256:
                return piece.media
    return None


def published(cycle: Cycle) -> Select[Reply]:
    """The published replies of a cycle, in the order in which they came in."""
    return (
        select(Reply)
        .join(Reply.link)
        .join(ReplyLink.promise)
        .join(Reply.ruling)
        .where(
            Promise.cycle_id == cycle.id,
            Promise.state == PromiseState.PUBLISHED,
            ReplyRuling.ruling == Ruling.PUBLISH,
            _number().is_not(None),
        )
        .options(
            contains_eager(Reply.link).options(
                contains_eager(ReplyLink.promise).joinedload(Promise.cycle, innerjoin=True),
                joinedload(ReplyLink.finding),
                joinedload(ReplyLink.held),
            ),
            contains_eager(Reply.ruling).joinedload(ReplyRuling.held),
        )
        .order_by(Reply.id)
    )


def beside_findings(numbers: Iterable[int]) -> Select[Reply]:
    """The published replies that stand beside these findings, in the order they came in."""
    return (
        select(Reply)
        .join(Reply.ruling)
        .where(ReplyRuling.ruling == Ruling.PUBLISH, _number().in_(list(numbers)))
        .options(
            joinedload(Reply.link).joinedload(ReplyLink.promise).joinedload(Promise.cycle),
            contains_eager(Reply.ruling).joinedload(ReplyRuling.held),
        )
        .order_by(Reply.id)
    )


def beside(promise: Promise) -> dict[int, list[Reply]]:
    """The published replies on a promise, by the number of the finding each stands beside."""
    found: dict[int, list[Reply]] = defaultdict(list)
    mine = published(promise.cycle).where(ReplyLink.promise_id == promise.id)
    for reply in db.session.scalars(mine):
        if reply.beside is not None:
            found[reply.beside].append(reply)
    return dict(found)


def being_read(promise: Promise) -> dict[int, list[Reply]]:
    """The replies that came before a finding was published and wait for a ruling, by its number.

    Of them the public reads that they came, and no word of what they say.
    """
    found: dict[int, list[Reply]] = defaultdict(list)
    came = (
        select(Reply)
        .join(Reply.link)
        .join(ReplyLink.held)
        .where(
            HeldFinding.promise_id == promise.id,
            HeldFinding.finding_number.is_not(None),
            Reply.received_at < HeldFinding.ended_at,
            ~Reply.ruling.has(),
        )
        .options(contains_eager(Reply.link).contains_eager(ReplyLink.held))
        .order_by(Reply.id)
    )
    for reply in db.session.scalars(came):
        if reply.link.about is not None:
            found[reply.link.about].append(reply)
    return dict(found)


def _number() -> ColumnElement[int | None]:
    """The number of the finding a reply stands beside; none while that is held back.

    What fell away is followed to what its report published in its place.
    """
    with_held = select(HeldFinding.out_number).where(HeldFinding.id == ReplyRuling.held_id)
    return func.coalesce(
        ReplyRuling.finding_number, with_held.correlate(ReplyRuling).scalar_subquery()
    )
