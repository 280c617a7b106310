"""The sign NUL, which nobody types and PostgreSQL cannot keep.

No address holds it. Out of a form it is taken before anything reads what was typed, and the form
says so beside the field: what was typed around it is not lost.
"""

from typing import Any

from flask import g, has_request_context, request
from flask_babel import gettext
from werkzeug.datastructures import ImmutableMultiDict
from wtforms.validators import StopValidation

from mobilizer.core.words import N_

NUL = "\x00"
TAKEN_OUT = N_(
    "A sign stood here that cannot be kept. It was taken out: read this again, then send it."
)


def is_in_address() -> bool:
    """Whether the address of this request holds it."""
    return NUL in request.path or b"%00" in request.query_string


def take_out() -> None:
    """Take it out of the form that was sent, and remember which fields it stood in."""
    sent = [(name, value) for name, value in request.form.items(multi=True) if NUL not in name]
    g.held_nul = {name for name, value in sent if NUL in value}
    if len(sent) < len(list(request.form.items(multi=True))) or g.held_nul:
        request.form = ImmutableMultiDict((name, value.replace(NUL, "")) for name, value in sent)


def told(_form: Any, field: Any) -> None:
    """Say beside a field that it was taken out of it: a validator of every field of our forms.

    Raises:
        StopValidation: it stood there.
    """
    if has_request_context() and field.name in g.get("held_nul", ()):
        raise StopValidation(gettext(TAKEN_OUT))
