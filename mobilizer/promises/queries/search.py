"""Finding promises by what they say, in any script."""

from sqlalchemy import ColumnElement, Select, or_, select

from mobilizer.core.text import normalise
from mobilizer.promises.models import Promise, PromiseWord

#: So many words of what is typed are looked for; more would only find less.
MOST_WORDS = 8
#: Comes after every letter: the end of the range of words with a beginning.
LAST = "\U0010ffff"


def search(listing: Select[Promise], text: str) -> Select[Promise]:
    """Those promises of a list that have, for each word of a text, one that begins like it.

    A number finds the promise of this number too. A text without a letter or digit filters nothing.
    """
    for word in normalise(text).split()[:MOST_WORDS]:
        said = Promise.id.in_(select(PromiseWord.promise_id).where(begins(word)))
        is_number = word.isdecimal() and len(word) <= 9
        listing = listing.where(or_(said, Promise.number == int(word)) if is_number else said)
    return listing


def begins(beginning: str) -> ColumnElement[bool]:
    """The words with this beginning, as a range of the index."""
    return PromiseWord.word.between(beginning, beginning + LAST)
