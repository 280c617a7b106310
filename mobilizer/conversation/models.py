"""What comments mention. The comments themselves are ``monitoring.models.Comment``."""

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from mobilizer.core.database import Model
from mobilizer.monitoring.models import Comment


class Mention(Model):
    """A promise that a comment names, or a report on it. Noted when it is said, as it was meant."""

    __tablename__ = "mention"

    id: Mapped[int] = mapped_column(primary_key=True)
    comment_id: Mapped[int] = mapped_column(ForeignKey("comment.id"), index=True)
    promise_id: Mapped[int] = mapped_column(ForeignKey("promise.id"), index=True)
    #: None where the promise itself is meant.
    entry_id: Mapped[str | None] = mapped_column(ForeignKey("entry.id"), index=True)

    comment: Mapped[Comment] = relationship()
