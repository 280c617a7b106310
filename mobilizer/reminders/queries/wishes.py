"""What a person has switched on and off, and her browsers that take messages."""

from sqlalchemy import Select, select

from mobilizer.accounts.models import User
from mobilizer.core.database import db
from mobilizer.reminders.models import PushSubscription, ReminderChoice
from mobilizer.reminders.rules import ReminderKind, Way


def wishes_of(user: User) -> dict[tuple[ReminderKind, Way], bool]:
    """What she wants to be told in which way: all of it, less what she switched off."""
    chosen = {
        (choice.kind, choice.way): choice.is_on
        for choice in db.session.scalars(
            select(ReminderChoice).where(ReminderChoice.user_id == user.id)
        )
    }
    return {(kind, way): chosen.get((kind, way), True) for kind in ReminderKind for way in Way}


def is_wanted(user: User, kind: ReminderKind, way: Way) -> bool:
    """Whether she is to be told so: she may sign in, and has not switched it off."""
    return user.is_active and wishes_of(user)[kind, way]


def browsers_of(user: User) -> Select[PushSubscription]:
    """The browsers that take messages for her, the newest first."""
    return (
        select(PushSubscription)
        .where(PushSubscription.user_id == user.id)
        .order_by(PushSubscription.created_at.desc(), PushSubscription.id.desc())
    )
