"""Nothing typed is lost when a form comes back too late, twice, or after its sender was signed out.

Such a form is not accepted, but shown again with all that was typed and a fresh token, to be
sent with one tap. Only to somebody who sent it from a page of this site: to a page of another
site nothing is offered, or a tap there would be made into a deed here.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from urllib.parse import SplitResult, urlsplit

import wtforms
from flask import current_app, render_template, request
from flask.typing import ResponseReturnValue
from flask_login import current_user
from werkzeug.exceptions import HTTPException
from wtforms import Field, StringField
from wtforms.fields.core import UnboundField

from mobilizer.core.database import db
from mobilizer.core.forms import UNTYPED
from mobilizer.core.policy import ANYONE, PUBLIC, declared
from mobilizer.core.sessions import PLACES
from mobilizer.core.words import N_

FORGED = N_(
    "This form was open for too long or came from elsewhere. "
    "Go back, load the page anew and send it again."
)
SIGNED_OUT = N_("You are signed out. Sign in, then send it again.")

#: What the choices of a list, and what a page hides, are made of.
CODE = re.compile(r"[A-Za-z0-9_.:-]*")

#: Programs speak here: they are told what is wrong, and keep what they have.
FOR_PROGRAMS = ("/api/", "/sync/")


def page() -> ResponseReturnValue | None:
    """The page that shows what was sent and offers to send it again; None to whom it is not due."""
    db.session.rollback()
    if not _is_due():
        return None
    fields = list(_typed())
    return (
        render_template(
            "errors/again.html",
            fields=fields,
            texts=texts(),
            is_signed_out=_needs_sign_in() and not current_user.is_authenticated,
            lost_password=any(_is_secret(name) and value for name, value in request.form.items()),
            lost_files=any(file.filename for file in request.files.values()),
        ),
        409,
    )


def came_from() -> str | None:
    """The page of this site that a person sent this form from; None where none can be asked for."""
    came = _address(request.referrer)
    if came is None or request.method != "POST" or not _is_due() or came.netloc != request.host:
        return None
    addresses = current_app.create_url_adapter(request)
    try:  # A form that was shown again may stand where nothing can be asked for.
        addresses.match(came.path, "GET")  # type: ignore[union-attr]  # a request has addresses
    except HTTPException:
        return None
    return f"{came.path}?{came.query}" if came.query else came.path


def rescued() -> list[str]:
    """What a person wrote into a form of ours that has nowhere to go any more."""
    return texts() if request.method == "POST" and _is_due() else []


def texts() -> list[str]:
    """What was written in the form that was sent: neither chosen nor hidden in it."""
    kinds = kinds_of_fields()
    return [
        value for name, value in _typed() if value.strip() and _is_text(kinds[_own(name)], value)
    ]


def kinds_of_fields() -> Mapping[str, set[type[Field]]]:
    """The kinds of field that the forms of this site have under each name."""
    kinds: dict[str, set[type[Field]]] = defaultdict(set)
    for form in _below(wtforms.Form):
        for name in dir(form):
            if isinstance(field := getattr(form, name), UnboundField):
                kinds[name].add(field.field_class)
    return kinds


def _below(form: type[wtforms.Form]) -> Iterator[type[wtforms.Form]]:
    for one in form.__subclasses__():
        yield one
        yield from _below(one)


def _own(name: str) -> str:
    """What a field is called in its own form, which may be one of many within another."""
    return name.rpartition("-")[2]


def _is_text(kinds: set[type[Field]], value: str) -> bool:
    """Whether somebody typed this. Of a field that no form knows it is told by how it reads."""
    if any(issubclass(kind, StringField) and not issubclass(kind, UNTYPED) for kind in kinds):
        return True
    return not kinds and _reads_as_text(value)


def _is_due() -> bool:
    for_a_person = request.path.startswith(PLACES) and not request.path.startswith(FOR_PROGRAMS)
    headers = request.headers
    own = is_own(headers.get("Sec-Fetch-Site"), headers.get("Origin"), request.host)
    return for_a_person and not request.is_json and own


def is_own(fetch_site: str | None, origin: str | None, host: str) -> bool:
    """Whether the browser says that a form was sent from a page of this site.

    A browser that says nothing is not believed.
    """
    if fetch_site is not None:
        return fetch_site == "same-origin"
    said = _address(origin)
    return said is not None and said.netloc == host


def _address(said: str | None) -> SplitResult | None:
    """An address that a browser names; None where it names none, or what is no address."""
    try:
        return urlsplit(said) if said else None
    except ValueError:
        return None


def _typed() -> Iterator[tuple[str, str]]:
    for name, values in request.form.lists():
        if name != "csrf_token" and not _is_secret(name):
            yield from ((name, value) for value in values)


def _is_secret(name: str) -> bool:
    return "password" in name


def _reads_as_text(value: str) -> bool:
    """Whether it looks typed, rather than chosen from a list or put there by a page."""
    return CODE.fullmatch(value.strip()) is None


def _needs_sign_in() -> bool:
    view = current_app.view_functions.get(request.endpoint or "")
    return view is not None and declared(view) not in (PUBLIC, ANYONE)
