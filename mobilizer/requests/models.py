"""Public requests: what was sent, by when it is due, and what became of it."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from mobilizer.accounts.models import User
from mobilizer.core import clock
from mobilizer.core.database import Model, UtcDateTime, words
from mobilizer.promises.models import Promise
from mobilizer.requests import rules
from mobilizer.requests.rules import RequestKind, RequestState


class PublicRequest(Model):
    """What somebody without an account sent about a promise.

    Nothing says who she is, unless she left an address for the answer: that and what the letter's
    link is made from are gone once the answer was sent. Her words go some time after the end.
    """

    __tablename__ = "public_request"
    __table_args__ = (Index("ix_public_request_state_answer_by", "state", "answer_by"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    #: Drawn at random: it tells neither the secret of its link nor how many others there are.
    number: Mapped[int] = mapped_column(unique=True)
    #: Of the secret that opens its page: made from the form's stamp, so each stamp works once.
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    promise_id: Mapped[int] = mapped_column(ForeignKey("promise.id"), index=True)
    kind: Mapped[RequestKind] = mapped_column(words(RequestKind))
    language: Mapped[str] = mapped_column(String(8))
    text: Mapped[str] = mapped_column(String(rules.LONGEST))
    url: Mapped[str] = mapped_column(String(2000), default="")
    #: The name of the redrawn photo in the private store, if she sent one. Never shown in public.
    photo: Mapped[str] = mapped_column(String(80), default="")
    #: Whether her words may be shown with the answer.
    may_quote: Mapped[bool] = mapped_column(default=False)
    #: Whether the sender's machine worked for it: what came without stands last in the list.
    is_worked: Mapped[bool] = mapped_column(default=False)
    #: Where the answer is told, and the stamp that the letter's link is made from.
    address: Mapped[str] = mapped_column(String(rules.MAIL_LONGEST), default="")
    salt: Mapped[str] = mapped_column(String(64), default="")
    received_at: Mapped[datetime] = mapped_column(UtcDateTime)
    #: When the days to answer are over, as the cycle had them when it came.
    answer_by: Mapped[datetime] = mapped_column(UtcDateTime)
    state: Mapped[RequestState] = mapped_column(words(RequestState), default=RequestState.RECEIVED)
    #: The answer, or why it was declined.
    answer: Mapped[str] = mapped_column(String(rules.ANSWER_LONGEST), default="")
    answer_language: Mapped[str] = mapped_column(String(8), default="")
    #: What was asked in the programme's words, as it was written last.
    summary: Mapped[str] = mapped_column(String(rules.SUMMARY_LONGEST), default="")
    closed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    closed_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    erased_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    promise: Mapped[Promise] = relationship()
    closed_by: Mapped[User | None] = relationship()
    #: What the public reads of it; None while it reads nothing.
    shown: Mapped["PublishedAnswer | None"] = relationship(cascade="all, delete-orphan")

    @property
    def is_open(self) -> bool:
        """Whether its sender still waits."""
        return self.state is RequestState.RECEIVED

    @property
    def is_overdue(self) -> bool:
        """Whether she should have been answered by now."""
        return self.is_open and self.answer_by <= clock.now()

    @property
    def erase_at(self) -> datetime | None:
        """When its words are erased; None while it is open."""
        return rules.erase_at(self.state, self.closed_at)


class PublishedAnswer(Model):
    """A question and its answer as the public reads them on a promise's page.

    A copy of what was decided to be shown, in a table of its own: what people send, however much,
    changes nothing that the public sees, and what is shown stays when a sender's words are erased.
    """

    __tablename__ = "published_answer"

    request_id: Mapped[int] = mapped_column(ForeignKey("public_request.id"), primary_key=True)
    promise_id: Mapped[int] = mapped_column(ForeignKey("promise.id"), index=True)
    kind: Mapped[RequestKind] = mapped_column(words(RequestKind))
    question: Mapped[str] = mapped_column(String(rules.LONGEST))
    question_language: Mapped[str] = mapped_column(String(8))
    #: Whether the question stands in the sender's own words; only then is her link shown.
    is_quoted: Mapped[bool]
    url: Mapped[str] = mapped_column(String(2000), default="")
    answer: Mapped[str] = mapped_column(String(rules.ANSWER_LONGEST))
    answer_language: Mapped[str] = mapped_column(String(8))
    published_at: Mapped[datetime] = mapped_column(UtcDateTime)

    promise: Mapped[Promise] = relationship()

    @property
    def published_on(self) -> date:
        """Since which day the public reads it, where its cycle is."""
        return clock.day_of(self.published_at, self.promise.cycle.time_zone)
