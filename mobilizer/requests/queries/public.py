"""What anybody may ask about, what the holder of a link may see, and what the public reads."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Select, select
from sqlalchemy.orm import contains_eager, joinedload

from mobilizer.core.database import db
from mobilizer.core.sessions import hashed
from mobilizer.cycles.models import Cycle
from mobilizer.promises.models import Promise
from mobilizer.promises.rules import PromiseState
from mobilizer.requests.models import PublicRequest, PublishedAnswer

#: So many answers stand on a promise's page, the newest ones.
MOST_SHOWN = 50


def askable(number: int) -> Select[Promise]:
    """A promise that anybody may ask about: one that the public reads."""
    return (
        select(Promise)
        .join(Promise.cycle)
        .where(Cycle.is_public, Promise.state == PromiseState.PUBLISHED, Promise.number == number)
        .options(contains_eager(Promise.cycle))
    )


def by_token(token: str) -> Select[PublicRequest]:
    """What a secret link opens. Unknown and erased ones are one answer: nothing."""
    return (
        select(PublicRequest)
        .join(PublicRequest.promise)
        .join(Promise.cycle)
        .where(PublicRequest.token_hash == hashed(token), PublicRequest.erased_at.is_(None))
        .options(
            contains_eager(PublicRequest.promise).contains_eager(Promise.cycle),
            joinedload(PublicRequest.shown),
        )
    )


def answered_on(promise: Promise) -> Sequence[PublishedAnswer]:
    """The published answers on a promise, the newest first."""
    return db.session.scalars(
        select(PublishedAnswer)
        .where(PublishedAnswer.promise_id == promise.id)
        .order_by(PublishedAnswer.published_at.desc(), PublishedAnswer.request_id.desc())
        .limit(MOST_SHOWN)
    ).all()


def answered_in(cycle: Cycle, until: datetime) -> Select[PublishedAnswer]:
    """The answers that were published in a cycle by a moment: by promise, the earlier first."""
    return (
        select(PublishedAnswer)
        .join(PublishedAnswer.promise)
        .where(Promise.cycle_id == cycle.id, Promise.state == PromiseState.PUBLISHED)
        .where(PublishedAnswer.published_at <= until)
        .order_by(Promise.number, PublishedAnswer.published_at, PublishedAnswer.request_id)
        .options(contains_eager(PublishedAnswer.promise).joinedload(Promise.cycle))
    )
