"""What is said about a piece of evidence, whatever it is."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date

from mobilizer.core.errors import RuleBroken
from mobilizer.core.words import N_, Word

CAPTION_LONGEST = 300
REQUEST_LONGEST = 80

_REQUEST = re.compile(r"[\w./\\ №#:()-]+")
_INVISIBLE = re.compile(r"[\x00-\x1f\x7f\u202a-\u202e\u2066-\u2069]+")


class Origin(Word):
    """Where a piece of evidence comes from."""

    VISIT = "visit", N_("Site visit")
    DOCUMENT = "document", N_("Official document")
    ANSWER = "answer", N_("Answer to a request")
    COUNCIL = "council", N_("Council session")
    INTERVIEW = "interview", N_("Interview")
    MEDIA = "media", N_("Media")
    INSTITUTION = "institution", N_("Website or social network of an institution")
    CITIZENS = "citizens", N_("Sent by citizens")
    OTHER = "other", N_("Other")


@dataclass(frozen=True)
class Details:
    """All that may be said; nothing of it must be."""

    caption: str = ""
    origin: Origin | None = None
    taken_on: date | None = None
    place_id: int | None = None
    #: The positions of the indicators it is about; none means all.
    indicators: tuple[int, ...] = ()
    has_consent: bool = False


def checked(details: Details, *, today: date, places: set[int], indicators: set[int]) -> Details:
    """Details that may be kept.

    Args:
        details: as they were typed.
        today: where the person is.
        places: the ids of those that may be named: none finer than a municipality.
        indicators: the positions of the promise's.

    Raises:
        RuleBroken: the caption is too long, the day has not come, or a place or indicator is
            none of those offered.
    """
    caption = one_line(details.caption)
    if len(caption) > CAPTION_LONGEST:
        raise RuleBroken(
            N_("At most %(most)s characters; this has %(n)s."),
            field="caption",
            most=CAPTION_LONGEST,
            n=len(caption),
        )
    if details.taken_on is not None and not date(1990, 1, 1) <= details.taken_on <= today:
        raise RuleBroken(N_("This day has not come yet, or is too long ago."), field="taken_on")
    if details.place_id is not None and details.place_id not in places:
        raise RuleBroken(N_("Not a valid choice."), field="place")
    if not set(details.indicators) <= indicators:
        raise RuleBroken(N_("Not a valid choice."), field="about")
    about = tuple(sorted(set(details.indicators)))
    return Details(
        caption,
        details.origin,
        details.taken_on,
        details.place_id,
        about,
        details.has_consent,
    )


def request_number(typed: str) -> str:
    """The number under which an institution keeps a request.

    Raises:
        RuleBroken: it is too long or not made of letters, digits and the usual signs.
    """
    number = one_line(typed)
    if len(number) > REQUEST_LONGEST or not _REQUEST.fullmatch(number):
        raise RuleBroken(
            N_("Write the number as it stands on the request, in at most %(most)s characters."),
            field="request_number",
            most=REQUEST_LONGEST,
        )
    return number


def one_line(typed: str) -> str:
    """Text on one line, composed, without what cannot be seen."""
    return " ".join(_INVISIBLE.sub(" ", unicodedata.normalize("NFC", typed)).split())
