"""Who wants to be reminded of what, and the browsers that take messages for her."""

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from mobilizer.accounts.models import User
from mobilizer.core.database import Model, UtcDateTime, words
from mobilizer.reminders.rules import ReminderKind, Way


class ReminderChoice(Model):
    """One kind of reminder in one way, switched on or off by the person. None: as by default."""

    __tablename__ = "reminder_choice"

    user_id: Mapped[int] = mapped_column(
        ForeignKey("user.id", ondelete="CASCADE"), primary_key=True
    )
    kind: Mapped[ReminderKind] = mapped_column(words(ReminderKind), primary_key=True)
    way: Mapped[Way] = mapped_column(words(Way), primary_key=True)
    is_on: Mapped[bool]


class PushSubscription(Model):
    """A browser that takes messages for a person, as its push service names it."""

    __tablename__ = "push_subscription"

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"), index=True)
    endpoint: Mapped[str] = mapped_column(String(1000), unique=True)
    #: The browser's public key and secret, base64url: what is sent can be read by it alone.
    p256dh: Mapped[str] = mapped_column(String(120))
    auth: Mapped[str] = mapped_column(String(40))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)

    user: Mapped[User] = relationship()
