"""Which package of each cycle is kept to be fetched."""

from datetime import date
from typing import Any

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from mobilizer.core.database import Model
from mobilizer.cycles.models import Cycle


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
