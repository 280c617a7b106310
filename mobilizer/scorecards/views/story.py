"""What stands below a score: what moved since last month, the months before, what is not known."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from mobilizer.cycles.models import Cycle
from mobilizer.monitoring.rules.words import Stagnation
from mobilizer.places.models import Place
from mobilizer.promises.models import Promise
from mobilizer.scorecards import queries
from mobilizer.scorecards.queries import Board
from mobilizer.scorecards.queries.news import Subject
from mobilizer.scorecards.rules.coverage import Coverage
from mobilizer.scorecards.rules.line import Line, height_of, line
from mobilizer.scorecards.rules.past import Direction, Move, last_month_end, told_days
from mobilizer.scorecards.views.frame import bp
from mobilizer.scoring.rules import Counts, Score, change, score

bp.add_app_template_global(height_of)

#: So many promises are named of each direction; the others are counted.
NAMED = 5


@dataclass(frozen=True)
class Month:
    """One day of the history: what was counted at its end, and the score it made."""

    on: date
    counts: Counts
    score: Score


@dataclass(frozen=True)
class Moved:
    """What moved one way: how many, and some of them with the place it was in."""

    number: int
    named: tuple[tuple[Move, Promise, Place | None], ...]


@dataclass(frozen=True)
class Reports:
    """Of how many promises there is a finding about a month."""

    month: date
    number: int
    of: int


@dataclass(frozen=True)
class Story:
    """A score with all that is told of it."""

    months: tuple[Month, ...]
    line: Line
    moved: Mapping[Direction, Moved]
    coverage: Coverage
    reports: Reports | None
    reasons: Sequence[tuple[Stagnation, int]]
    #: What its cycle counts on the day it is told as of.
    board: Board
    #: How many promises it has, each once.
    listed: int

    @property
    def now(self) -> Month:
        """The day it is told as of."""
        return self.months[-1]

    @property
    def before(self) -> Month | None:
        """The end of the month before; None where the cycle was not there yet."""
        return self.months[-2] if len(self.months) > 1 else None

    @property
    def points(self) -> int | None:
        """By how many points the score moved since."""
        return change(self.now.score, self.before.score) if self.before else None


def tell(subject: Subject, as_of: date, places: Sequence[Place]) -> Story:
    """What is told of a subject.

    Args:
        subject: a cycle, or a topic, party or place in it.
        as_of: the day of the page.
        places: the regions and municipalities of the country.
    """
    cycle = subject.cycle
    days = told_days(cycle.first_month, cycle.last_month, as_of)
    counted = queries.history(subject, days)
    months = [
        Month(day, one.counts, score(one.counts, cycle.least_rated))
        for day, one in zip(days, counted, strict=True)
    ]
    moved = queries.moved(subject, days[-2], as_of, NAMED) if len(days) > 1 else {}
    month = reported_month(cycle, as_of)
    beside = queries.beside(subject, month, as_of)
    return Story(
        months=tuple(months),
        line=line([month.score.percent for month in months]),
        moved=named(moved, places),
        coverage=queries.covered(subject, beside.places, places),
        reports=Reports(month, beside.reported, months[-1].counts.promises) if month else None,
        reasons=most_given(beside.reasons),
        board=queries.board(cycle, as_of),
        listed=counted[-1].listed,
    )


def named(
    moved: Mapping[Direction, queries.Moved], places: Sequence[Place]
) -> dict[Direction, Moved]:
    """The moves with the places they were in."""
    where = {place.id: place for place in places}
    return {
        way: Moved(
            one.number,
            tuple((move, promise, where.get(move.key[1] or 0)) for move, promise in one.named),
        )
        for way, one in moved.items()
    }


def reported_month(cycle: Cycle, as_of: date) -> date | None:
    """The last month that is over, of those of the cycle; None before there is one."""
    month = min(last_month_end(as_of).replace(day=1), cycle.last_month)
    return month if month >= cycle.first_month else None


def most_given(reasons: Mapping[str, int]) -> list[tuple[Stagnation, int]]:
    """Why promises stand still, the reasons given most often first."""
    given = sorted(reasons.items(), key=lambda pair: (-pair[1], pair[0]))
    return [(Stagnation(code), number) for code, number in given]
