"""Who may open a view. A view that says nothing is refused."""

from collections.abc import Callable
from typing import Any, TypeVar

from flask import Flask, abort, current_app, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

View = TypeVar("View", bound=Callable[..., Any])

#: Open to all, without a session: the public pages.
PUBLIC = "public"
#: Open to all, with a session: signing in, accepting an invitation.
ANYONE = "anyone"


def requires(permission: str) -> Callable[[View], View]:
    """Declare the permission a view takes, as named in ``accounts.rules.PERMISSIONS``."""

    def declare(view: View) -> View:
        view.permission = permission  # type: ignore[attr-defined]  # functions carry marks
        return view

    return declare


def public(view: View) -> View:
    """Declare a view open to all, without cookie or session."""
    return requires(PUBLIC)(view)


def anyone(view: View) -> View:
    """Declare a view open to all, that needs a session before anybody is signed in."""
    return requires(ANYONE)(view)


def declared(view: Callable[..., Any]) -> str | None:
    """The permission a view declares, or None: then it is refused."""
    return getattr(view, "permission", None)


def allowed(permission: str) -> bool:
    """Whether the person of this request may do it; for templates, as ``may(...)``."""
    return bool(current_user.is_authenticated and current_user.may(permission))


def install(app: Flask) -> None:
    """Check every request before its view is called."""
    app.before_request(_check)
    app.jinja_env.globals["may"] = allowed
    public(app.view_functions["static"])


def _check() -> ResponseReturnValue | None:
    if request.endpoint is None:
        return None
    permission = declared(current_app.view_functions[request.endpoint])
    if permission in (PUBLIC, ANYONE):
        return None
    if permission is None:
        abort(403)
    if not current_user.is_authenticated:
        return redirect(url_for("accounts.sign_in", next=_asked_for()))
    if not current_user.may(permission):
        abort(403)
    return None


def _asked_for() -> str | None:
    return request.full_path.rstrip("?") if request.method == "GET" else None
