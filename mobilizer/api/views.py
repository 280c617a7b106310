"""Read-only JSON and CSV of what is published. No account, no key, no cookie."""

from datetime import date
from typing import Any

from flask import Blueprint, Response, jsonify, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from mobilizer.api import queries
from mobilizer.api.rules import OPENAPI, as_of_day, by_word
from mobilizer.core.database import db
from mobilizer.core.errors import NotVisible, RuleBroken
from mobilizer.core.forms import translated
from mobilizer.core.pages import Page, asked_page, paged
from mobilizer.core.policy import public
from mobilizer.core.tables import as_csv, flat
from mobilizer.findings.models import Finding
from mobilizer.replies.queries import beside
from mobilizer.scorecards.queries import scores as scores_of

bp = Blueprint("api", __name__, url_prefix="/api/v1")

PER_PAGE = 100


@bp.errorhandler(RuleBroken)
def refuse(error: RuleBroken) -> ResponseReturnValue:
    return {"error": 400, "message": translated(error)}, 400


@bp.errorhandler(NotVisible)
def not_there(_: NotVisible) -> ResponseReturnValue:
    return {"error": 404, "message": gettext("There is no such thing, or it is not public.")}, 404


@bp.after_request
def open_to_all(response: Response) -> Response:
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers.setdefault("Cache-Control", "public, max-age=60")
    return response


@bp.get("/openapi.json")
@public
def openapi() -> ResponseReturnValue:
    return OPENAPI


@bp.get("/scores", defaults={"form": "json"})
@bp.get("/scores.<any(csv, json):form>")
@public
def scores(form: str) -> ResponseReturnValue:
    cycle = queries.cycle_or_404(request.args.get("cycle"))
    rows = scores_of(cycle, by_word(request.args.get("by")), _asked_day())
    return _answer(rows, form)


@bp.get(
    "/<any(cycles, topics, parties, regions, municipalities, promises, findings, replies):name>"
)
@public
def listing(name: str) -> ResponseReturnValue:
    page, rows = _page_of(name)
    response = _answer(rows, "json")
    response.headers["Link"] = _links(page, name, None)
    return response


@bp.get(
    "/<any(cycles, topics, parties, regions, municipalities, promises, findings, replies):name>"
    ".<any(csv, json):form>"
)
@public
def file(name: str, form: str) -> ResponseReturnValue:
    page, rows = _page_of(name)
    response = _answer(rows, form)
    response.headers["Link"] = _links(page, name, form)
    return response


@bp.get("/promises/<int:number>")
@public
def promise(number: int) -> ResponseReturnValue:
    found = queries.public_promise(number)
    told = db.session.scalars(queries.findings(found.cycle).where(Finding.promise_id == found.id))
    return {
        **queries.promise_row(found),
        "indicators": queries.indicator_rows(found),
        "findings": [queries.finding_row(finding) for finding in told],
        "replies": [queries.reply_row(reply) for one in beside(found).values() for reply in one],
    }


@bp.get("/agreement")
@public
def agreement() -> ResponseReturnValue:
    return queries.agreement_row(queries.cycle_or_404(request.args.get("cycle")))


def _page_of(name: str) -> tuple[Page[Any], list[dict[str, Any]]]:
    collection = queries.COLLECTIONS[name]
    cycle = queries.cycle_or_404(request.args.get("cycle"))
    page = paged(collection.listing(cycle), asked_page(), PER_PAGE)
    return page, [collection.row(row) for row in page.rows]


def _answer(rows: list[dict[str, Any]], form: str) -> Response:
    if form == "json":
        return jsonify(rows)
    flattened = [flat(row) for row in rows]
    columns = list(dict.fromkeys(column for row in flattened for column in row))
    return Response(as_csv(columns, flattened), mimetype="text/csv")


def _links(page: Page[Any], name: str, form: str | None) -> str:
    """RFC 8288: where the first, the previous, the next and the last page are."""
    numbers = {"first": 1, "prev": page.number - 1, "next": page.number + 1, "last": page.last}
    endpoint = ".file" if form else ".listing"
    cycle = request.args.get("cycle")
    return ", ".join(
        f'<{url_for(endpoint, name=name, form=form, cycle=cycle, page=number)}>; rel="{relation}"'
        for relation, number in numbers.items()
        if 1 <= number <= page.last
    )


def _asked_day() -> date | None:
    return as_of_day(request.args.get("as_of"))
