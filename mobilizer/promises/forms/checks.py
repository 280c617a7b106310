"""Rules of the field as validators of forms."""

from collections.abc import Callable
from datetime import date
from typing import Any
from unicodedata import category

from wtforms import Field, ValidationError

from mobilizer.core.errors import RuleBroken
from mobilizer.core.forms import translated
from mobilizer.promises.rules import Precision
from mobilizer.promises.rules.dates import read_date


class Follows:
    """What is typed, if anything is, must pass a rule."""

    def __init__(self, check: Callable[[str], object]) -> None:
        self.check = check

    def __call__(self, form: object, field: Field) -> None:
        """Put a broken rule beside the field."""
        if not (field.data or "").strip():
            return
        try:
            self.check(field.data)
        except RuleBroken as broken:
            raise ValidationError(translated(broken)) from broken


def date_of(field: Field, *, ends: bool = False) -> tuple[date | None, Precision]:
    """A typed date that has been validated; none where nothing is typed."""
    typed = (field.data or "").strip()
    return read_date(typed, ends=ends) if typed else (None, Precision.NONE)


def stripped(typed: Any) -> Any:
    """A filter of text fields: no spaces around, lines broken one way, no control characters."""
    if not isinstance(typed, str):
        return typed
    lines = typed.replace("\r\n", "\n")
    kept = (sign for sign in lines if category(sign) not in ("Cc", "Cs") or sign in "\n\t")
    return "".join(kept).strip()
