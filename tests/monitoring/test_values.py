"""How a reported value stands to what was promised."""

import pytest

from mobilizer.monitoring.rules.values import reached
from mobilizer.promises.rules import Unit


@pytest.mark.parametrize(
    ("unit", "value", "target", "baseline", "is_there"),
    [
        (Unit.NUMBER, "10", "10", "0", True),
        (Unit.NUMBER, "9.99", "10", "0", False),
        (Unit.NUMBER, "12", "10", "", True),
        (Unit.NUMBER, "20", "15", "40", False),
        (Unit.NUMBER, "14", "15", "40", True),
        (Unit.STEPS, "3/7", "7/7", "", False),
        (Unit.STEPS, "7/7", "7/7", "", True),
        (Unit.YES_NO, "yes", "yes", "no", True),
        (Unit.YES_NO, "no", "yes", "no", False),
        (Unit.NUMBER, "no_data", "10", "", None),
        (Unit.NUMBER, "5", "as many as needed", "", None),
        (Unit.OTHER, "a law", "a law", "", None),
    ],
)
def test_a_target_is_reached_from_where_it_began(unit, value, target, baseline, is_there):
    assert reached(unit, value, target, baseline) is is_there
