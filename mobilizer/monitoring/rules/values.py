"""Values of indicators as they are reported, and how they stand to a target."""

from fractions import Fraction

from mobilizer.promises.rules import Unit

#: What stands for a value where there is none.
NO_DATA = "no_data"


def reached(unit: Unit, value: str, target: str, baseline: str = "") -> bool | None:
    """Whether a value is at its target or beyond; None when they cannot be compared.

    A target below the baseline is reached from above: fewer days of waiting, for one.
    """
    if unit == Unit.YES_NO:
        return value == target if {value, target} <= {"yes", "no"} else None
    amount, wanted, began = _amount(value), _amount(target), _amount(baseline)
    if amount is None or wanted is None:
        return None
    if began is not None and wanted < began:
        return amount <= wanted
    return amount >= wanted


def _amount(kept: str) -> Fraction | None:
    over, slash, under = kept.partition("/")
    try:
        return Fraction(over) / Fraction(under) if slash else Fraction(kept)
    except (ValueError, ZeroDivisionError):
        return None
