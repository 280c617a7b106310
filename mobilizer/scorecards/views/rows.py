"""What a line of scores looks like on a page: its name, where it leads, its number."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol

from flask import url_for
from flask_babel import gettext

from mobilizer.core.language import current, said
from mobilizer.cycles.models import Cycle, Topic
from mobilizer.elections.models import Party
from mobilizer.places.models import Place
from mobilizer.places.rules import PlaceKind
from mobilizer.promises.models import Promise
from mobilizer.scorecards.forms import Choice
from mobilizer.scorecards.queries import Line
from mobilizer.scorecards.rules.letters import in_order
from mobilizer.scoring.rules import Counts, Score, score


class Named(Protocol):
    """What has a code and names."""

    code: Any
    names: Any


@dataclass(frozen=True)
class Row:
    """A topic, party or place with its score, ready for the parts ``scored`` and ``map``.

    ``name`` is for where no language can be marked, such as a label; elsewhere stand ``names``.
    ``column`` and ``row`` are a region's place among the tiles; None elsewhere.
    """

    code: str
    name: str
    names: Mapping[str, str]
    url: str
    score: Score
    counts: Counts
    column: int | None = None
    row: int | None = None


def named(names: Mapping[str, str]) -> str:
    """A name in the page's language, or visibly in another: "Tetovo (in English)"."""
    content = said(names)
    return f"{content.text} ({gettext(content.note)})" if content.falls_back else content.text


def choices(things: Iterable[Named], before: str = "") -> list[Choice]:
    """What can be chosen, in the order of the names in the page's language.

    Args:
        things: what has a code and names.
        before: what stands before the code in an address.
    """
    offered = [choice(before + thing.code, thing.names) for thing in things]
    return sorted(offered, key=lambda one: in_order(one.text, current()))


def choice(code: str, names: Mapping[str, str]) -> Choice:
    """A thing as a choice, all in one language: "Tetova (shqip)"; a list holds no marks inside."""
    content = said(names)
    if not content.falls_back:
        return Choice(code, content.text)
    return Choice(code, f"{content.text} ({content.own})", {"lang": content.tag})


def address(thing: Topic | Party | Place, cycle: Cycle, as_of: date | None = None) -> str:
    """Where the public page of a topic, party or place is; as of a day, where one is said."""
    asked: dict[str, Any] = {"cycle": asked_for(cycle)}
    if as_of:
        asked["as_of"] = as_of.isoformat()
    return url_for(_endpoint(thing), lang=current(), code=thing.code, **asked)


def asked_for(cycle: Cycle) -> str | None:
    """The cycle as an address names it: not at all where it is the one shown first."""
    return None if cycle.is_current else cycle.code


def _endpoint(thing: Topic | Party | Place) -> str:
    if isinstance(thing, Topic):
        return "scorecards.topic"
    if isinstance(thing, Party):
        return "scorecards.party"
    is_region = thing.kind == PlaceKind.REGION
    return "scorecards.region" if is_region else "scorecards.municipality"


@dataclass(frozen=True)
class Suggestion:
    """A page that may be meant, by its names in a few languages; a promise by its number too."""

    names: Mapping[str, str]
    url: str
    number: int | None = None


def suggested(things: Iterable[Topic | Party | Place], cycle: Cycle) -> list[Suggestion]:
    """Topics, parties and places as pages that may be meant."""
    return [Suggestion(thing.names, address(thing, cycle)) for thing in things]


def promise_address(promise: Promise) -> Suggestion:
    """A promise as a page that may be meant, by its number and name."""
    url = url_for("scorecards.promise", lang=current(), number=promise.number)
    return Suggestion(promise.titles, url, promise.number)


def rows(lines: Iterable[Line], cycle: Cycle, as_of: date | None = None) -> list[Row]:
    """Lines of scores as rows of a page, in the order of their names there.

    They lead to pages as of a day, where one is said.
    """
    language = current()
    told = [
        Row(
            code=line.thing.code,
            name=named(line.thing.names),
            names=line.thing.names,
            url=address(line.thing, cycle, as_of),
            score=score(line.counts, cycle.least_rated),
            counts=line.counts,
            column=line.thing.tile_column if isinstance(line.thing, Place) else None,
            row=line.thing.tile_row if isinstance(line.thing, Place) else None,
        )
        for line in lines
    ]
    return sorted(told, key=lambda row: in_order(row.name, language))
