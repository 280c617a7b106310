"""One row of the public's index of words. Drafts and what is held back have none."""

from sqlalchemy import Text
from sqlalchemy.orm import Mapped, mapped_column

from mobilizer.core.database import Model


class Findable(Model):
    """The words by which the public finds a promise, under the promise's number.

    Beside it stands what looks them up, made by migration 0033 and kept by the database itself:
    on SQLite an FTS5 table, on PostgreSQL an index of a ``tsvector``.
    """

    __tablename__ = "findable"

    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    #: See ``search.rules.words``: each with the sign of where it stands, with single spaces.
    words: Mapped[str] = mapped_column(Text)
