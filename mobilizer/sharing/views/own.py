"""The own addresses of a public page, one in each language: all that it says depends on these."""

from collections.abc import Mapping
from typing import Any

from flask import current_app, request, url_for
from jinja2.runtime import Context

from mobilizer.core import clock
from mobilizer.core.languages import TAGS
from mobilizer.core.numbers import whole
from mobilizer.core.pages import Page
from mobilizer.publication.rules.pages import KEPT
from mobilizer.scorecards.rules import By
from mobilizer.sharing.views import addresses

#: What is of one cycle by its path alone.
OF_ONE_CYCLE = ("scorecards.home", "scorecards.cycle", "scorecards.promise", "scorecards.release")
#: The page of the cycle that is shown first, and that of any.
OF_A_WHOLE_CYCLE = ("scorecards.home", "scorecards.cycle")
#: So much of what somebody looks for stands in an address as it was typed.
LONGEST_WORDS = 100


def own_addresses(context: Context) -> dict[str, str]:
    """This page's address in each language, without what changes nothing on it."""
    view, values = request.endpoint or "", dict(request.view_args or {})
    cycle = context.get("cycle")
    # Whichever way it was asked for, a cycle has one address.
    if view in OF_A_WHOLE_CYCLE and cycle and cycle.is_current:
        view, values = "scorecards.home", {}
    elif view == "scorecards.home" and request.args.get("cycle"):
        view, values = "scorecards.cycle", {"code": cycle.code}
    asked = {**values, **_parameters(context, view)}
    return {
        TAGS.get(code, code): addresses.whole(url_for(view, lang=code, **asked))
        for code in current_app.config["LANGUAGES"]
    }


def _parameters(context: Context, view: str) -> dict[str, Any]:
    """What an address is told beside its path: the cycle, the page, the day, each if it matters."""
    kept: dict[str, Any] = {}
    if view not in OF_ONE_CYCLE:
        kept["cycle"] = context.get("cycle_code")
    # Asked of what is shown: a page without a list is the same under every ``?page=``.
    shown = (one.number for one in context.parent.values() if isinstance(one, Page))
    if (number := max(shown, default=1)) > 1:
        kept["page"] = number
    if "before" in KEPT.get(view, ()):
        kept["before"] = request.args.get("before", type=whole)
    kept |= _chosen(context)
    if comparison := context.get("comparison"):
        kept["one"], kept["other"] = (column.asked for column in comparison.columns)
    if is_past(context):
        kept["as_of"] = context["as_of"].isoformat()
    return kept


def _chosen(context: Context) -> dict[str, Any]:
    """What was looked for, filtered by or is checked, as far as the page took it."""
    filters, wanted = context.get("filters"), context.get("wanted")
    chosen: dict[str, Any] = dict(filters.chosen) if filters is not None else {}
    if wanted is not None:
        # Of very much the words that were looked for: they find the same.
        is_long = len(wanted.text) > LONGEST_WORDS
        chosen["q"] = (" ".join(wanted.asked.words) if is_long else wanted.text) or None
    if request.endpoint == "scorecards.check" and context.get("way") in set(By):
        chosen |= {"by": context["way"], "key": context["subject"].code}
    return chosen


def default_of(own: Mapping[str, str]) -> str:
    """For whoever reads none of our languages; the first page lets the browser choose."""
    if request.endpoint == "scorecards.home" and not request.args.get("cycle"):
        return addresses.whole(url_for("open.door"))
    code = current_app.config["DEFAULT_LANGUAGE"]
    return own[TAGS.get(code, code)]


def is_past(context: Context) -> bool:
    """Whether the page is of an earlier day."""
    cycle, day = context.get("cycle"), context.get("as_of")
    return bool(cycle and day and day < clock.today(cycle.time_zone))
