"""How a hit is told: its words marked where they stand, in the promise or in a finding of it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from mobilizer.core.database import db
from mobilizer.core.language import Said, said
from mobilizer.findings.models import Finding
from mobilizer.findings.queries import until
from mobilizer.findings.rules.words import readable
from mobilizer.promises.models import Promise
from mobilizer.promises.rules.texts import searched
from mobilizer.search.rules.marking import Piece, around, pieces, stands_in, which_stand

#: So many findings of a promise, the latest ones, are read for the words.
READ = 12


@dataclass(frozen=True)
class Spot:
    """A finding in which words stand, and the text around them."""

    finding: Finding
    text: tuple[Piece, ...]


@dataclass(frozen=True)
class Beside:
    """What else is said of a promise in which words stand: who said it, or who is to do it.

    ``named`` is given where it is the promise's name in a language that is not the page's.
    """

    text: tuple[Piece, ...]
    named: Said | None = None
    is_institution: bool = False


@dataclass(frozen=True)
class Hit:
    """A promise that was found."""

    promise: Promise
    #: Its name in the page's language, as it is and in pieces.
    named: Said
    title: tuple[Piece, ...]
    #: Its exact words, as far as one of those looked for stands in them and not in the name.
    words: tuple[Piece, ...]
    #: Where the words stand that are in neither, as far as they stand in the promise at all.
    beside: tuple[Beside, ...]
    spot: Spot | None
    #: Words stand only in findings that are older than those read.
    is_earlier: bool


def hits(
    promises: Sequence[Promise], words: Sequence[str], moment: datetime | None = None
) -> list[Hit]:
    """The promises of a page, told with the words by which they were found.

    No finding is told that was published after the moment.
    """
    missing = {promise.id: _not_said(promise, words) for promise in promises}
    spots = _spots({key: words for key, words in missing.items() if words}, moment)
    # On an earlier day it may be a later finding as well, and is not told.
    untold = {key for key in missing if missing[key] and key not in spots and moment is None}
    return [
        _hit(promise, words, spots.get(promise.id), is_earlier=promise.id in untold)
        for promise in promises
    ]


def _hit(promise: Promise, words: Sequence[str], spot: Spot | None, *, is_earlier: bool) -> Hit:
    named = said(promise.titles)
    beyond = _without([named.text], words)
    return Hit(
        promise=promise,
        named=named,
        title=pieces(named.text, words),
        words=around(promise.exact_words, words) if stands_in(promise.exact_words, beyond) else (),
        beside=tuple(_beside(promise, named, _without([promise.exact_words], beyond))),
        spot=spot,
        is_earlier=is_earlier,
    )


def _beside(promise: Promise, named: Said, words: Sequence[str]) -> Iterator[Beside]:
    """The further texts of a promise in which some words stand, each word shown once."""
    names = (Said(name, code, falls_back=True) for code, name in sorted(promise.titles.items()))
    told = [
        *((name.text, name, False) for name in names if name.language != named.language),
        (promise.speaker, None, False),
        (promise.institution, None, True),
    ]
    for text, name, is_institution in told:
        if stands_in(text, words):
            yield Beside(around(text, words), name, is_institution)
            words = _without([text], words)


def _not_said(promise: Promise, words: Sequence[str]) -> list[str]:
    return _without(searched(promise), words)


def _without(texts: Iterable[str], words: Sequence[str]) -> list[str]:
    """The words that stand in none of some texts."""
    there = which_stand(texts, words)
    return [word for word in words if word not in there]


def _spots(missing: Mapping[int, Sequence[str]], moment: datetime | None) -> dict[int, Spot]:
    """The latest finding of each promise in which one of its missing words stands."""
    if not missing:
        return {}
    recent = select(
        Finding.number,
        func.row_number()
        .over(
            partition_by=Finding.promise_id,
            order_by=(Finding.month.desc(), Finding.number.desc()),
        )
        .label("rank"),
    ).where(Finding.promise_id.in_(missing))
    ranked = until(recent, moment).subquery()
    read = (
        select(Finding)
        .join(ranked, ranked.c.number == Finding.number)
        .where(ranked.c.rank <= READ)
        .order_by(Finding.month.desc(), Finding.number.desc())
        .options(joinedload(Finding.place))
    )
    spots: dict[int, Spot] = {}
    for finding in db.session.scalars(read):
        words = missing[finding.promise_id]
        if finding.promise_id not in spots:
            for text in readable(finding.content):
                if stands_in(text, words):
                    spots[finding.promise_id] = Spot(finding, around(text, words))
                    break
    return spots
