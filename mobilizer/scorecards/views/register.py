"""The public register of promises: looked through by words and filters."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any

from flask import request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from mobilizer.core.language import current
from mobilizer.core.pages import asked_page
from mobilizer.core.policy import public
from mobilizer.cycles.models import Cycle, Topic
from mobilizer.elections.models import Party
from mobilizer.places.models import Place
from mobilizer.scorecards import queries
from mobilizer.scorecards.forms import Choice, Filters
from mobilizer.scorecards.queries import Found, Shelf, Wanted
from mobilizer.scorecards.rules import By
from mobilizer.scorecards.views.days import Chosen, chosen_day
from mobilizer.scorecards.views.frame import bp, page, the_cycle
from mobilizer.scorecards.views.rows import Suggestion, asked_for, choices, suggested
from mobilizer.scoring.rules import Rating

Things = Mapping[By, Sequence[Topic | Party | Place]]


@bp.get("/promises/")
@public
def promises() -> ResponseReturnValue:
    cycle = the_cycle()
    filters = Filters(request.args)
    chosen = chosen_day(cycle)
    here = queries.shelf(cycle, chosen.past)
    things = things_of(cycle, here, chosen)
    filters.check(names := names_of(things))
    found = queries.look_up(here, wanted := filters.wanted(chosen.past))
    filters.offer_counted(names, found.counts)
    listed = queries.page_of(found, queries.shown_promises(cycle, chosen.past), asked_page())
    return page(
        "promises.html",
        cycle,
        chosen,
        filters=filters,
        is_refused=bool(filters.errors),
        wanted=wanted,
        promises=listed,
        hits=queries.hits(listed.rows, wanted.asked.words, chosen.moment) if wanted.asked else [],
        **(ways_out(cycle, wanted, found, things) if not found.total else {}),
        ratings_of=here.ratings_of(listed.rows),
    )


def things_of(cycle: Cycle, here: Shelf, chosen: Chosen) -> Things:
    """What can be chosen; on an earlier day also who promised something only later."""
    return {
        By.TOPIC: cycle.topics,
        By.PARTY: queries.things(cycle, By.PARTY) if chosen.past else queries.parties_on(here),
        By.REGION: queries.things(cycle, By.REGION),
    }


def names_of(things: Things) -> dict[str, list[Choice]]:
    """The choices of each filter, by code and name."""
    names = {by.value: choices(some) for by, some in things.items()}
    return {**names, "rating": [Choice(rating.value, gettext(rating.label)) for rating in Rating]}


@dataclass(frozen=True)
class Way:
    """A way on from where nothing was found: what to leave out, and how many that finds."""

    text: str
    url: str
    number: int
    tag: str = ""
    is_word: bool = False


def ways_out(cycle: Cycle, wanted: Wanted, found: Found, things: Things) -> dict[str, Any]:
    """Where nothing was found: what to leave out, and what may have been meant."""
    other = queries.otherwise(found, wanted.asked.words)
    words = [Suggestion({current(): word}, address(cycle, Wanted(word))) for word in other.meant]
    return {
        "ways_on": [
            *without_a_choice(cycle, wanted, found, names_of(things)),
            *(
                Way(word, address(cycle, Wanted(word)), number, is_word=True)
                for word, number in other.alone.items()
            ),
        ],
        "suggestions": [*words, *meant(cycle, wanted, things)],
    }


def without_a_choice(
    cycle: Cycle,
    wanted: Wanted,
    found: Found,
    names: Mapping[str, Sequence[Choice]],
) -> Iterator[Way]:
    """The ways on that find something without one of the filters, or without the words."""
    for name, number in found.without.items():
        if number:
            code = wanted.chosen.get(name, wanted.text[:100])
            one = {one.code: one for one in names.get(name, ())}.get(code, Choice(code, code))
            yield Way(one.text, address(cycle, wanted, without=name), number, one.tag)


def address(cycle: Cycle, wanted: Wanted, without: str = "") -> str:
    """The register's address with what is wanted, but for one part of it."""
    parts: dict[str, Any] = {
        "q": wanted.text[:100] or None,
        **wanted.chosen,
        "cycle": asked_for(cycle),
    }
    parts.pop(without, None)
    return url_for("scorecards.promises", lang=current(), **parts)


def meant(cycle: Cycle, wanted: Wanted, things: Things) -> list[Suggestion]:
    """The pages of topics, parties and places that may be meant by the words."""
    if not wanted.asked.words:
        return []
    every = chain(*things.values(), queries.things(cycle, By.MUNICIPALITY))
    return suggested(queries.near(" ".join(wanted.asked.words), every), cycle)
