"""Parties reply to findings of their promises: one reply is published, one waits."""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial

from sqlalchemy import select

from mobilizer.core import clock
from mobilizer.core.database import db
from mobilizer.demo.actions.ground import Stage, moment
from mobilizer.demo.rules.story import ReplyTold
from mobilizer.findings.models import Finding
from mobilizer.promises.models import Promise
from mobilizer.replies.actions import Addressee, Written, decide, invite, receive
from mobilizer.replies.rules import AddresseeKind, Ruling
from mobilizer.scoring.rules import Rating

#: How long before its reply a party was asked.
ASKED = timedelta(days=4)
#: What a party would answer to before anything else.
SORE = (Rating.STALLED, Rating.BROKEN, Rating.NOT_STARTED)


def replies(stage: Stage) -> list[tuple[datetime, Callable[[], object]]]:
    """When each party replies."""
    return [
        (moment(stage.today - timedelta(days=told.days)), partial(_reply, stage, told))
        for told in stage.story.replies
    ]


def _reply(stage: Stage, told: ReplyTold) -> None:
    about = _about(stage, told)
    if about is None:
        return
    name = stage.parties[told.party].names[told.language]
    asked = Addressee(AddresseeKind.PARTY, name, told.language)
    with clock.at(clock.now() - ASKED):
        _, token = invite(about, asked, by=stage.coordinator())
    reply = receive(token, Written(name, told.text, told.language, told.function))
    if told.is_published:
        decide(reply, Ruling.PUBLISH, by=stage.coordinator())


def _about(stage: Stage, told: ReplyTold) -> Finding | None:
    """The newest finding that a party would not like; None where there is none."""
    sore = (
        select(Finding)
        .join(Finding.promise)
        .where(Promise.party_id == stage.parties[told.party].id, Finding.rating.in_(SORE))
        .order_by(Finding.number.desc())
    )
    return db.session.scalars(sore.limit(1)).first()
