"""Who may open a view. A view that says nothing is refused."""

from collections.abc import Callable
from typing import Any, TypeVar

from flask import Flask, abort, current_app, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from werkzeug.exceptions import HTTPException

from mobilizer.core import bodies
from mobilizer.core.errors import SignedOut

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


def person() -> Any:
    """The person of this request herself, not the stand-in by which Flask-Login names her."""
    return current_user._get_current_object()  # noqa: SLF001  # how Werkzeug says it


def may_open(endpoint: str) -> bool:
    """Whether the person of this request may open a view; for menus. Public ones ask nobody."""
    view = current_app.view_functions.get(endpoint)
    permission = declared(view) if view else None
    return permission in (PUBLIC, ANYONE) or bool(permission and allowed(permission))


def reading(app: Flask) -> Callable[[dict[str, Any]], int]:
    """What tells of a request by its address how much of its body is read, whoever sends it.

    Args:
        app: has all its views.
    """
    addresses = app.url_map.bind("localhost")

    def most(environ: dict[str, Any]) -> int:
        path = environ.get("PATH_INFO", "").encode("latin-1").decode(errors="replace")
        try:
            endpoint, _ = addresses.match(path, method=environ["REQUEST_METHOD"])
        except HTTPException:
            return bodies.OF_STRANGERS
        return bodies.declared(app.view_functions[endpoint]) or bodies.OF_PEOPLE

    return most


def install(app: Flask) -> None:
    """Check every request before its view is called."""
    app.url_value_preprocessor(_bound)
    app.before_request(_check)
    app.jinja_env.globals.update(may=allowed, may_open=may_open)
    app.jinja_env.tests["open_to_her"] = may_open
    public(app.view_functions["static"])


def _bound(endpoint: str | None, _values: dict[str, Any] | None) -> None:
    """Read no more than the view takes: said before anything looks into a body."""
    view = current_app.view_functions[endpoint] if endpoint else None
    request.max_content_length = _most(view) if view else bodies.OF_STRANGERS


def _most(view: Callable[..., Any]) -> int:
    permission, most = declared(view), bodies.declared(view)
    is_open = permission in (PUBLIC, ANYONE)
    if most is None:
        return bodies.OF_STRANGERS if is_open or permission is None else bodies.OF_PEOPLE
    if most > bodies.OF_ANYBODY and not (is_open or allowed(permission or "")):
        return bodies.OF_ANYBODY
    return most


def _check() -> ResponseReturnValue | None:
    if request.endpoint is None:
        return None
    permission = declared(current_app.view_functions[request.endpoint])
    if permission in (PUBLIC, ANYONE):
        return None
    if permission is None:
        abort(403)
    if not current_user.is_authenticated:
        return _ask_to_sign_in()
    if not current_user.may(permission):
        abort(403)
    return None


def _ask_to_sign_in() -> ResponseReturnValue:
    """Lead whoever asks to the door; what was sent is not lost on the way there.

    Raises:
        SignedOut: something was sent, or a program asks, that would take our door for an answer.
    """
    if request.method not in ("GET", "HEAD") or request.path.startswith("/sync/"):
        raise SignedOut
    return redirect(url_for("accounts.sign_in", next=request.full_path.rstrip("?")))
