"""Writing down who is to be told what, and what people switch on and off. The caller commits."""

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import delete, select

from mobilizer.accounts.models import User
from mobilizer.accounts.rules.names import email_address
from mobilizer.audit.actions import record
from mobilizer.core import clock
from mobilizer.core.database import db, inserting, locked
from mobilizer.jobs.actions import enqueue
from mobilizer.reminders.models import PushSubscription, ReminderChoice
from mobilizer.reminders.queries import browsers_of, wishes_of
from mobilizer.reminders.rules import MOST_BROWSERS, Browser, ReminderKind, Way

#: The kinds of jobs that deliver: one letter, one message to one browser.
MAIL, PUSH = "reminder.email", "reminder.push"


def remind(user: User, kind: ReminderKind, cause: str, about: Mapping[str, Any]) -> None:
    """Write down a delivery for each way in which she wants to be told.

    Args:
        user: who is told.
        kind: of what.
        cause: names what happened: the same cause is told once in each way.
        about: by what records the text is made when it is delivered.
    """
    if not user.is_active:
        return
    payload = {"kind": kind.value, "user": user.id, "about": dict(about)}
    wishes = wishes_of(user)
    if user.email and wishes[kind, Way.EMAIL]:
        enqueue(MAIL, f"email:{cause}", payload)
    for browser in db.session.scalars(browsers_of(user)) if wishes[kind, Way.PUSH] else ():
        enqueue(PUSH, f"push:{cause}:{browser.id}", {**payload, "browser": browser.id})


def choose(
    user: User, wanted: Iterable[tuple[ReminderKind, Way]], address: str, *, by: User
) -> None:
    """Switch on what is wanted, and everything else off; letters go to this address.

    Raises:
        RuleBroken: this is no address. An empty one is none.
    """
    db.session.scalars(locked(select(User).where(User.id == user.id))).one()
    new = email_address(address)
    if user.email != new:
        user.email = new
        record(by, "account.change", user, changed=["email"])
    wishes, wanted = wishes_of(user), set(wanted)
    changed = [wish for wish, is_on in wishes.items() if is_on != (wish in wanted)]
    for kind, way in changed:
        db.session.merge(
            ReminderChoice(user_id=user.id, kind=kind, way=way, is_on=(kind, way) in wanted)
        )
    if changed:
        record(by, "account.change", user, changed=["reminders"])


def take_messages(user: User, browser: Browser, *, by: User) -> None:
    """Send messages to a browser: to hers alone, whoever used it before."""
    values = {
        "user_id": user.id,
        "p256dh": browser.p256dh,
        "auth": browser.auth,
        "created_at": clock.now(),
    }
    row = inserting(PushSubscription).values(endpoint=browser.endpoint, **values)
    db.session.execute(row.on_conflict_do_update(index_elements=["endpoint"], set_=values))
    too_many = browsers_of(user).with_only_columns(PushSubscription.id).offset(MOST_BROWSERS)
    oldest = db.session.scalars(too_many).all()
    db.session.execute(delete(PushSubscription).where(PushSubscription.id.in_(oldest)))
    record(by, "account.change", user, changed=["reminders"])


def end_messages(user: User, endpoint: str | None = None, *, by: User) -> None:
    """Send no more messages to one of her browsers, or to none of them."""
    ending = delete(PushSubscription).where(PushSubscription.user_id == user.id)
    if endpoint is not None:
        ending = ending.where(PushSubscription.endpoint == endpoint)
    if db.session.execute(ending).rowcount:  # type: ignore[attr-defined]  # a delete has one
        record(by, "account.change", user, changed=["reminders"])


def forget(browser_id: int) -> None:
    """Let go of a browser that takes no messages any more, as its push service says."""
    db.session.execute(delete(PushSubscription).where(PushSubscription.id == browser_id))
