"""The public register: what is looked for, found, counted, and shown page by page."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from sqlalchemy import Select

from mobilizer.core.database import db
from mobilizer.core.pages import PER_PAGE, Page
from mobilizer.promises.models import Promise
from mobilizer.scorecards.queries.shelf import Shelf
from mobilizer.search.queries import kept_of, ranked
from mobilizer.search.rules.numbers import counts, narrowed, part
from mobilizer.search.rules.words import Asked, asked


@dataclass(frozen=True)
class Wanted:
    """What a visitor looks for. ``chosen`` names public codes: {"topic": "health"}."""

    text: str = ""
    chosen: Mapping[str, str] = field(default_factory=dict)
    #: As of the end of which day; None for now.
    as_of: date | None = None

    @cached_property
    def asked(self) -> Asked:
        """The words and the number in what she typed."""
        return asked(self.text)


@dataclass(frozen=True)
class Found:
    """What was found, as sets of promise numbers, the best first, and how many there would be."""

    ranks: tuple[int, ...]
    total: int
    #: filter -> choice -> how many promises it would leave
    counts: Mapping[str, Mapping[str, int]]
    #: All that there is of the cycle.
    here: Shelf
    #: How many there would be without one choice, or without the words ("q").
    without: Mapping[str, int]
    #: The sets of what may be asked of the words, as far as they are kept.
    kept: Mapping[str, int]

    def numbers(self, start: int, many: int) -> list[int]:
        """Some of the numbers found, the best first; of two that are as good the lower number."""
        shown: list[int] = []
        for rank in self.ranks:
            shown += part(rank, start, many - len(shown))
            start = max(0, start - rank.bit_count())
        return shown


def look_up(here: Shelf, wanted: Wanted) -> Found:
    """The public promises on a shelf that are what a visitor looks for.

    A text without a letter or digit filters nothing. A number alone finds its promise first.
    Of an earlier day are the promises and their ratings; words are looked for in what is said of
    them by now.
    """
    kept = kept_of(wanted.asked.words)
    ranks = _ranks(wanted.asked, here.every, kept) if wanted.asked else [here.every]
    among = sum(ranks)
    left = narrowed(among, here.under, wanted.chosen)
    without = {
        name: narrowed(among, here.under, {**wanted.chosen, name: ""}) for name in wanted.chosen
    }
    if wanted.asked and wanted.chosen:
        without["q"] = narrowed(here.every, here.under, wanted.chosen)
    return Found(
        ranks=tuple(rank & left for rank in ranks),
        total=left.bit_count(),
        counts=counts(among, here.under, wanted.chosen),
        without={name: left.bit_count() for name, left in without.items()},
        here=here,
        kept=kept,
    )


def _ranks(asked: Asked, every: int, kept: Mapping[str, int]) -> list[int]:
    """The sets of a search, the best first; no number is in two."""
    number = asked.number or 0
    the_one = (every >> number & 1) << number  # Whatever number is typed, no set grows with it.
    return [the_one, *(rank & every & ~the_one for rank in ranked(asked.words, kept))]


def page_of(
    found: Found, listing: Select[Promise], at: int, per_page: int = PER_PAGE
) -> Page[Promise]:
    """One page of what was found: the last one to whom asks for a later one.

    Args:
        found: what was found.
        listing: how the promises of the page are read, with what is shown of them.
        at: the page that is asked for, from 1.
        per_page: how many stand on one.
    """
    last = max(1, -(-found.total // per_page))
    number = min(at, last)
    first = (number - 1) * per_page
    shown = found.numbers(first, per_page)
    rows = db.session.scalars(listing.where(Promise.number.in_(shown))).unique() if shown else ()
    by_number = {promise.number: promise for promise in rows}
    in_order = [by_number[one] for one in shown if one in by_number]
    return Page(in_order, number, per_page, found.total)
