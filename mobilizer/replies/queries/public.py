"""What the public reads of replies, and what the holder of a link may see."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import contains_eager

from mobilizer.core import clock
from mobilizer.core.database import db
from mobilizer.core.sessions import hashed
from mobilizer.cycles.models import Cycle
from mobilizer.findings.models import Finding
from mobilizer.places.models import Place
from mobilizer.promises.models import Promise
from mobilizer.promises.rules import PromiseState
from mobilizer.replies.models import Reply, ReplyLink, ReplyRuling
from mobilizer.replies.queries.holding import readings
from mobilizer.replies.rules import Ruling
from mobilizer.scoring.rules import Rating


@dataclass(frozen=True)
class Told:
    """What a body is shown of the finding it may reply to: no more than the public will read."""

    rating: Rating
    place: Place
    month: date
    content: dict[str, Any]
    #: Its number; None while it is held back, and then when it is published at the latest.
    number: int | None
    publish_at: datetime | None
    #: How things stand there for the public today.
    present: Rating


def by_token(token: str) -> Select[ReplyLink]:
    """The link a token opens. Unknown, expired and withdrawn ones are one answer: nothing."""
    return select(ReplyLink).where(
        ReplyLink.token_hash == hashed(token),
        ReplyLink.withdrawn_at.is_(None),
        ReplyLink.expires_at > clock.now(),
    )


def others_open(link: ReplyLink) -> bool:
    """Whether another body was asked about the same held finding, and may still reply."""
    others = select(ReplyLink.id).where(
        ReplyLink.held_id == link.held_id,
        ReplyLink.id != link.id,
        ReplyLink.withdrawn_at.is_(None),
        ReplyLink.answered_at.is_(None),
        ReplyLink.forgone_at.is_(None),
        ReplyLink.expires_at > clock.now(),
    )
    return db.session.scalar(others.limit(1)) is not None


def told(link: ReplyLink) -> Told | None:
    """The finding a link is about; None where it has fallen away."""
    about = db.session.get(Finding, link.about) if link.about else link.held
    if about is None:
        return None
    there = [one for one in readings(link.promise_id) if one.place_id == about.place_id]
    return Told(
        rating=about.rating,
        place=about.place,
        month=about.month,
        content=about.content,
        number=link.about,
        publish_at=None if isinstance(about, Finding) else about.publish_at,
        present=there[0].rating if there else Rating.NOT_YET_RATED,
    )


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
        )
        .options(
            contains_eager(Reply.link)
            .contains_eager(ReplyLink.promise)
            .joinedload(Promise.cycle, innerjoin=True),
            contains_eager(Reply.ruling),
        )
        .order_by(Reply.id)
    )


def beside(promise: Promise) -> dict[int, list[Reply]]:
    """The published replies on a promise, by the number of the finding each stands beside."""
    found: dict[int, list[Reply]] = defaultdict(list)
    mine = published(promise.cycle).where(ReplyLink.promise_id == promise.id)
    for reply in db.session.scalars(mine):
        if reply.ruling is not None and reply.ruling.finding_number is not None:
            found[reply.ruling.finding_number].append(reply)
    return dict(found)
