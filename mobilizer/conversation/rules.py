"""What may be said, and how a promise or a report is mentioned in plain text.

``#12`` is the promise of that number, ``#12/2026-11`` the report on it in that month, and
``#12/2026-11/MK-polog`` the one of a place, where several report. All three are made of what is
public or typed by somebody who sees the report: they tell nothing to others.
"""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from mobilizer.core.errors import RuleBroken, TooLong
from mobilizer.core.words import N_
from mobilizer.monitoring.rules.answers import Incomplete, clean

TEXT_LONGEST = 2000
#: The same words again within this time are the same comment: a button was pressed twice.
SAME_WITHIN = timedelta(minutes=10)
#: So many mentions of one comment are looked up; what comes after them stays text.
MOST_MENTIONS = 20
#: The kind of the job that a comment causes: somebody is told.
SAID = "comment.said"

_MENTION = re.compile(
    r"(?<![\w#&/])#(?P<number>[1-9][0-9]{0,8})"
    r"(?:/(?P<year>20[0-9]{2})-(?P<month>0[1-9]|1[0-2])(?:/(?P<place>[A-Za-z0-9][A-Za-z0-9-]{0,31}))?)?"
    r"(?![\w/]|-\w)",
    re.ASCII,
)


@dataclass(frozen=True)
class Mention:
    """A promise by its number; with a month the report on it; with a place the one from there."""

    number: int
    month: date | None = None
    place: str = ""

    def __str__(self) -> str:
        """As it is typed."""
        month = f"/{self.month:%Y-%m}" if self.month else ""
        return f"#{self.number}{month}{'/' + self.place if self.place else ''}"


@dataclass(frozen=True)
class Piece:
    """A stretch of a text, which may be a mention."""

    text: str
    mention: Mention | None = None


def pieces(text: str) -> list[Piece]:
    """A text taken apart where something is mentioned; put together again it is the same text."""
    found: list[Piece] = []
    end = 0
    for match in _MENTION.finditer(text):
        if match.start() > end:
            found.append(Piece(text[end : match.start()]))
        found.append(Piece(match[0], _mention(match)))
        end = match.end()
    if end < len(text):
        found.append(Piece(text[end:]))
    return found


def mentions(texts: Iterable[str]) -> list[Mention]:
    """All that is mentioned, each once, in the order of the texts."""
    every = (piece.mention for text in texts for piece in pieces(text) if piece.mention)
    return list(dict.fromkeys(every))


def _mention(match: re.Match[str]) -> Mention:
    month = date(int(match["year"]), int(match["month"]), 1) if match["year"] else None
    return Mention(int(match["number"]), month, match["place"] or "")


@dataclass(frozen=True)
class Words:
    """Something to be said: about a field or the whole, perhaps below another comment."""

    text: str
    about: str = ""
    reply_to: int | None = None


def read_words(words: Words, known: Collection[str]) -> Words:
    """What is to be said, as it is kept.

    Args:
        words: as they were typed.
        known: what can be spoken about.

    Raises:
        Incomplete: nothing is said, or too much, or about nothing that is there.
    """
    text = clean(words.text)
    faults = []
    if not text:
        faults.append(RuleBroken(N_("Write something."), field="text"))
    if len(text) > TEXT_LONGEST:
        faults.append(TooLong(text, TEXT_LONGEST, field="text"))
    if words.reply_to is None and words.about not in known:
        faults.append(RuleBroken(N_("Not a valid choice."), field="about"))
    if faults:
        raise Incomplete(faults)
    return Words(text, words.about, words.reply_to)
