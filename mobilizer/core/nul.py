"""The sign NUL, which nobody types and PostgreSQL cannot keep.

No address that we make holds it. Out of a form, and out of the words somebody looks for, it is
taken before anything reads what was typed, and the form says so beside the field: what was typed
around it is not lost.
"""

from typing import Any

from flask import g, has_request_context, request
from flask_babel import gettext
from werkzeug.datastructures import ImmutableMultiDict, MultiDict
from wtforms.validators import StopValidation

from mobilizer.core.words import N_

NUL = "\x00"
#: Under this name stands in an address what somebody typed; all else in it we made.
TYPED = "q"
TAKEN_OUT = N_(
    "A sign stood here that cannot be kept. It was taken out: read this again, then send it."
)

ODD = N_("“%(name)s” holds a sign (NUL) that no text has.")


def is_in_path() -> bool:
    """Whether the path of this request holds it."""
    return NUL in request.path


def parameters() -> set[str]:
    """The names of what is asked for with it."""
    if b"%00" not in request.query_string:
        return set()
    return {name for name, value in request.args.items(multi=True) if NUL in name + value}


def take_out() -> None:
    """Take it out of what was sent or looked for, and remember which fields it stood in."""
    g.held_nul = set()
    if any(NUL in name + value for name, value in request.form.items(multi=True)):
        request.form = _without(request.form)
    if b"%00" in request.query_string:
        request.args = _without(request.args)


def _without(sent: MultiDict[str, str]) -> ImmutableMultiDict[str, str]:
    """The same without it; what has it in its name is left out."""
    kept = [(name, value) for name, value in sent.items(multi=True) if NUL not in name]
    g.held_nul |= {name for name, value in kept if NUL in value}
    return ImmutableMultiDict((name, value.replace(NUL, "")) for name, value in kept)


def fault(name: str) -> str | None:
    """What is said beside a field out of which it was taken."""
    return gettext(TAKEN_OUT) if name in g.get("held_nul", ()) else None


def told(_form: Any, field: Any) -> None:
    """Say beside a field that it was taken out of it: a validator of every field of our forms.

    Raises:
        StopValidation: it stood there.
    """
    if has_request_context() and (says := fault(field.name)):
        raise StopValidation(says)
