"""A month as people type it, where no picker is, and as what a message tells."""

import re
from dataclasses import dataclass
from datetime import date

#: Years that make sense here: a slip such as 0206 or 20026 is not a month.
YEARS = range(1990, 2100)

_YEAR_FIRST = re.compile(r"(\d{4})[-./](\d{1,2})(?:[-./]\d{1,2})?\.?")
_MONTH_FIRST = re.compile(r"(\d{1,2})[-./ ] ?(\d{4})\.?")


@dataclass(frozen=True)
class Month:
    """A month that a message names: the reader's page writes it in words of her language."""

    first_day: date

    def __str__(self) -> str:
        """As ISO writes it, where there is no reader."""
        return f"{self.first_day:%Y-%m}"


def parse(text: str) -> date | None:
    """The month somebody typed, as its first day; None if it cannot be told.

    Understood are 2026-11 (as browsers and ISO write it), 2026-11-01, 11/2026 and 11.2026.
    """
    typed = text.strip()
    if found := _YEAR_FIRST.fullmatch(typed):
        year, month = int(found[1]), int(found[2])
    elif found := _MONTH_FIRST.fullmatch(typed):
        year, month = int(found[2]), int(found[1])
    else:
        return None
    return date(year, month, 1) if year in YEARS and 1 <= month <= 12 else None
