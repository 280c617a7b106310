"""People, their postings, their invitations, and the throttle at the door."""

from datetime import date, datetime

from flask_login import UserMixin
from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship, validates

from mobilizer.accounts.rules import Reach, Role, reach
from mobilizer.accounts.rules.invitations import InvitationState, state
from mobilizer.core import clock
from mobilizer.core.database import Model, UtcDateTime, words
from mobilizer.places.models import Place
from mobilizer.places.rules import search_words


class User(UserMixin, Model):
    """A person with an account. In public she is her alias, unless she chose to be named."""

    __tablename__ = "user"
    __table_args__ = (Index("uq_user_public_page", "public_page", unique=True),)

    id: Mapped[int] = mapped_column(primary_key=True)
    #: What she signs in with: an e-mail address or a user name, in lower case.
    sign_in_name: Mapped[str] = mapped_column(String(254), unique=True)
    email: Mapped[str | None] = mapped_column(String(254))
    full_name: Mapped[str] = mapped_column(String(120), default="")
    alias: Mapped[str] = mapped_column(String(80), default="")
    is_named_in_public: Mapped[bool] = mapped_column(default=False)
    #: The last part of the address of her public page, made of her alias; None: she has none.
    public_page: Mapped[str | None] = mapped_column(String(80))
    language: Mapped[str] = mapped_column(String(8), default="en")
    password_hash: Mapped[str] = mapped_column(String(200))
    deactivated_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    #: When she last typed her password; how long ago she was here is told by her sessions.
    signed_in_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    #: The words of all her names, normalised, for the search in any script; kept in step below.
    search_words: Mapped[str] = mapped_column(Text, default="")

    postings: Mapped[list["Posting"]] = relationship(
        back_populates="user", lazy="selectin", foreign_keys="Posting.user_id"
    )

    @validates("sign_in_name", "full_name", "alias")
    def _named(self, changed: str, name: str) -> str:
        names = {key: getattr(self, key) or "" for key in ("sign_in_name", "full_name", "alias")}
        self.search_words = search_words((names | {changed: name}).values())
        return name

    @property
    def is_active(self) -> bool:
        """Whether she may sign in."""
        return self.deactivated_at is None

    @property
    def shown_name(self) -> str:
        """What colleagues in the programme call her: never shown in public."""
        return self.full_name or self.alias or self.sign_in_name

    @property
    def known_name(self) -> str:
        """What a mobilizer may read of her: never what she signs in with, her e-mail often."""
        return self.full_name or self.alias

    @property
    def current_postings(self) -> list["Posting"]:
        """Her postings that have not ended."""
        return [posting for posting in self.postings if posting.ended_at is None]

    @property
    def roles(self) -> set[Role]:
        """The roles of all her current postings."""
        return {posting.role for posting in self.current_postings}

    def may(self, permission: str) -> bool:
        """Whether any of her postings grants a permission, however far it reaches."""
        return self.is_active and reach(permission, self.roles) is not None

    def reach(self, permission: str, cycle_id: int | None = None) -> Reach | None:
        """How far a permission goes for her in a cycle; None when she lacks it there."""
        if not self.is_active:
            return None
        roles = {
            posting.role
            for posting in self.current_postings
            if cycle_id is None or posting.cycle_id in (cycle_id, None)
        }
        return reach(permission, roles)

    def region_ids(self, role: Role, cycle_id: int | None = None) -> set[int]:
        """The regions where she holds a role (places' ids), in one cycle or in all."""
        return {
            posting.region_id
            for posting in self.current_postings
            if posting.role == role
            and posting.region_id is not None
            and (cycle_id is None or posting.cycle_id == cycle_id)
        }

    def cycle_ids(self, role: Role) -> set[int]:
        """The cycles in which she holds a role."""
        return {
            posting.cycle_id
            for posting in self.current_postings
            if posting.role == role and posting.cycle_id is not None
        }


class Posting(Model):
    """One person in one role, in one cycle, in one region.

    Administrators have neither cycle nor region; coordinators have no region.
    """

    __tablename__ = "posting"
    __table_args__ = (Index("ix_posting_cycle_role", "cycle_id", "role"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    cycle_id: Mapped[int | None] = mapped_column(ForeignKey("cycle.id"))
    role: Mapped[Role] = mapped_column(words(Role))
    region_id: Mapped[int | None] = mapped_column(ForeignKey("place.id"))
    #: A mobilizer's one dedicated mentor.
    mentor_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    user: Mapped[User] = relationship(back_populates="postings", foreign_keys=[user_id])
    mentor: Mapped[User | None] = relationship(foreign_keys=[mentor_id])
    region: Mapped[Place | None] = relationship()


class StandIn(Model):
    """Who looks after an absent mentor's reports, from a day to a day, both included.

    The moments are those days in the time zone of the posting's cycle.
    """

    __tablename__ = "stand_in"

    id: Mapped[int] = mapped_column(primary_key=True)
    #: The absent mentor's.
    posting_id: Mapped[int] = mapped_column(ForeignKey("posting.id"), index=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    first_day: Mapped[date]
    last_day: Mapped[date]
    begins_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ends_at: Mapped[datetime] = mapped_column(UtcDateTime)
    named_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    named_at: Mapped[datetime] = mapped_column(UtcDateTime)

    posting: Mapped[Posting] = relationship()
    user: Mapped[User] = relationship(foreign_keys=[user_id])


class Invitation(Model):
    """A single-use way in, for one role in one place. The token is kept as a hash only."""

    __tablename__ = "invitation"

    id: Mapped[int] = mapped_column(primary_key=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    role: Mapped[Role] = mapped_column(words(Role))
    cycle_id: Mapped[int | None] = mapped_column(ForeignKey("cycle.id"))
    region_id: Mapped[int | None] = mapped_column(ForeignKey("place.id"))
    mentor_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    #: What the coordinator calls the person until she has come: a name or an initial.
    note: Mapped[str] = mapped_column(String(120), default="")
    language: Mapped[str] = mapped_column(String(8), default="en")
    invited_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime)
    used_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    used_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    withdrawn_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    region: Mapped[Place | None] = relationship()
    mentor: Mapped[User | None] = relationship(foreign_keys=[mentor_id])

    @property
    def state(self) -> InvitationState:
        """What has become of it by now."""
        return state(self.expires_at, self.used_at, self.withdrawn_at, clock.now())


class WayBack(Model):
    """A single-use link by which somebody who lost her password chooses another.

    The token is kept as a hash only. A newer link, or closing the account, makes it worthless.
    """

    __tablename__ = "way_back"

    id: Mapped[int] = mapped_column(primary_key=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    opened_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    opened_at: Mapped[datetime] = mapped_column(UtcDateTime)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime)
    used_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    user: Mapped[User] = relationship(foreign_keys=[user_id])


class Throttle(Model):
    """Failed tries at a door, per account and per address, shared by all processes."""

    __tablename__ = "throttle"
    __table_args__ = (UniqueConstraint("door", "key_hash"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    door: Mapped[str] = mapped_column(String(32))
    key_hash: Mapped[str] = mapped_column(String(64))
    tries: Mapped[int] = mapped_column(default=0)
    window_began_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
