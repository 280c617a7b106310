"""Who follows what. An address or a browser, what it takes to write to it, and nothing else.

It is deleted with the last thing that is followed, and at one press of a button.
"""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from mobilizer.core.database import Model, Uid, UtcDateTime, new_uid, words
from mobilizer.follow.rules import Pace
from mobilizer.scorecards.rules import About


class Follower(Model):
    """An address whose owner confirmed it, or a browser that takes messages."""

    __tablename__ = "follower"
    __table_args__ = (Index("ix_follower_due", "next_on", "uid"),)

    uid: Mapped[str] = mapped_column(Uid, primary_key=True, default=new_uid)
    #: The e-mail address, or where the browser takes messages.
    reach: Mapped[str] = mapped_column(String(1000), unique=True)
    #: The browser's public key and secret; empty for an address.
    p256dh: Mapped[str] = mapped_column(String(120), default="")
    auth: Mapped[str] = mapped_column(String(40), default="")
    language: Mapped[str] = mapped_column(String(8))
    pace: Mapped[Pace] = mapped_column(words(Pace))
    #: The finding up to which everything was told, and the day of the next letter.
    seen: Mapped[int]
    next_on: Mapped[date]
    #: What the secret of her links is made from, together with the server's own; and its hash.
    salt: Mapped[str] = mapped_column(String(32))
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)

    followed: Mapped[list["Followed"]] = relationship(
        cascade="all, delete-orphan", passive_deletes=True, order_by="Followed.id"
    )

    @property
    def is_browser(self) -> bool:
        """Whether she is told by messages in a browser."""
        return bool(self.auth)


class Followed(Model):
    """One thing in a cycle that somebody follows. ``code`` is what addresses call it."""

    __tablename__ = "followed"
    __table_args__ = (
        Index("ix_followed_once", "follower_uid", "cycle_id", "about", "code", unique=True),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    follower_uid: Mapped[str] = mapped_column(ForeignKey("follower.uid", ondelete="CASCADE"))
    cycle_id: Mapped[int] = mapped_column(ForeignKey("cycle.id"))
    about: Mapped[About] = mapped_column(words(About))
    code: Mapped[str] = mapped_column(String(80), default="")


class FollowWish(Model):
    """What somebody asked to follow at an address that may not be hers, until it is confirmed."""

    __tablename__ = "follow_wish"

    uid: Mapped[str] = mapped_column(Uid, primary_key=True, default=new_uid)
    address: Mapped[str] = mapped_column(String(254))
    cycle_id: Mapped[int] = mapped_column(ForeignKey("cycle.id"))
    about: Mapped[About] = mapped_column(words(About))
    code: Mapped[str] = mapped_column(String(80), default="")
    language: Mapped[str] = mapped_column(String(8))
    pace: Mapped[Pace] = mapped_column(words(Pace))
    salt: Mapped[str] = mapped_column(String(32))
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
