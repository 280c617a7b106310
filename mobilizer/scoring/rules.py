"""Ratings, and how they become a score that anybody can compute again.

The rules are those of the published method, in its numbering:

1. The reading of a promise in a place is its latest finding there: the one about the latest
   month, and of two about one month the one published later.
2. The headline rating of a promise with several places: ``headline``.
3. A national, topic or party score counts headline ratings; a place's score counts readings.
4. Fewer rated promises than a minimum: counts are shown, no percentage.
5. Beside a percentage always stand the counts, how many are rated, the date, the version.
6. Percentages are exact fractions until shown, then rounded half up to whole percent.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from operator import attrgetter
from typing import Self

from mobilizer.core.words import N_, Word

#: The version of this method, published beside every score. A change of a rule changes it.
METHODOLOGY = "1.0"

#: Rated promises it takes before a percentage is shown, where a cycle does not say otherwise.
MINIMUM = 5


class Rating(Word):
    """What is found about a promise, in the order of every bar, legend, table and file."""

    KEPT = "kept", N_("Kept")
    PARTLY_KEPT = "partly_kept", N_("Partly kept")
    IN_PROGRESS = "in_progress", N_("In progress")
    STALLED = "stalled", N_("Stalled")
    NOT_STARTED = "not_started", N_("Not started")
    BROKEN = "broken", N_("Broken")
    CANNOT_BE_RATED = "cannot_be_rated", N_("Cannot be rated")
    NOT_YET_RATED = "not_yet_rated", N_("Not yet rated")

    @property
    def css(self) -> str:
        """The class of the stylesheet that colours it."""
        return _LOOK[self][0]

    @property
    def glyph(self) -> str:
        """The one character that tells it without colour."""
        return _LOOK[self][1]

    @property
    def counts(self) -> bool:
        """Whether it belongs to the rated promises, and so to the denominator."""
        return self in POINTS


#: rating -> (class, glyph)
_LOOK: dict[Rating, tuple[str, str]] = {
    Rating.KEPT: ("kept", "✓"),
    Rating.PARTLY_KEPT: ("partly", "◐"),
    Rating.IN_PROGRESS: ("progress", "◔"),
    Rating.STALLED: ("stalled", "‖"),
    Rating.NOT_STARTED: ("unstarted", "○"),
    Rating.BROKEN: ("broken", "✕"),
    Rating.CANNOT_BE_RATED: ("unratable", "–"),
    Rating.NOT_YET_RATED: ("unrated", "…"),
}

#: What a rated promise adds to the numerator. What is absent is not rated: a dash, not a nought.
POINTS: dict[Rating, Fraction] = {
    Rating.KEPT: Fraction(1),
    Rating.PARTLY_KEPT: Fraction(1, 2),
    Rating.IN_PROGRESS: Fraction(0),
    Rating.STALLED: Fraction(0),
    Rating.NOT_STARTED: Fraction(0),
    Rating.BROKEN: Fraction(0),
}

#: What those are worth that add anything, in whole parts of a point: halves.
_PARTS = max(worth.denominator for worth in POINTS.values())
_WORTH = {rating: int(worth * _PARTS) for rating, worth in POINTS.items() if worth}

_CODES = tuple(rating.value for rating in Rating)

#: The counts of all ratings, and of those that belong to the denominator.
_EVERY = attrgetter(*_CODES)
_RATED = attrgetter(*(rating.value for rating in POINTS))

#: The ratings that count, from the gravest to the best: what is up and what is down wherever one
#: follows another. Bars and tables have an order of their own, that of ``Rating``.
LADDER = (
    Rating.BROKEN,
    Rating.STALLED,
    Rating.NOT_STARTED,
    Rating.IN_PROGRESS,
    Rating.PARTLY_KEPT,
    Rating.KEPT,
)

#: Which of two equally frequent readings becomes the headline: the earlier one here.
_GRAVITY = (*LADDER, Rating.CANNOT_BE_RATED)


def headline(readings: Iterable[Rating]) -> Rating:
    """The one rating of a promise that was looked at in several places (rule 2).

    All readings agree: that rating. Else, if any is kept or partly kept: partly kept. Else the
    most frequent, a tie going to the graver: broken, stalled, not started, in progress.

    Where the rule is silent it is taken by its letter. *Cannot be rated* is a reading like the
    others: it keeps a promise that is kept elsewhere from being kept as a whole, and it becomes
    the headline when it is the most frequent; it is not among the graver ones, so it loses every
    tie. *Not yet rated* is the absence of a reading: it is left out, and is the headline of a
    promise that has no reading at all.
    """
    found = Counter(reading for reading in readings if reading is not Rating.NOT_YET_RATED)
    if not found:
        return Rating.NOT_YET_RATED
    if len(found) == 1:
        return next(iter(found))
    if Rating.KEPT in found or Rating.PARTLY_KEPT in found:
        return Rating.PARTLY_KEPT
    return max(found, key=lambda rating: (found[rating], -_GRAVITY.index(rating)))


@dataclass(frozen=True)
class Counts:
    """How many promises bear each rating: headline ratings, or readings in one place (rule 3).

    Raises:
        ValueError: a count is negative: a slip of the programmer.
    """

    kept: int = 0
    partly_kept: int = 0
    in_progress: int = 0
    stalled: int = 0
    not_started: int = 0
    broken: int = 0
    cannot_be_rated: int = 0
    not_yet_rated: int = 0

    def __post_init__(self) -> None:
        if min(_EVERY(self)) < 0:
            raise ValueError(f"A count is never negative: {self}")

    @classmethod
    def of(cls, ratings: Iterable[Rating]) -> Self:
        """Count ratings, one a promise."""
        return cls(**Counter(rating.value for rating in ratings))

    def __getitem__(self, rating: Rating) -> int:
        return int(getattr(self, rating.value))

    def __add__(self, other: "Counts") -> "Counts":
        return Counts(**{rating.value: self[rating] + other[rating] for rating in Rating})

    def by_code(self) -> dict[str, int]:
        """Every rating's code and count, in the order that is the same everywhere."""
        return dict(zip(_CODES, _EVERY(self), strict=True))

    @property
    def promises(self) -> int:
        """All promises counted, rated or not."""
        return sum(_EVERY(self))

    @property
    def rated(self) -> int:
        """The promises that count: neither unratable nor not yet rated."""
        return sum(_RATED(self))

    @property
    def points(self) -> Fraction:
        """One for each kept, a half for each partly kept."""
        return Fraction(sum(self[rating] * worth for rating, worth in _WORTH.items()), _PARTS)


