"""The one row that says how often the public's view has changed."""

from datetime import date

from sqlalchemy import CheckConstraint
from sqlalchemy.orm import Mapped, mapped_column

from mobilizer.core.database import Model

#: The key of the one row there is.
ONLY = 1


class Publication(Model):
    """Its number grows by one with each transaction that changes what the public may see."""

    __tablename__ = "publication"
    __table_args__ = (CheckConstraint(f"id = {ONLY}", name="only"),)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    number: Mapped[int]
    #: The day, in UTC, on which it last grew: the public gets days, never a time.
    raised_on: Mapped[date]
