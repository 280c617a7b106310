"""What every builder does the same way."""

from collections.abc import Iterator
from datetime import date
from itertools import count
from typing import Any

from mobilizer.core.database import Base as Table
from mobilizer.core.database import db


def month(value: str | date) -> date:
    """A month as it is stored: ``month("2026-11")``."""
    return value if isinstance(value, date) else date.fromisoformat(f"{value}-01")


def months_from(start: date, number: int) -> date:
    """The month so many months later, or earlier."""
    later = start.year * 12 + start.month - 1 + number
    return date(later // 12, later % 12 + 1, 1)


class Base:
    """Keeps records, and the counter that keeps them apart."""

    def __init__(self) -> None:
        self.numbers: Iterator[int] = count(1)

    def _keep(self, record: Any) -> Any:
        db.session.add(record)
        db.session.flush()
        return record

    def _first(self, model: type[Table], **like: Any) -> Any:
        return db.session.scalars(db.select(model).filter_by(**like).limit(1)).first()