@dataclass(frozen=True)
class Score:
    """A share of fulfilment: exact, and as it is shown.

    ``numerator`` counts points and may end in a half; ``denominator`` counts rated promises;
    ``percent`` is whole percent from 0 to 100, or None where too few promises are rated.
    """

    numerator: Fraction
    denominator: int
    percent: int | None


def score(counts: Counts, minimum: int = MINIMUM) -> Score:
    """The score of some promises: (kept + ½ · partly kept) / rated, unweighted (rules 4 and 6).

    Args:
        counts: how many promises bear each rating.
        minimum: rated promises it takes to show a percentage. None rated is never a percentage:
            nothing to divide by is not nought percent.
    """
    points, rated = counts.points, counts.rated
    shown = percent(points, rated) if rated and rated >= minimum else None
    return Score(points, rated, shown)


def percent(numerator: Fraction, denominator: int) -> int:
    """A share in whole percent, rounded half up (rule 6).

    Raises:
        ZeroDivisionError: nothing is rated.
    """
    hundred, whole = 100 * numerator.numerator, denominator * numerator.denominator
    return (2 * hundred + whole) // (2 * whole)  # The greatest whole number up to 100 n/d + ½.


def change(now: Score, before: Score) -> int | None:
    """By how many percentage points a score rose or fell; None where either shows none.

    The difference of the two percentages as shown, so that it never contradicts them: 41 %
    after 38 % is 3 points, whatever the fractions behind them say.
    """
    if now.percent is None or before.percent is None:
        return None
    return now.percent - before.percent


def as_number(points: Fraction) -> int | float:
    """A numerator as data gives it: whole where it is whole, else with its half, as 389.5."""
    return points.numerator if points.denominator == 1 else float(points)
