"""The rule of the last weeks: parties can reply before a finding is published, so it waits."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from functools import partial

from sqlalchemy import Select, select

from mobilizer.core import clock
from mobilizer.core.database import db
from mobilizer.cycles.actions import change
from mobilizer.demo.actions.ground import Stage, moment, settings_of
from mobilizer.replies.actions import keep_contact, letter_sent, publish_due
from mobilizer.replies.actions.deadlines import reckon
from mobilizer.replies.models import HeldFinding, ReplyLink

#: For so long the rule holds by now, and so many days it gives: the first are published by now.
SINCE, DAYS = timedelta(days=24), 12
#: The party whose address nobody knows: its findings wait for somebody to tell it.
UNTOLD = "walnut"


def held_back(stage: Stage) -> Iterator[tuple[datetime, Callable[[], object]]]:
    """When the rule is changed, and what every morning since then brings."""
    began = stage.today - SINCE
    yield moment(began), partial(_let_reply, stage)
    for day in range(1, SINCE.days):
        yield moment(began + timedelta(days=day)), _deliver


def wait_on(stage: Stage) -> None:
    """Write down the day of what still waits, for the worker of whoever looks around."""
    with clock.at(moment(stage.today)):
        for held in db.session.scalars(_waiting()):
            reckon(held, "story")


def _let_reply(stage: Stage) -> None:
    by = stage.coordinator()
    change(stage.cycle, settings_of(stage.months, reply_days=DAYS), by=by)
    for told in stage.story.parties:
        if told.key != UNTOLD:
            address, language = f"press@{told.key}.example", by.language
            keep_contact(stage.cycle, stage.parties[told.key], address, language, by=by)


def _deliver() -> None:
    """The letters of the day before have arrived; what has waited long enough is published."""
    letters = select(ReplyLink).where(ReplyLink.salt != "").order_by(ReplyLink.id)
    for link in db.session.scalars(letters).all():
        letter_sent(link)
    due = _waiting().where(HeldFinding.publish_at <= clock.now())
    for held in db.session.scalars(due).all():
        publish_due(held.id)


def _waiting() -> Select[HeldFinding]:
    return select(HeldFinding).where(HeldFinding.ended_at.is_(None)).order_by(HeldFinding.id)
