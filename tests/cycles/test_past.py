"""What of a cycle bears on days that are over: as rules, without a database."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import pytest

from mobilizer.cycles.rules.held import bears_on_past


@dataclass(frozen=True)
class Some:
    """Settings of a cycle."""

    first_month: date = date(2026, 9, 1)
    last_month: date = date(2027, 6, 1)
    time_zone: str = "Europe/Skopje"
    least_rated: int = 5


WAS, IN_FEBRUARY = Some(), date(2027, 2, 9)


@pytest.mark.parametrize(
    ("changed", "bears"),
    [
        ({}, None),
        ({"least_rated": 4}, "least_rated"),
        ({"least_rated": 6}, "least_rated"),
        ({"time_zone": "UTC"}, "time_zone"),
        ({"first_month": date(2026, 10, 1)}, "first_month"),
        ({"first_month": date(2026, 8, 1)}, None),
        ({"last_month": date(2026, 12, 1)}, "last_month"),
        ({"last_month": date(2027, 1, 1)}, None),  # The last one that is over.
        ({"last_month": date(2027, 12, 1)}, None),
    ],
)
def test_what_makes_other_numbers_or_takes_addresses_away(
    changed: dict[str, Any], bears: str | None
) -> None:
    assert bears_on_past(WAS, replace(WAS, **changed), IN_FEBRUARY) == bears


def test_a_cycle_that_is_over_may_end_as_it_did() -> None:
    assert bears_on_past(WAS, WAS, date(2028, 1, 1)) is None
    shorter = replace(WAS, last_month=date(2027, 5, 1))
    assert bears_on_past(WAS, shorter, date(2028, 1, 1)) == "last_month"
