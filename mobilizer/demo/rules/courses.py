"""How a promise goes in one place: twelve months in a line, one word a month."""

from dataclasses import dataclass
from enum import StrEnum

from mobilizer.monitoring.rules.workflow import RevisionKind
from mobilizer.scoring.rules import Rating

#: The months of the story. The last is the present one.
MONTHS = 12

RATINGS = {
    "n": Rating.NOT_STARTED,
    "i": Rating.IN_PROGRESS,
    "s": Rating.STALLED,
    "p": Rating.PARTLY_KEPT,
    "k": Rating.KEPT,
    "b": Rating.BROKEN,
    "x": Rating.CANNOT_BE_RATED,
}
SHORT = {"=": RevisionKind.NO_CHANGE, "?": RevisionKind.NOT_FOUND_OUT}
SILENT, UNWATCHED = "-", "."


class Fate(StrEnum):
    """What comes of a report; see ``seed/demonstration/courses.toml``."""

    APPROVED = ""
    MENDED = "r"
    RETURNED = "R"
    REJECTED = "j"
    WAITING = "w"
    WITHDRAWN = "W"
    DRAFT = "d"
    LATE = "l"
    QUARANTINED = "q"
    LET_IN = "Q"
    CONTRADICTORY = "!"
    DISPUTED = "!w"


#: What is said of them disagrees with the rating.
ODD = (Fate.CONTRADICTORY, Fate.DISPUTED)


@dataclass(frozen=True)
class Told:
    """What is reported on one month. The rating of a short report is that of the last full one."""

    kind: RevisionKind
    rating: Rating
    fate: Fate


@dataclass(frozen=True)
class Course:
    """What is reported, month by month; None where nothing is. ``first`` is the first watched."""

    first: int
    months: tuple[Told | None, ...]


def read_course(line: str) -> Course:
    """A course from its line.

    Raises:
        ValueError: it is not as long as the story, or has a word that means nothing.
    """
    words = line.split()
    if len(words) != MONTHS:
        raise ValueError(f"A course has {MONTHS} months: {line!r}")
    rating, months = Rating.NOT_YET_RATED, []
    for word in words:
        rating = RATINGS.get(word[0], rating)
        months.append(_told(word, rating))
    return Course(sum(word == UNWATCHED for word in words), tuple(months))


def _told(word: str, rating: Rating) -> Told | None:
    if word in (SILENT, UNWATCHED):
        return None
    if word[0] not in RATINGS and word[0] not in SHORT:
        raise ValueError(f"This word of a course means nothing: {word!r}")
    return Told(SHORT.get(word[0], RevisionKind.FULL), rating, Fate(word[1:]))
