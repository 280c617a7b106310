"""Two parties, places or cycles beside each other."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from mobilizer.core.errors import RuleBroken
from mobilizer.core.language import current
from mobilizer.core.policy import public
from mobilizer.cycles.models import Cycle
from mobilizer.scorecards.forms import Choice, Pair
from mobilizer.scorecards.queries.compare import Comparable, Offer, offer, side, topics_of
from mobilizer.scorecards.queries.days import first_day
from mobilizer.scorecards.rules.compare import (
    Caveat,
    Compared,
    Side,
    caveats,
    check_one,
    check_pair,
)
from mobilizer.scorecards.rules.letters import in_order
from mobilizer.scorecards.views.days import Chosen, chosen_day
from mobilizer.scorecards.views.frame import bp, page, the_cycle
from mobilizer.scorecards.views.rows import address, choices, named
from mobilizer.scoring.rules import Counts, Score


@dataclass(frozen=True)
class Column:
    """One of the two, by its name, what it is called in an address, and where its page is."""

    name: str
    names: Mapping[str, str]
    asked: str
    url: str
    side: Side


@dataclass(frozen=True)
class Beside:
    """A topic: its names by language, and the score and counts of both."""

    names: Mapping[str, str]
    scores: tuple[tuple[Score, Counts], ...]


@dataclass(frozen=True)
class Comparison:
    """The two beside each other."""

    columns: tuple[Column, ...]
    topics: Sequence[Beside]
    caveats: Sequence[Caveat]

    @property
    def is_invented(self) -> bool:
        """Whether both are of a demonstration; where one is, that is told as a caveat."""
        return all(column.side.rules.is_invented for column in self.columns)


@bp.get("/compare")
@public
def compare() -> ResponseReturnValue:
    cycle = the_cycle()
    chosen, offered = chosen_day(cycle), offer(cycle)
    asked = {name: list(filter(None, request.args.getlist(name))) for name in ("one", "other")}
    form, comparison = Pair(formdata=None), None
    form.offer(groups(offered), asked)
    is_begun, is_sent = any(asked.values()), "other" in request.args
    try:
        # By a link of a page one is chosen already, and nothing is wrong yet.
        if is_begun and is_sent:
            comparison = compared(offered, pair_of(offered, **asked), chosen)
        elif is_begun:
            check_one("one", asked["one"], kinds_of(offered))
    except RuleBroken as fault:
        form.strike(fault)
    return page(
        "compare.html",
        cycle,
        chosen,
        form=form,
        comparison=comparison,
        needs_first=is_sent and not is_begun,
        needs_second=is_begun and not is_sent and not form.errors,
        is_refused=bool(form.errors),
    )


def groups(offered: Offer) -> dict[str, list[Choice]]:
    """What can be chosen, kind by kind."""
    return {gettext(kind.label): choices(some, f"{kind}:") for kind, some in offered.things.items()}


def pair_of(offered: Offer, one: Sequence[str], other: Sequence[str]) -> dict[str, Comparable]:
    """The two that are asked for, by what they are called in an address.

    Raises:
        RuleBroken: they cannot be compared.
    """
    check_pair(one, other, kinds_of(offered))
    return {name: offered.named[name][1] for name in (one[0], other[0])}


def kinds_of(offered: Offer) -> dict[str, Compared]:
    """What can be chosen, by its name in an address: of which kind it is."""
    return {name: kind for name, (kind, _) in offered.named.items()}


def compared(offered: Offer, pair: Mapping[str, Comparable], chosen: Chosen) -> Comparison:
    """Two of them with all that stands beside each other."""
    columns = tuple(
        Column(
            named(thing.names),
            thing.names,
            asked,
            page_of(thing, chosen),
            side(offered, thing, chosen.past),
        )
        for asked, thing in pair.items()
    )
    cycles = [thing for thing in pair.values() if isinstance(thing, Cycle)] or [offered.cycle]
    sides = [column.side for column in columns]
    topics = [
        Beside(
            topic.names,
            tuple((one.of_topic(code), one.topics.get(code, Counts())) for one in sides),
        )
        for code, topic in topics_of(cycles).items()
        if any(code in one.topics for one in sides)
    ]
    topics.sort(key=lambda topic: in_order(named(topic.names), current()))
    return Comparison(columns, topics, list(caveats(*sides)))


def page_of(thing: Comparable, chosen: Chosen) -> str:
    """Where the page of one of them is: as of the same day, unless its cycle began later."""
    if isinstance(thing, Cycle):
        is_there = chosen.past is not None and chosen.past >= first_day(thing)[0]
        asked: dict[str, Any] = {"as_of": chosen.past if is_there else None}
        return url_for("scorecards.cycle", lang=current(), code=thing.code, **asked)
    return address(thing, chosen.cycle)
