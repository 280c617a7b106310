"""How far two people agree: Krippendorff's alpha, ordinal, with its interval.

Krippendorff, K. (2019). Content Analysis, 4th ed., chapter 12. Computed by the ``krippendorff``
package. That and NumPy are loaded when a figure is first needed, not when the server starts.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import isfinite
from typing import Any

from mobilizer.scoring.rules import POINTS, Rating

#: The ratings in the order of the scale; what cannot be rated has no place on it.
SCALE = tuple(POINTS)
#: Under so many pairs no figure is shown.
LEAST_PAIRS = 10
#: How often the pairs are drawn anew for the interval, and what makes that repeatable.
RESAMPLES, BOOTSTRAP_SEED = 1000, 20260901
#: The ends of the interval, as shares of the resamples.
ENDS = (0.025, 0.975)

#: The approved rating and the second one, None where she could not tell -> how often.
Pairs = Mapping[tuple[Rating, Rating | None], int]
#: The same by their places on the scale, without those that have none.
Cells = tuple[tuple[tuple[int, int], int], ...]


@dataclass(frozen=True)
class Agreement:
    """What is published of a cycle's second looks."""

    #: How often two ratings on the scale stood side by side, and how often they were the same.
    pairs: int = 0
    same: int = 0
    #: Looked at twice, but one of the two said that it cannot be rated.
    unratable: int = 0
    #: The second mentor could not tell.
    untold: int = 0
    #: The finding was corrected since: what it was compared with no longer stands.
    corrected: int = 0
    #: None where there are too few pairs, or where all ratings are one and the same.
    alpha: float | None = None
    interval: tuple[float, float] | None = None
    #: For each approved rating how often each second one stood beside it, in the order of SCALE.
    table: tuple[tuple[int, ...], ...] = ()

    @property
    def is_enough(self) -> bool:
        """Whether there are enough pairs to say anything."""
        return self.pairs >= LEAST_PAIRS


def as_told(row: Mapping[str, Any]) -> Agreement:
    """The figures of a row of a data package."""
    table = tuple(tuple(line) for line in row["table"] or ())
    return Agreement(
        pairs=row["pairs"],
        same=sum(line[at] for at, line in enumerate(table)),
        unratable=row["unratable"],
        untold=row["cannot_tell"],
        corrected=row["corrected"],
        alpha=row["alpha"],
        interval=tuple(row["interval"]) if row["interval"] else None,
        table=table,
    )


def agreement(found: Pairs, *, corrected: int = 0) -> Agreement:
    """What the second looks of a cycle come to.

    Args:
        found: the pairs whose finding stands, and how often there is each.
        corrected: how many pairs are left out because their finding was corrected.
    """
    on_scale = {
        (SCALE.index(first), SCALE.index(second)): number
        for (first, second), number in found.items()
        if first in POINTS and second is not None and second in POINTS
    }
    pairs, untold = sum(on_scale.values()), sum(n for (_, one), n in found.items() if one is None)
    counted = Agreement(
        pairs=pairs,
        same=sum(number for (first, second), number in on_scale.items() if first == second),
        unratable=sum(found.values()) - untold - pairs,
        untold=untold,
        corrected=corrected,
    )
    if not counted.is_enough:
        return counted
    alpha, interval = _measured(tuple(sorted(on_scale.items())))
    return Agreement(
        **{**vars(counted), "alpha": alpha, "interval": interval, "table": _table(on_scale)}
    )


def ordinal_alpha(units: Sequence[Sequence[int]]) -> float | None:
    """Krippendorff's alpha of units, each the number of coders who gave each value.

    Args:
        units: one row a unit, one column a value, the columns in the order of the scale.

    Returns:
        None where all gave one and the same value: then there is nothing to agree on.
    """
    import krippendorff  # noqa: PLC0415  # it loads NumPy: a third of a second and 30 MB
    import numpy as np  # noqa: PLC0415  # loaded only where a figure is wanted

    counts = np.asarray(units)
    if (counts.sum(axis=0) > 0).sum() < 2:
        return None
    found = float(
        krippendorff.alpha(
            value_counts=counts,
            value_domain=range(counts.shape[1]),
            level_of_measurement="ordinal",
        )
    )
    return found if isfinite(found) else None


@lru_cache(maxsize=32)
def _measured(pairs: Cells) -> tuple[float | None, tuple[float, float] | None]:
    """Alpha and its interval: the same pairs are never measured twice."""
    alpha = ordinal_alpha([_unit(pair) for pair, number in pairs for _ in range(number)])
    return alpha, None if alpha is None else _interval(pairs)


def _interval(pairs: Cells) -> tuple[float, float]:
    """The middle of what alpha would have been, had the pairs been drawn anew from themselves.

    So many alphas are computed at once, from tables of pairs: what the package does one by one
    would take 20 seconds of 5,000 pairs. A test holds that both come to the same.
    """
    import numpy as np  # noqa: PLC0415  # loaded only where a figure is wanted

    numbers = np.array([number for _, number in pairs])
    total = int(numbers.sum())
    chance = np.random.default_rng(BOOTSTRAP_SEED)
    drawn = chance.multinomial(total, numbers / total, size=RESAMPLES)
    tables = np.zeros((RESAMPLES, len(SCALE), len(SCALE)))
    for at, ((first, second), _) in enumerate(pairs):
        tables[:, first, second] = drawn[:, at]
    alphas = alphas_of(tables)
    low, high = np.quantile(alphas[~np.isnan(alphas)], ENDS)
    return float(low), float(high)


def alphas_of(tables: Any) -> Any:
    """Alpha of many tables of pairs at once; not a number where all ratings are the same.

    Args:
        tables: an array of tables, each counting the pairs by their first and second rating.
    """
    import numpy as np  # noqa: PLC0415  # loaded only where a figure is wanted

    beside = tables + tables.transpose(0, 2, 1)
    often = beside.sum(axis=2)
    middle = often.cumsum(axis=1) - often / 2
    apart = (middle[:, :, None] - middle[:, None, :]) ** 2
    seen = (beside * apart).sum(axis=(1, 2))
    by_chance = (often[:, :, None] * often[:, None, :] * apart).sum(axis=(1, 2))
    with np.errstate(invalid="ignore"):
        return 1 - (often.sum(axis=1) - 1) * seen / by_chance


def _unit(pair: Iterable[int]) -> list[int]:
    row = [0] * len(SCALE)
    for at in pair:
        row[at] += 1
    return row


def _table(pairs: Mapping[tuple[int, int], int]) -> tuple[tuple[int, ...], ...]:
    at = range(len(SCALE))
    return tuple(tuple(pairs.get((first, second), 0) for second in at) for first in at)
