"""The public page of a mobilizer who wants one, under her alias."""

from flask import make_response
from flask.typing import ResponseReturnValue

from mobilizer.core.policy import public
from mobilizer.scorecards.queries.mobilizers import shown_mobilizer
from mobilizer.scorecards.views.frame import bp, page


@bp.get("/mobilizers/<slug>")
@public
def mobilizer(slug: str) -> ResponseReturnValue:
    """Of the cycle shown first and of today alone: other cycles and days would tell more of her."""
    cycle, until, shown = shown_mobilizer(slug)
    answer = make_response(page("mobilizer.html", cycle, shown=shown, until=until))
    # Whoever takes her page back takes it back from everywhere that keeps pages for us.
    answer.headers["Cache-Control"] = "no-store"
    return answer
