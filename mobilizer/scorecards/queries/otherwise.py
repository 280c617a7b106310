"""Where all of some words find nothing: what each finds alone, and what may have been meant."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain, islice

from sqlalchemy import select

from mobilizer.core.database import db
from mobilizer.promises.models import Promise
from mobilizer.promises.rules import PromiseState
from mobilizer.promises.rules.texts import searched
from mobilizer.scorecards.queries.register import Found
from mobilizer.search.queries import answering, each
from mobilizer.search.rules.nearness import most_alike
from mobilizer.search.rules.numbers import numbers
from mobilizer.search.rules.terms import beginning_like

#: So many promises with a word that begins alike are read for each word.
READ = 40


@dataclass(frozen=True)
class Otherwise:
    """The ways on from words that find nothing together."""

    #: For each word alone how many promises it finds, if it finds any and is not all that is.
    alone: Mapping[str, int] = field(default_factory=dict)
    #: Words that stand in public promises, as they are written there, for those that do not.
    meant: tuple[str, ...] = ()


def otherwise(found: Found, words: tuple[str, ...]) -> Otherwise:
    """What leads on where nothing was found."""
    if not words:
        return Otherwise()
    every = found.here.every
    alone = {word: every & of for word, of in each(words, found.kept).items()}
    return Otherwise(
        alone={word: of.bit_count() for word, of in alone.items() if of and len(words) > 1},
        meant=tuple(_meant([word for word, of in alone.items() if not of], found)),
    )


def _meant(unknown: Sequence[str], found: Found) -> Iterator[str]:
    """The words that may have been meant by those that nothing public has.

    Asked for these alone, and not before that is known: each term costs what it finds.
    """
    near = answering(found.kept, *([beginning_like(word)] for word in unknown))
    read = [list(islice(numbers(found.here.every & of), READ)) for of in near]
    texts = _texts(set(chain(*read)))
    for word, some in zip(unknown, read, strict=True):
        alike = most_alike(word, chain(*(texts.get(number, ()) for number in some)))
        if alike:
            yield alike


def _texts(of: Iterable[int]) -> dict[int, tuple[str, ...]]:
    wanted = list(of)
    if not wanted:
        return {}
    public = select(Promise).where(
        Promise.number.in_(wanted), Promise.state == PromiseState.PUBLISHED
    )
    return {promise.number: searched(promise) for promise in db.session.scalars(public)}
