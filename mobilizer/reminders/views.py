"""What one is reminded of, and the browsers that take messages."""

from typing import Any

from flask import Blueprint, Flask, flash, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_login import current_user, user_logged_out

from mobilizer.accounts.models import User
from mobilizer.accounts.rules import home
from mobilizer.core.database import db
from mobilizer.core.errors import RuleBroken
from mobilizer.core.forms import translated
from mobilizer.core.policy import person, requires
from mobilizer.reminders import actions, queries
from mobilizer.reminders.forms import RemindersForm
from mobilizer.reminders.queries.vapid import public_key
from mobilizer.reminders.rules import check_browser

bp = Blueprint("reminders", __name__, url_prefix="/account")

UNPROCESSABLE = 422
#: Where a session keeps which browser it is, once that takes messages.
HERE = "browser"


@bp.route("/reminders", methods=["GET", "POST"])
@requires("account.own")
def own() -> ResponseReturnValue:
    form = RemindersForm(address=current_user.email)
    form.offer(queries.wishes_of(current_user))
    if form.validate_on_submit() and chosen(form):
        flash(gettext("Saved."), "ok")
        return redirect(url_for(".own"))
    return render_template(
        "reminders/own.html",
        form=form,
        browsers=db.session.scalars(queries.browsers_of(current_user)).all(),
        vapid_key=public_key(),
        home=home(current_user.roles),
    )


def chosen(form: RemindersForm) -> bool:
    """Keep what is chosen; false, with the fault beside its field, when a rule forbids it."""
    try:
        actions.choose(person(), form.wanted, form.address.data or "", by=person())
    except RuleBroken as broken:
        db.session.rollback()
        form.strike(broken)
        return False
    db.session.commit()
    return True


@bp.get("/push/key")
@requires("account.own")
def push_key() -> ResponseReturnValue:
    return {"key": public_key()}


@bp.post("/push")
@requires("account.own")
def take_messages() -> ResponseReturnValue:
    said = mapping(request.get_json(silent=True))
    keys = mapping(said.get("keys"))
    try:
        browser = check_browser(said.get("endpoint"), keys.get("p256dh"), keys.get("auth"))
    except RuleBroken as fault:
        return {"error": "malformed", "message": translated(fault)}, UNPROCESSABLE
    actions.take_messages(person(), browser, by=person())
    db.session.commit()
    session[HERE] = browser.endpoint
    return {}, 201


@bp.post("/push/end")
@requires("account.own")
def end_messages() -> ResponseReturnValue:
    if not request.is_json:
        actions.end_messages(person(), by=person())
        db.session.commit()
        flash(gettext("No more messages are sent to any of your devices."), "ok")
        return redirect(url_for(".own"))
    endpoint = mapping(request.get_json(silent=True)).get("endpoint")
    if not isinstance(endpoint, str) or not endpoint.isprintable():
        return {"error": "malformed", "message": ""}, UNPROCESSABLE
    actions.end_messages(person(), endpoint, by=person())
    db.session.commit()
    return {}


@user_logged_out.connect  # type: ignore[untyped-decorator]  # blinker has no types here
def end_messages_here(_: Flask, user: User) -> None:
    """Who signs out is told nothing more on this device: somebody else may hold it now."""
    if endpoint := session.get(HERE):
        actions.end_messages(user, endpoint, by=user)
        db.session.commit()


def mapping(said: Any) -> dict[str, Any]:
    """A JSON object as it was sent; an empty one in place of anything else."""
    return said if isinstance(said, dict) else {}
