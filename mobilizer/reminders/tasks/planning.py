"""Jobs that only write down other jobs: who is to be told of what befell, and of a due day."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from flask import current_app
from sqlalchemy import select

from mobilizer.accounts.models import User
from mobilizer.assignments.models import Handover
from mobilizer.conversation.queries import told_of
from mobilizer.core import clock
from mobilizer.core.database import db
from mobilizer.cycles.models import Cycle
from mobilizer.jobs.actions import enqueue
from mobilizer.jobs.rules import Leased
from mobilizer.monitoring.models import Comment
from mobilizer.reminders.actions import remind
from mobilizer.reminders.queries import near_months, unfiled
from mobilizer.reminders.rules import HOUR, ReminderKind
from mobilizer.review.models import Decision, Reopening
from mobilizer.review.rules import Verdict

DAY, MONTH = "reminder.day", "reminder.month"
#: Of so many people one job writes down what they are told.
PEOPLE = 200


def tell(leased: Leased) -> None:
    """Somebody decided on a report: its author is told."""
    decision = db.session.get(Decision, leased.payload["decision"])
    if decision is None:
        return
    returned = decision.verdict is Verdict.RETURN
    kind = ReminderKind.RETURNED if returned else ReminderKind.DECIDED
    about = {"decision": decision.id}
    remind(decision.revision.author, kind, f"{kind.value}:{decision.id}", about)


def tell_reopened(leased: Leased) -> None:
    """An approved report was sent back to be corrected: its author is told as of any return."""
    reopening = db.session.get(Reopening, leased.payload["reopening"])
    if reopening is None:
        return
    kind, about = ReminderKind.RETURNED, {"reopening": reopening.id}
    remind(reopening.entry.assignment.mobilizer, kind, f"reopened:{reopening.id}", about)


def tell_both(leased: Leased) -> None:
    """Promises passed from hand to hand: whoever has them now is told, and who had them."""
    ids = leased.payload["handovers"]
    passed = db.session.scalars(select(Handover).where(Handover.id.in_(ids))).all()
    people = {one.begun.mobilizer_id for one in passed} | {one.ended.mobilizer_id for one in passed}
    for person in sorted(people):
        cause = f"handed_over:{ids[0]}:{len(ids)}:{person}"
        user = db.session.get_one(User, person)
        remind(user, ReminderKind.HANDED_OVER, cause, {"handovers": ids})


def tell_said(leased: Leased) -> None:
    """Somebody spoke in a thread: the others in it are told, once until they look again."""
    comment = db.session.get(Comment, leased.payload["comment"])
    if comment is None:
        return
    kind, entry = ReminderKind.MESSAGE, comment.entry
    for user, seen in told_of(comment):
        cause = f"{kind.value}:{entry.id}:{user.id}:{seen}"
        remind(user, kind, cause, {"comment": comment.id})


def begin_day() -> None:
    """Write down today's round of what is due soon, for a decent hour."""
    zone = current_app.config["TIME_ZONE"]
    today = clock.today(zone)
    at = datetime.combine(today, HOUR, ZoneInfo(zone))
    enqueue(DAY, f"{DAY}:{today.isoformat()}", {}, due_at=at)


def plan_day(leased: Leased) -> None:
    """Write down a job for each month that is due soon."""
    for cycle, month in near_months():
        _enqueue_month(cycle.id, month.isoformat(), leased.key, after=0)


def plan_month(leased: Leased) -> None:
    """Write down whom to tell of one month, so many at a time."""
    payload = leased.payload
    cycle = db.session.get(Cycle, payload["cycle"])
    if cycle is None:
        return
    month = date.fromisoformat(payload["month"])
    people = unfiled(cycle, month, payload["after"], PEOPLE)
    for person, days in people:
        if days is not None:
            cause = f"due:{cycle.id}:{month:%Y-%m}:{days}:{person}"
            about = {"cycle": cycle.id, "month": payload["month"]}
            remind(db.session.get_one(User, person), ReminderKind.DUE, cause, about)
    if len(people) == PEOPLE:
        _enqueue_month(cycle.id, payload["month"], payload["day"], after=people[-1][0])


def _enqueue_month(cycle: int, month: str, day: str, *, after: int) -> None:
    payload = {"cycle": cycle, "month": month, "day": day, "after": after}
    enqueue(MONTH, f"{MONTH}:{day}:{cycle}:{month}:{after}", payload)
