"""Two scores beside each other: what is counted of each, and what speaks against comparing them."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from operator import attrgetter

from mobilizer.core.errors import RuleBroken
from mobilizer.core.words import N_, Word
from mobilizer.cycles.rules import Level
from mobilizer.scoring.rules import Counts, Score, score

#: Of two shares of promises that are rated, one is much smaller from so many points on.
FAR_APART = 25


class Compared(Word):
    """What can be compared, each with its own kind."""

    PARTY = "party", N_("Parties and coalitions")
    REGION = "region", N_("Regions")
    MUNICIPALITY = "municipality", N_("Municipalities")
    CYCLE = "cycle", N_("Cycles")


class Caveat(Word):
    """What speaks against comparing two scores."""

    TOO_FEW = "too_few", N_("Of one of them too few promises are rated for a percentage.")
    BOTH_TOO_FEW = (
        "both_too_few",
        N_("Of both of them too few promises are rated for a percentage."),
    )
    COVERAGE = (
        "coverage",
        N_(
            "Of one of them a much smaller share of the promises is rated; "
            "what is missing may change the picture."
        ),
    )
    INVENTED = "invented", N_("One of the two cycles is a demonstration: all in it is invented.")
    LEVEL = (
        "level",
        N_("One of the two cycles is about the country, the other about municipalities."),
    )
    COUNTRY = "country", N_("The two cycles are of different countries.")
    MATRIX = "matrix", N_("The two cycles ask different questions of each promise.")
    LEAST = "least", N_("The two cycles show a percentage from a different number of promises on.")
    MONTHS = "months", N_("One of the two cycles has been followed for longer.")
    NOT_BEGUN = "not_begun", N_("On that day one of the two cycles had not begun.")


@dataclass(frozen=True)
class Rules:
    """The cycle a score is of: what it is about, its rules, and how many months of it are over."""

    matrix: str
    least_rated: int
    months: int
    level: Level
    country: str
    is_invented: bool = False


#: What two cycles may differ in, and how that is told.
DIFFERENT: tuple[tuple[Caveat, Callable[[Rules], object]], ...] = (
    (Caveat.INVENTED, attrgetter("is_invented")),
    (Caveat.COUNTRY, attrgetter("country")),
    (Caveat.LEVEL, attrgetter("level")),
    (Caveat.MATRIX, attrgetter("matrix")),
    (Caveat.LEAST, attrgetter("least_rated")),
)


@dataclass(frozen=True)
class Side:
    """One of the two: its counts, and those of each topic by the topic's code."""

    counts: Counts
    topics: Mapping[str, Counts]
    rules: Rules

    @property
    def score(self) -> Score:
        """By the rules of its cycle."""
        return score(self.counts, self.rules.least_rated)

    def of_topic(self, code: str) -> Score:
        """The score of a topic, by the same rules."""
        return score(self.topics.get(code, Counts()), self.rules.least_rated)


def check_pair(one: Sequence[str], other: Sequence[str], offered: Mapping[str, Compared]) -> None:
    """Hold what is asked for to the rules: two of one kind, and not the same twice.

    Args:
        one: all that was given for the first.
        other: and for the second.
        offered: what can be chosen, by the names they have in an address.

    Raises:
        RuleBroken: they cannot be compared; beside which of the two.
    """
    check_one("one", one, offered)
    check_one("other", other, offered)
    if one[0] == other[0]:
        raise RuleBroken(N_("This is the same twice. Choose another one."), field="other")
    if offered[one[0]] is not offered[other[0]]:
        says = N_("Choose two of one kind: two parties, regions, municipalities or cycles.")
        raise RuleBroken(says, field="other")


def check_one(field: str, given: Sequence[str], offered: Mapping[str, Compared]) -> None:
    """Hold one of the two to what can be chosen.

    Raises:
        RuleBroken: it is none of it, or not one.
    """
    if len(given) > 1:
        raise RuleBroken(N_("There are two here. Choose one."), field=field)
    if not given:
        raise RuleBroken(N_("Choose what to compare."), field=field)
    if given[0] not in offered:
        raise RuleBroken(N_("This is not on the list. Choose another one."), field=field)


def caveats(one: Side, other: Side) -> Iterator[Caveat]:
    """What speaks against comparing them."""
    sides = (one, other)
    for caveat, told in DIFFERENT:
        if told(one.rules) != told(other.rules):
            yield caveat
    if any(side.rules.months < 1 for side in sides):
        yield Caveat.NOT_BEGUN
    elif one.rules.months != other.rules.months:
        yield Caveat.MONTHS
    without = [side for side in sides if side.score.percent is None]
    if without:
        yield Caveat.BOTH_TOO_FEW if len(without) == len(sides) else Caveat.TOO_FEW
    first, second = map(_share, sides)
    if first is not None and second is not None and abs(first - second) >= FAR_APART:
        yield Caveat.COVERAGE


def _share(side: Side) -> float | None:
    """How much of what can be rated is, of a hundred; None where nothing can be."""
    counts = side.counts
    can_be = counts.promises - counts.cannot_be_rated
    return 100 * counts.rated / can_be if can_be else None
