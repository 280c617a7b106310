"""Which packages are kept to be fetched: the newest of each cycle, and one of each month."""

from datetime import date
from typing import Any

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from mobilizer.core.database import Model
from mobilizer.cycles.models import Cycle
from mobilizer.opendata.rules.description import FILE


class KeptPackage(Model):
    """The package of a cycle that was made last. Its files lie in the store, by their hashes."""

    __tablename__ = "kept_package"

    cycle_id: Mapped[int] = mapped_column(
        ForeignKey("cycle.id"), primary_key=True, autoincrement=False
    )
    #: How far the publication had come, and which day it was where the cycle is.
    publication: Mapped[int]
    made_on: Mapped[date]
    #: ``{name, bytes, sha256, rows}`` of each, in the order in which they are offered; rows of
    #: tables as CSV.
    files: Mapped[list[Any]]

    cycle: Mapped[Cycle] = relationship()


class MonthPackage(Model):
    """The package of a month's end: made once, and kept for good. Nothing of it is ever changed.

    What the chain of findings does not hold, such as the words of promises, names and replies, is
    held by the hash of its description, which a release prints.
    """

    __tablename__ = "month_package"

    cycle_id: Mapped[int] = mapped_column(
        ForeignKey("cycle.id"), primary_key=True, autoincrement=False
    )
    month: Mapped[date] = mapped_column(primary_key=True)
    #: The day it was made, where the cycle is: words and names are as they stood then.
    made_on: Mapped[date]
    #: By which version of the method its scores are counted: the one in force on that day.
    methodology: Mapped[str] = mapped_column(String(16))
    #: As those of ``KeptPackage``: the description, and all tables in one file.
    files: Mapped[list[Any]]

    cycle: Mapped[Cycle] = relationship()

    @property
    def sha256(self) -> str:
        """That of its description, which holds the hash of every table."""
        (told,) = (one["sha256"] for one in self.files if one["name"] == FILE)
        return str(told)
