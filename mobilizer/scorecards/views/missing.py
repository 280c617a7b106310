"""The page of an address that leads nowhere: what may be meant, and a way to search."""

from collections.abc import Mapping
from typing import Any

from flask import make_response, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from mobilizer.core.database import db
from mobilizer.core.errors import NotVisible
from mobilizer.core.language import current
from mobilizer.cycles import queries as cycles
from mobilizer.cycles.models import Cycle
from mobilizer.scorecards import queries
from mobilizer.scorecards.rules import By
from mobilizer.scorecards.views.frame import bp, page
from mobilizer.scorecards.views.rows import Suggestion, asked_for, promise_address, suggested

#: What the code in an address is of.
BY_CODE = {
    "scorecards.topic": By.TOPIC,
    "scorecards.party": By.PARTY,
    "scorecards.region": By.REGION,
    "scorecards.municipality": By.MUNICIPALITY,
}
#: Where the code in the path is that of a cycle.
OF_A_CYCLE = ("scorecards.cycle", "scorecards.release")


@bp.errorhandler(NotVisible)
def missing(_: NotVisible) -> ResponseReturnValue:
    """Say that nothing is here: the same of what never was and of what is not public.

    Where nothing is public at all, that is said instead: every entry of the menu leads here.
    """
    db.session.rollback()
    cycle = db.session.scalars(cycles.public().limit(1)).first()
    if cycle is None:
        answer = make_response(page("nothing.html", None))
    else:
        answer = make_response(page("missing.html", cycle, suggestions=suggestions(cycle)))
    answer.status_code = 404
    return answer


def suggestions(cycle: Cycle) -> list[Suggestion]:
    """The public pages that may be meant by this address."""
    values = request.view_args or {}
    if meant := other_cycles(values):
        return meant
    if by := BY_CODE.get(request.endpoint or ""):
        return suggested(queries.near(values["code"], queries.things(cycle, by)), cycle)
    if request.endpoint == "scorecards.promise":
        beside = queries.promises_beside(cycle, values["number"])
        return [promise_address(promise) for promise in beside]
    if request.endpoint == "scorecards.release":
        listed = url_for("scorecards.releases", lang=current(), cycle=asked_for(cycle))
        return [Suggestion({current(): gettext("Monthly releases")}, listed)]
    return []


def other_cycles(values: Mapping[str, Any]) -> list[Suggestion]:
    """The cycles that may be meant, where the one that is asked for is not there."""
    is_path = request.endpoint in OF_A_CYCLE
    asked = values["code"] if is_path else request.args.get("cycle")
    every = db.session.scalars(cycles.public()).all()
    if not asked or asked in (cycle.code for cycle in every):
        return []
    return [
        Suggestion(one.names, url_for("scorecards.cycle", lang=current(), code=one.code))
        for one in queries.near(asked, every)
    ]
