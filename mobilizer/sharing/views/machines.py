"""What search engines read: what is closed to them, and every public page in every language."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from flask import Response, current_app, url_for
from flask.typing import ResponseReturnValue

from mobilizer.core.errors import NotVisible
from mobilizer.core.languages import TAGS
from mobilizer.core.policy import public
from mobilizer.core.sessions import PLACES
from mobilizer.cycles.models import Cycle
from mobilizer.publication.rules.pages import KEPT
from mobilizer.scorecards import queries as scorecards
from mobilizer.scorecards.queries.releases import months_released
from mobilizer.scorecards.rules.releases import last_day
from mobilizer.sharing import queries
from mobilizer.sharing.queries.subjects import WAYS
from mobilizer.sharing.rules import sitemap as rules
from mobilizer.sharing.rules.cards import Kind
from mobilizer.sharing.views.addresses import VIEWS, whole
from mobilizer.sharing.views.frame import bp


@bp.get("/robots.txt")
@public
def robots() -> ResponseReturnValue:
    """What is public may be found; where people work there is nothing to find."""
    closed = "".join(f"Disallow: {place}\n" for place in PLACES)
    numbers = range(1, len(queries.lists_of_parts()) + 1)
    lists = [whole(url_for(".sitemap", number=number)) for number in numbers]
    named = "".join(f"Sitemap: {address}\n" for address in lists)
    return Response(f"User-agent: *\n{closed}{named}", mimetype="text/plain")


@bp.get("/sitemap.xml", defaults={"number": 1})
@bp.get("/sitemap-<int:number>.xml")
@public
def sitemap(number: int) -> ResponseReturnValue:
    """The first list, or one of those that go on with it where there are very many promises."""
    lists = queries.lists_of_parts()
    if not 1 <= number <= len(lists):
        raise NotVisible
    parts = lists[number - 1]
    codes = {code for code, _ in parts}
    scores = {code: whole(url_for(".sitemap_of_scores", code=code)) for code in codes}
    return _xml(rules.index(rules.part_beside(scores[code], part) for code, part in parts))


@bp.get("/sitemaps/<code>.xml")
@public
def sitemap_of_scores(code: str) -> ResponseReturnValue:
    return _xml(rules.pages(_scores(_listed(code))))


@bp.get("/sitemaps/<code>/<int:number>.xml")
@public
def sitemap_of_promises(code: str, number: int) -> ResponseReturnValue:
    rows = queries.part(_listed(code), number) if number else []
    if not rows:
        raise NotVisible
    one = _entry("scorecards.promise", None, number=0)
    return _xml(rules.pages(one.of(number, day) for number, day in rows))


def _listed(code: str) -> Cycle:
    for cycle in queries.listed_cycles():
        if cycle.code == code:
            return cycle
    raise NotVisible


def _scores(cycle: Cycle) -> Iterator[rules.Entry]:
    """The first page of a cycle, its lists, and each topic, party and place that has a score."""
    asked = None if cycle.is_current else cycle.code
    day = queries.last_finding(cycle)
    if cycle.is_current:
        yield _entry("scorecards.home", day)
    else:
        yield _entry("scorecards.cycle", day, code=cycle.code)
    for name in _pages():
        yield _entry(name, day, cycle=asked if "cycle" in KEPT.get(name, ("cycle",)) else None)
    for month in months_released(cycle):
        values = {"code": cycle.code, "month": f"{month:%Y-%m}"}
        yield _entry("scorecards.release", last_day(month), **values)
    for kind, by in WAYS.items():
        view, _ = VIEWS[Kind(kind)]
        for line in scorecards.lines(cycle, by):
            yield _entry(view, day, code=line.thing.code, cycle=asked)


def _pages() -> list[str]:
    """The views of pages that are there whatever was promised: they take a language alone."""
    return sorted(
        rule.endpoint
        for rule in current_app.url_map.iter_rules()
        if rule.rule.startswith("/<lang>/")
        and rule.arguments == {"lang"}
        and rule.endpoint != "scorecards.home"
        and "." not in rule.rule.rpartition("/")[2]
    )


def _entry(view: str, changed: date | None, **values: Any) -> rules.Entry:
    offered = current_app.config["LANGUAGES"]
    named = {code: whole(url_for(view, lang=code, **values)) for code in offered}
    default = named[current_app.config["DEFAULT_LANGUAGE"]]
    if view == "scorecards.home":
        default = whole(url_for("open.door"))
    tagged = {TAGS.get(code, code): address for code, address in named.items()}
    return rules.Entry(tagged, default, changed)


def _xml(written: str) -> Response:
    return Response(written, mimetype="application/xml")
