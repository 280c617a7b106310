"""Following by messages in a browser, which says itself where it takes them."""

from pathlib import Path
from typing import Any

from flask import Response, current_app, request
from flask.typing import ResponseReturnValue

from mobilizer.core.database import db
from mobilizer.core.errors import NotVisible, RuleBroken, TooMany
from mobilizer.core.forms import translated
from mobilizer.core.language import current
from mobilizer.core.policy import public
from mobilizer.core.problems import problem
from mobilizer.follow import actions
from mobilizer.follow.rules import Pace
from mobilizer.follow.views.frame import UNPROCESSABLE, bp, find, knock
from mobilizer.reminders.rules import check_browser
from mobilizer.scorecards.queries.news import Subject
from mobilizer.scorecards.rules import About


@bp.get("/service-worker.js")
@public
def service_worker() -> ResponseReturnValue:
    """The worker that shows messages. Its scope is this folder: the phone's own is another."""
    file = Path(current_app.static_folder or "") / "js" / "follow" / "service-worker.js"
    return Response(file.read_bytes(), mimetype="text/javascript")


@bp.post("/push")
@public
def take_messages() -> ResponseReturnValue:
    said = mapping(request.get_json(silent=True))
    keys = mapping(said.get("keys"))
    try:
        browser = check_browser(said.get("endpoint"), keys.get("p256dh"), keys.get("auth"))
        subject = subject_of(said)
        knock()
        actions.follow_here(browser, subject, current(), Pace.DAILY)
    except TooMany:
        raise
    except RuleBroken as fault:
        db.session.rollback()
        return problem(UNPROCESSABLE, translated(fault))
    db.session.commit()
    return {}, 201


@bp.post("/push/end")
@public
def end_messages() -> ResponseReturnValue:
    """Ended by whoever knows where the browser takes messages, which it alone does."""
    said = mapping(request.get_json(silent=True))
    endpoint = said.get("endpoint")
    if not isinstance(endpoint, str) or not endpoint.isprintable():
        return problem(UNPROCESSABLE)
    subject = subject_of(said) if "listing" in said else None
    actions.leave_here(endpoint, subject)
    db.session.commit()
    return {}


def subject_of(said: dict[str, Any]) -> Subject:
    """What a browser wants to follow.

    Raises:
        NotVisible: there is no such thing in public.
    """
    listing, code, cycle = (str(said.get(name) or "") for name in ("listing", "code", "cycle"))
    if not (code + cycle).isprintable():  # JSON can spell out what no database can be asked for.
        raise NotVisible
    known = {about.value for about in About}
    return find(listing if listing in known else About.PROMISE.value, code, cycle or None)


def mapping(said: Any) -> dict[str, Any]:
    """A JSON object as it was sent; an empty one in place of anything else."""
    return said if isinstance(said, dict) else {}
