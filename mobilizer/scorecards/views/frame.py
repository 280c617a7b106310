"""What every public page needs: its language, its cycle, how it may be kept."""

from datetime import date
from typing import Any

from flask import Blueprint, Response, abort, current_app, render_template, request
from flask.typing import ResponseReturnValue

from mobilizer.core import clock
from mobilizer.cycles.models import Cycle
from mobilizer.cycles.queries import public_cycle
from mobilizer.publication.rules import asking, packing
from mobilizer.publication.rules.packing import FRESH
from mobilizer.scorecards.views.days import Chosen, keep_the_day
from mobilizer.scorecards.views.rows import asked_for

#: Every address of this blueprint carries its language.
bp = Blueprint("scorecards", __name__, url_prefix="/<lang>")
bp.app_url_defaults(keep_the_day)


@bp.url_value_preprocessor
def know_the_language(_: str | None, values: dict[str, Any] | None) -> None:
    """Refuse a language that is not offered; views need not take it."""
    if values and values.pop("lang") not in current_app.config["LANGUAGES"]:
        abort(404)


@bp.after_request
def may_be_kept(response: Response) -> Response:
    """Public pages are the same for everybody; those not kept in memory are asked for anew too."""
    if response.status_code == 200:
        response.headers.setdefault("Cache-Control", FRESH)
        in_few_bytes(response)
    return response


def in_few_bytes(response: Response) -> None:
    """What no memory keeps comes compressed as well; whoever keeps it asks in no coding."""
    response.vary.add("Accept-Encoding")
    coding = asking.coding(request.headers.get("Accept-Encoding", ""))
    if coding == asking.PLAIN or not isinstance(response.response, list):
        return
    small = packing.sent(response.content_type or "", response.get_data(), coding)
    if small is not None:
        response.set_data(small)
        response.content_encoding = coding


def the_cycle() -> Cycle:
    """The cycle that is asked for, else the one shown first.

    Raises:
        NotVisible: there is no such cycle, or it is not public.
    """
    return public_cycle(request.args.get("cycle") or None)


def page(
    template: str, cycle: Cycle | None, chosen: Chosen | None = None, **values: Any
) -> ResponseReturnValue:
    """A public page, with what all of them show.

    Args:
        template: its name below ``scorecards/``.
        cycle: which it is about.
        chosen: the day it is of, where another one can be asked for; else it is of today.
        values: what else the template shows.
    """
    written = render_template(
        f"scorecards/{template}",
        cycle=cycle,
        cycle_code=asked_for(cycle) if cycle else None,
        as_of=_day_of(cycle, chosen) if cycle else None,
        chosen=chosen,
        **values,
    )
    is_refused = values.get("is_refused") or (chosen and chosen.is_refused)
    return written, 400 if is_refused else 200


def _day_of(cycle: Cycle, chosen: Chosen | None) -> date:
    return chosen.day if chosen else clock.today(cycle.time_zone)
