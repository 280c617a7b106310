"""When a package is made anew, and what is done together."""

from datetime import UTC, date, datetime, timedelta

import pytest

from mobilizer.opendata.rules.keeping import TOGETHER, gathered, is_newest

DAY = date(2026, 11, 22)
NOW = datetime(2026, 11, 22, 10, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("packed", "is_so"),
    [
        ((7, DAY), True),
        ((6, DAY), False),  # Something was published since.
        ((7, DAY - timedelta(days=1)), False),  # It is another day.
        ((8, DAY + timedelta(days=1)), True),  # Somebody who asks has not heard of it yet.
    ],
)
def test_a_package_is_the_newest_while_nothing_is_published_and_the_day_is_the_same(
    packed: tuple[int, date], is_so: bool
) -> None:
    assert is_newest(packed, (7, DAY)) is is_so


@pytest.mark.parametrize("second", [0, 1, TOGETHER - 1])
def test_all_of_a_minute_is_packed_at_its_end_and_never_before(second: int) -> None:
    end = gathered(NOW + timedelta(seconds=second))
    assert end == NOW + timedelta(seconds=TOGETHER)
    assert gathered(end) == end + timedelta(seconds=TOGETHER)
