"""The latest findings, day by day."""

from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import Any

from flask import request, url_for
from flask.typing import ResponseReturnValue

from mobilizer.core.language import current
from mobilizer.core.policy import public
from mobilizer.cycles.models import Cycle
from mobilizer.scorecards import queries
from mobilizer.scorecards.forms import FindingFilters
from mobilizer.scorecards.queries.near import Thing
from mobilizer.scorecards.rules import About
from mobilizer.scorecards.views.days import chosen_day
from mobilizer.scorecards.views.feeds import asked_before
from mobilizer.scorecards.views.frame import bp, page, the_cycle
from mobilizer.scorecards.views.rows import asked_for, choices

#: So many findings stand on one page.
PER_PAGE = 30
#: The filters, by the names they have in an address.
NAMES = {"topic": About.TOPIC, "party": About.PARTY, "region": About.REGION}


@bp.get("/findings")
@public
def findings() -> ResponseReturnValue:
    cycle = the_cycle()
    asked = chosen_day(cycle)
    offered = queries.offered(cycle)
    filters = FindingFilters(request.args)
    names = {name: choices(offered[about]) for name, about in NAMES.items()}
    filters.check(names)
    filters.offer(names)
    chosen = chosen_of(filters, offered)
    before = asked_before()
    found = queries.news(cycle, chosen, asked.past, PER_PAGE + 1, before)
    shown = found[:PER_PAGE]
    older = shown[-1].finding.number if len(found) > PER_PAGE else None
    return page(
        "findings.html",
        cycle,
        asked,
        filters=filters,
        is_refused=bool(filters.errors),
        is_filtered=bool(chosen),
        days=[(day, list(of)) for day, of in groupby(shown, lambda one: one.finding.published_on)],
        older=address(cycle, chosen, before=older) if older else None,
        newest=address(cycle, chosen) if before else None,
    )


def chosen_of(
    filters: FindingFilters, offered: Mapping[About, Sequence[Thing]]
) -> dict[About, Thing]:
    """The topic, party and region that are chosen; what is not offered is not."""
    return {
        about: thing
        for name, about in NAMES.items()
        for thing in offered[about]
        if thing.code == filters[name].data
    }


def address(cycle: Cycle, chosen: Mapping[About, Thing], before: int | None = None) -> str:
    """Where the findings are that are chosen like this."""
    codes: dict[str, Any] = {
        name: chosen[about].code for name, about in NAMES.items() if about in chosen
    }
    return url_for(
        "scorecards.findings", lang=current(), cycle=asked_for(cycle), before=before, **codes
    )
