"""What the pages below ``/account`` share."""

from flask import Blueprint, request, session
from flask_babel import gettext, refresh
from flask_login import current_user, login_user

from mobilizer.accounts.models import User
from mobilizer.accounts.rules.devices import device
from mobilizer.core.language import offered
from mobilizer.core.policy import allowed
from mobilizer.core.sessions import own_session

bp = Blueprint("accounts", __name__, url_prefix="/account")


@bp.before_request
def keep_language() -> None:
    """A language chosen before signing in is kept on the next page too."""
    asked = request.args.get("lang")
    if asked in offered() and session.get("language") != asked:
        session["language"] = asked


@bp.app_template_global("called")
def called(user: User) -> str:
    """What whoever looks calls somebody: only the desk ever reads what she signs in with."""
    if allowed("desk.open") or user.id == current_user.id:
        return user.shown_name
    return user.known_name or gettext("Somebody in the programme")


def let_in(user: User) -> None:
    """Begin a new session of a person: what was in the old one, or planted there, is gone."""
    session.clear()
    own_session().renew()
    login_user(user)
    session["language"] = user.language
    session["device"] = device(request.user_agent.string)
    refresh()
