"""The records themselves: lists, page by page, scores, and single promises."""

from typing import Any

from flask import Response, jsonify, request, url_for
from flask.typing import ResponseReturnValue

from mobilizer.api import queries
from mobilizer.api.queries.rows import promise_rows, release_row
from mobilizer.api.rules.asking import (
    FILTERS,
    by_word,
    language_code,
    one_of,
    page_number,
    sought_words,
)
from mobilizer.api.rules.columns import cells, columns
from mobilizer.api.rules.openapi import OPENAPI, ROWS
from mobilizer.api.rules.schemas import SCHEMAS
from mobilizer.api.views.frame import bp
from mobilizer.core.language import offered
from mobilizer.core.pages import Page
from mobilizer.core.policy import public
from mobilizer.core.tables import as_csv
from mobilizer.cycles.queries import public_cycle
from mobilizer.scorecards.queries import Wanted
from mobilizer.scorecards.queries import scores as scores_of
from mobilizer.scorecards.queries.days import day_asked
from mobilizer.scorecards.queries.releases import months_released
from mobilizer.scorecards.queries.releases import releases as releases_of
from mobilizer.scoring.rules import Rating

LISTS = "cycles, topics, parties, regions, municipalities, findings, replies"
#: By what promises are looked for.
SOUGHT = ("q", *FILTERS, "rating")


@bp.get("/openapi.json")
@public
def openapi() -> ResponseReturnValue:
    return OPENAPI


@bp.get("/scores")
@bp.get("/scores.<any(csv, json):form>")
@public
def scores(form: str = "json") -> ResponseReturnValue:
    by = by_word(request.args.get("by"))
    language_code(request.args.get("lang"), offered())
    cycle = public_cycle(request.args.get("cycle"))
    day = day_asked(request.args.getlist("as_of"), cycle)
    return _answer("scores", scores_of(cycle, by, day), form)


@bp.get("/releases")
@bp.get("/releases.<any(csv, json):form>")
@public
def releases(form: str = "json") -> ResponseReturnValue:
    cycle = public_cycle(request.args.get("cycle"))
    found = releases_of(cycle, months_released(cycle))
    return _answer("releases", [release_row(one) for one in found], form)


@bp.get(f"/<any({LISTS}):name>")
@public
def listing(name: str) -> ResponseReturnValue:
    return _listed(name, None)


@bp.get(f"/<any({LISTS}):name>.<any(csv, json):form>")
@public
def file(name: str, form: str) -> ResponseReturnValue:
    return _listed(name, form)


@bp.get("/promises")
@bp.get("/promises.<any(csv, json):form>")
@public
def promises(form: str | None = None) -> ResponseReturnValue:
    number = page_number(request.args.get("page"))
    cycle = public_cycle(request.args.get("cycle"))
    day = day_asked(request.args.getlist("as_of"), cycle)
    page = queries.sought(cycle, _wanted(), day, number)
    response = _answer("promises", promise_rows(page.rows, day), form or "json")
    response.headers["Link"] = _links(page, ".promises", *SOUGHT, form=form, as_of=day)
    return response


@bp.get("/promises/<int(max=999999999):number>")
@public
def promise(number: int) -> ResponseReturnValue:
    found = queries.public_promise(number)
    day = day_asked(request.args.getlist("as_of"), found.cycle, found)
    return queries.whole_promise(found, day)


@bp.get("/agreement")
@public
def agreement() -> ResponseReturnValue:
    return queries.agreement_row(public_cycle(request.args.get("cycle")))


def _listed(name: str, form: str | None) -> Response:
    number = page_number(request.args.get("page"))
    cycle = public_cycle(request.args.get("cycle"))
    has_days = name in queries.OF_A_DAY
    day = day_asked(request.args.getlist("as_of"), cycle) if has_days else None
    collection = queries.OF_A_DAY[name](day) if day else queries.COLLECTIONS[name]
    page = collection.page(cycle, number)
    response = _answer(name, collection.rows(page.rows), form or "json")
    endpoint = ".file" if form else ".listing"
    response.headers["Link"] = _links(page, endpoint, name=name, form=form, as_of=day)
    return response


def _wanted() -> Wanted:
    """What is looked for.

    Raises:
        RuleBroken: the words are too many, or there is no such rating.
    """
    asked = {name: request.args.get(name) for name in SOUGHT}
    words = sought_words(asked.pop("q"))
    chosen = {name: code for name, code in asked.items() if code is not None}
    if "rating" in chosen:
        one_of("rating", chosen["rating"], Rating)
    return Wanted(words, chosen)


def _answer(name: str, rows: list[dict[str, Any]], form: str) -> Response:
    """The rows of a list in the form that is asked for; as CSV under its columns, always these."""
    if form == "json":
        return jsonify(rows)
    schema = SCHEMAS[ROWS[name]]
    written = as_csv(columns(schema), (cells(schema, row) for row in rows))
    return Response(written, mimetype="text/csv")


def _links(page: Page[Any], endpoint: str, *kept: str, **address: Any) -> str:
    """RFC 8288: where the first, the previous, the next and the last page are.

    Args:
        page: the one that is answered.
        endpoint: what lists them.
        kept: what else may be asked for, beside the cycle.
        address: what stands in the path, and the day.
    """
    before = min(page.number - 1, page.last)
    numbers = {"first": 1, "prev": before, "next": page.number + 1, "last": page.last}
    asked: dict[str, Any] = {name: request.args.get(name) for name in ("cycle", *kept)}
    return ", ".join(
        f'<{url_for(endpoint, **address, **asked, page=number)}>; rel="{relation}"'
        for relation, number in numbers.items()
        if 1 <= number <= page.last
    )
