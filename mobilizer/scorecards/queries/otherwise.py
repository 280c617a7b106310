"""Where all of some words find nothing: what each finds alone, and what may have been meant."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import islice

from sqlalchemy import select

from mobilizer.core.database import db
from mobilizer.promises.models import Promise
from mobilizer.promises.rules import PromiseState
from mobilizer.promises.rules.texts import searched
from mobilizer.scorecards.queries.register import Found
from mobilizer.search.queries import answering
from mobilizer.search.rules.nearness import most_alike
from mobilizer.search.rules.numbers import numbers
from mobilizer.search.rules.terms import anywhere, beginning_like

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
    sets = answering(*([way(word)] for way in (anywhere, beginning_like) for word in words))
    alone = dict(zip(words, (every & of for of in sets), strict=False))
    near = dict(zip(words, (every & of for of in sets[len(words) :]), strict=True))
    unknown = [word for word, of in alone.items() if not of and near[word]]
    read = {word: list(islice(numbers(near[word]), READ)) for word in unknown}
    texts = _texts({number for some in read.values() for number in some})
    meant = (
        most_alike(word, (text for number in read[word] for text in texts.get(number, ())))
        for word in unknown
    )
    return Otherwise(
        alone={word: of.bit_count() for word, of in alone.items() if of and len(words) > 1},
        meant=tuple(word for word in meant if word),
    )


def _texts(of: Iterable[int]) -> dict[int, tuple[str, ...]]:
    wanted = list(of)
    if not wanted:
        return {}
    public = select(Promise).where(
        Promise.number.in_(wanted), Promise.state == PromiseState.PUBLISHED
    )
    return {promise.number: searched(promise) for promise in db.session.scalars(public)}
