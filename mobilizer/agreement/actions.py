"""Drawing second looks, and giving one. The caller commits."""

from dataclasses import replace

from sqlalchemy import select

from mobilizer.accounts.models import User
from mobilizer.agreement.models import SecondLook
from mobilizer.agreement.queries import looked
from mobilizer.agreement.queries.drawing import (
    asked_for,
    candidates,
    is_wanted,
    open_looks,
    to_draw,
)
from mobilizer.agreement.rules import Answer, NoLongerAsked, choose, is_drawn, may_look
from mobilizer.audit.actions import record
from mobilizer.core import clock
from mobilizer.core.database import db, locked
from mobilizer.core.errors import RuleBroken
from mobilizer.core.words import N_
from mobilizer.cycles.models import Cycle


def draw(cycle: Cycle) -> None:
    """Bring the second looks of a cycle up to date. Done twice, it is done once.

    What went back lapses; what came in is drawn for; whoever may not look any more is let off;
    and what nobody looks at goes to whoever may, if there is anybody.
    """
    _lapse(cycle)
    for revision in db.session.scalars(to_draw(cycle)).all():
        if is_drawn(cycle.drawing_seed, revision.entry_id, cycle.second_share):
            look = SecondLook(revision=revision, drawn_at=clock.now())
            db.session.add(look)
            record(None, "second.draw", revision.entry, vouches=look, revision=revision.number)
    db.session.flush()
    _ask(cycle)


def give(look_id: int, answer: Answer, *, by: User) -> SecondLook:
    """Give the rating of a second look. The same given twice is given once.

    Raises:
        NotVisible: it was not drawn to her.
        NoLongerAsked: she has to do with the report by now.
        RuleBroken: she gave another one before.
    """
    db.session.scalars(locked(select(SecondLook).where(SecondLook.id == look_id))).one_or_none()
    look = looked(by, look_id).look
    if look.given_at is not None:
        if (look.rating, look.reason) == (answer.rating, answer.reason):
            return look
        raise RuleBroken(N_("You have given your rating. It does not change any more."))
    cycle = look.revision.entry.assignment.cycle
    her = candidates(cycle).get(by.id)
    if her is None or not may_look(her, asked_for([look])[look.id]):
        raise NoLongerAsked
    look.rating, look.reason, look.given_at = answer.rating, answer.reason, clock.now()
    # Not what she said: whoever decides first reads the log as well.
    record(by, "second.give", look.revision.entry, vouches=look, revision=look.revision.number)
    return look


def _lapse(cycle: Cycle) -> None:
    for look in db.session.scalars(open_looks(cycle)).all():
        if not is_wanted(look):
            entry, number = look.revision.entry, look.revision.number
            record(None, "second.lapse", entry, removes=look, revision=number)
            db.session.delete(look)
    db.session.flush()


def _ask(cycle: Cycle) -> None:
    looks = db.session.scalars(open_looks(cycle)).all()
    asked, mentors = asked_for(looks), candidates(cycle)
    for look in looks:
        hers = mentors.get(look.coder_id or 0)
        if hers is not None and may_look(hers, asked[look.id]):
            continue
        chosen = choose(cycle.drawing_seed, asked[look.id], mentors.values())
        before, look.coder_id = look.coder_id, chosen.id if chosen else None
        if chosen is not None:
            mentors[chosen.id] = replace(chosen, load=chosen.load + 1)
        if before != look.coder_id:
            entry, number = look.revision.entry, look.revision.number
            record(None, "second.ask", entry, vouches=look, revision=number)
