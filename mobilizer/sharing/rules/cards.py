"""What a picture says: every word and number on it, in one language, before anything is drawn."""

import hashlib
import json
from dataclasses import asdict, dataclass

from mobilizer.core.words import N_, Word
from mobilizer.scoring.rules import Rating

#: Counts the ways in which pictures were drawn: another drawing is another address.
EDITION = 1
#: How a language marks what was said, by its tag; others as English does.
QUOTES = {"mk": ("„", "“"), "sr": ("„", "”"), "sr-Latn": ("„", "”"), "sq": ("„", "“")}
#: With what a sentence has ended, also inside of quotation marks.
ENDS = (".", "!", "?", "…")
#: So much of the hash stands in an address.
MARK = 16


class Kind(Word):
    """What can be shown elsewhere, named as in addresses."""

    CYCLE = "cycles", N_("Cycle")
    TOPIC = "topics", N_("Topic")
    PARTY = "parties", N_("Party or coalition")
    REGION = "regions", N_("Region")
    MUNICIPALITY = "municipalities", N_("Municipality")
    PROMISE = "promises", N_("Promise")


@dataclass(frozen=True)
class Piece:
    """One rating: its word, and how many promises bear it as the language writes the number."""

    rating: Rating
    label: str
    count: int
    shown: str


@dataclass(frozen=True)
class Card:
    """All that stands on a picture of a score or of a promise.

    A score has ``figure``, ``words`` and ``pieces``; a promise has ``quote``, ``author`` and
    ``verdict``. What a card does not say is empty.
    """

    #: As HTML's ``lang`` wants it.
    language: str
    #: The cycle's name.
    over: str
    title: str
    #: Under what the counts depend on: how many are rated, the day, the method.
    notes: tuple[str, ...]
    #: Where it can be looked up: the name of the site's host.
    source: str = ""
    #: What a demonstration says of itself.
    banner: str = ""
    #: "41 %", or that there is no score yet.
    figure: str = ""
    words: str = ""
    #: The same in fewer words, where a frame says the rest below.
    framed: str = ""
    pieces: tuple[Piece, ...] = ()
    has_score: bool = False
    #: In how many municipalities somebody looked.
    covered: str = ""
    quote: str = ""
    #: The language of the quotation.
    quoted_in: str = ""
    author: str = ""
    verdict: Piece | None = None

    def digest(self, shape: str) -> str:
        """The hash of what is said in a shape: the same words and numbers, the same picture."""
        said = json.dumps([EDITION, shape, asdict(self)], ensure_ascii=False, sort_keys=True)
        return hashlib.sha256(said.encode()).hexdigest()

    def mark(self, shape: str) -> str:
        """As much of the hash as an address takes."""
        return self.digest(shape)[:MARK]

    @property
    def in_words(self) -> str:
        """The same for whoever does not see it: one paragraph."""
        counted = ", ".join(f"{piece.label}: {piece.shown}" for piece in self.pieces if piece.count)
        verdict = self.verdict.label if self.verdict else ""
        quote = quoted(self.quote, self.language) if self.quote else ""
        said = (
            self.banner,
            self.over,
            self.title,
            # "40 % fulfilled, of 45", but "No score yet. 2 are rated".
            (" " if self.has_score else ". ").join(filter(None, (self.figure, self.words))),
            quote,
            self.author,
            verdict,
            # Before the counts: where this is cut, a number never stands without its day.
            *self.notes,
            self.covered,
            counted,
        )
        return " ".join(_ended(one) for one in said if one).removesuffix(".")


def quoted(words: str, language: str) -> str:
    """What somebody said, between the marks of a language."""
    opened, closed = QUOTES.get(language, ("“", "”"))
    return f"{opened}{words}{closed}"


def _ended(told: str) -> str:
    """A sentence with one sign at its end."""
    return told if told.rstrip("“”").endswith(ENDS) else f"{told}."
