"""The public's index of words. What is a draft or held back stands in neither table."""

from sqlalchemy import LargeBinary, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from mobilizer.core.database import Model


class Findable(Model):
    """The words by which the public finds a promise, under the promise's number.

    Beside it stands what looks them up, made by migrations 0033 and 0046 and kept by the database
    itself: on SQLite an FTS5 table, on PostgreSQL an index of a ``tsvector``.
    """

    __tablename__ = "findable"

    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    #: See ``search.rules.words``: each with the sign of where it stands, with single spaces.
    words: Mapped[str] = mapped_column(Text)


class CommonTerm(Model):
    """A term that very many promises answer to, and which: a bit for each, by its number.

    See ``search.rules.terms``. Each term that is kept has a first row, with block 0.
    """

    __tablename__ = "common_term"

    term: Mapped[str] = mapped_column(String(80), primary_key=True)
    block: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    #: ``BLOCK`` bits, those of the least numbers first.
    numbers: Mapped[bytes] = mapped_column(LargeBinary)
