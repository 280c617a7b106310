"""How a hit is told: its words marked, and the finding in which they stand if not in itself."""

from collections.abc import Mapping, Sequence
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
class Hit:
    """A promise that was found."""

    promise: Promise
    #: Its name in the page's language, as it is and in pieces.
    named: Said
    title: tuple[Piece, ...]
    #: Its exact words, as far as one of those looked for stands in them and not in the name.
    words: tuple[Piece, ...]
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
    named_by = which_stand([named.text], words)
    beyond = [word for word in words if word not in named_by]
    return Hit(
        promise=promise,
        named=named,
        title=pieces(named.text, words),
        words=around(promise.exact_words, words) if stands_in(promise.exact_words, beyond) else (),
        spot=spot,
        is_earlier=is_earlier,
    )


def _not_said(promise: Promise, words: Sequence[str]) -> list[str]:
    said = which_stand(searched(promise), words)
    return [word for word in words if word not in said]


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
