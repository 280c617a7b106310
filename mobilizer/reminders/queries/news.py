"""What there is to tell a person at this moment, if it is still true, in the language set."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask_babel import gettext, ngettext
from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from mobilizer.accounts.models import User
from mobilizer.assignments.models import Assignment, Handover
from mobilizer.conversation.queries import may_read, new_to, unread_threads
from mobilizer.core import clock
from mobilizer.core.database import db
from mobilizer.core.formats import day
from mobilizer.monitoring.models import Comment, Entry, Revision
from mobilizer.monitoring.queries import months_of
from mobilizer.monitoring.rules.workflow import EntryState
from mobilizer.reminders.rules import STALE, ReminderKind, round_of
from mobilizer.review.models import Decision, Reopening

#: Where a mobilizer's work begins.
WORK = "/field/"


@dataclass(frozen=True)
class News:
    """What a message says: one line, and what to do."""

    title: str
    body: str
    #: Where it leads.
    path: str = WORK


def news(user: User, kind: ReminderKind, about: Mapping[str, Any]) -> News | None:
    """What a reminder says now; None when it is no longer true."""
    return _NEWS[kind](user, about)


def _due(user: User, about: Mapping[str, Any]) -> News | None:
    months = months_of(user)
    open_now = [*months.still_open, *(task for one in months.now for task in one.tasks)]
    month = date.fromisoformat(about["month"])
    waiting = [
        task
        for task in open_now
        if task.is_to_do and (task.assignment.cycle_id, task.month) == (about["cycle"], month)
    ]
    if not waiting:
        return None
    due = waiting[0].window.due
    if round_of(due, clock.today(waiting[0].assignment.cycle.time_zone)) is None:
        return None
    title = ngettext(
        "%(num)s report is due by %(day)s",
        "%(num)s reports are due by %(day)s",
        len(waiting),
        day=day(due),
    )
    return News(title, gettext("Without a network it can be filed too, and sent later."))


def _returned(user: User, about: Mapping[str, Any]) -> News | None:
    stands = _reopened(about) if "reopening" in about else _stands(about)
    if stands is not EntryState.RETURNED:
        return None
    back = db.session.scalar(
        select(func.count(Entry.id))
        .join(Entry.assignment)
        .where(Assignment.mobilizer_id == user.id, Entry.state == EntryState.RETURNED)
    )
    title = ngettext("%(num)s report came back", "%(num)s reports came back", back or 1)
    return News(title, gettext("Open it to see what is asked."))


def _decided(_: User, about: Mapping[str, Any]) -> News | None:
    state = _stands(about)
    if state is EntryState.APPROVED:
        return News(gettext("1 report was approved"), gettext("Thank you."))
    if state is EntryState.REJECTED:
        return News(gettext("1 report was rejected"), gettext("Open it to see why."))
    return None


def _handed_over(user: User, about: Mapping[str, Any]) -> News | None:
    """How many came to her, else how many went from her, of those that passed at a time."""
    passed = db.session.scalars(
        select(Handover)
        .where(Handover.id.in_(about["handovers"]))
        .options(joinedload(Handover.begun), joinedload(Handover.ended))
    ).all()
    recent = [one for one in passed if clock.now() - one.made_at <= STALE]
    came = [one for one in recent if one.begun.mobilizer_id == user.id and _is_held(one.begun)]
    went = [one for one in recent if one.ended.mobilizer_id == user.id and _is_held(one.begun)]
    if came:
        title = ngettext(
            "%(num)s promise is now yours to follow",
            "%(num)s promises are now yours to follow",
            len(came),
        )
        return News(title, gettext("Open the month to see from when on."))
    if went:
        title = ngettext(
            "%(num)s promise passes to somebody else",
            "%(num)s promises pass to somebody else",
            len(went),
        )
        return News(title, gettext("What you filed stays yours. Thank you."))
    return None


def _is_held(begun: Assignment) -> bool:
    """Whether the new one is still in those hands: it may have been handed back meanwhile."""
    return begun.withdrawn_at is None


def _message(user: User, about: Mapping[str, Any]) -> News | None:
    comment = db.session.get(Comment, about["comment"])
    if comment is None or clock.now() - comment.said_at > STALE:
        return None
    entry = comment.entry
    is_new = may_read(user, entry.id) and new_to(user, entry.id)
    unread = unread_threads(user) if is_new else 0
    if not unread:
        return None
    title = ngettext("New in %(num)s conversation", "New in %(num)s conversations", unread)
    is_author = entry.assignment.mobilizer_id == user.id
    path = "/field/messages" if is_author else "/desk/messages"
    return News(title, gettext("Open it to read and to answer."), path)


def _stands(about: Mapping[str, Any]) -> EntryState | None:
    """The state a decision left a report in, if that is where it stands still."""
    decided = select(Decision.verdict, Decision.decided_at, Entry.state).where(
        Decision.id == about["decision"],
        Revision.id == Decision.revision_id,
        Entry.id == Revision.entry_id,
        Entry.newest == Revision.number,
    )
    row = db.session.execute(decided).one_or_none()
    if row is None or clock.now() - row.decided_at > STALE:
        return None
    outcome: EntryState = row.verdict.outcome
    return outcome if row.state is outcome else None


def _reopened(about: Mapping[str, Any]) -> EntryState | None:
    """The state of a report that was reopened, if nobody has let that lie for too long."""
    reopening = db.session.get(Reopening, about["reopening"])
    if reopening is None or clock.now() - reopening.reopened_at > STALE:
        return None
    return reopening.entry.state


_NEWS = {
    ReminderKind.DUE: _due,
    ReminderKind.RETURNED: _returned,
    ReminderKind.DECIDED: _decided,
    ReminderKind.HANDED_OVER: _handed_over,
    ReminderKind.MESSAGE: _message,
}
