"""Rules of the field as validators of forms."""

from collections.abc import Callable
from datetime import date
from typing import Any

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
    """A filter of text fields: without the spaces around it, as browsers break lines."""
    return typed.strip().replace("\r\n", "\n") if isinstance(typed, str) else typed
