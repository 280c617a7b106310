"""What the short screens have in common on which a promise is logged."""

from collections.abc import Iterable, Mapping
from typing import Any

from werkzeug.datastructures import MultiDict
from wtforms import Field
from wtforms.fields.choices import SelectFieldBase

from mobilizer.core.forms import Form
from mobilizer.core.language import gettext
from mobilizer.cycles.models import Cycle

#: Labels of fields, and what they say in words.
Lines = list[tuple[str, str]]


class Screen(Form):
    """One screen. It is filled from what was typed, and tells its part of the values."""

    def __init__(
        self, cycle: Cycle, typed: Mapping[str, Any] | None = None, *, guarded: bool = True
    ) -> None:
        """Fill the screen.

        Args:
            cycle: the promise's.
            typed: the fields as they were sent or kept; where nothing is of this screen, it
                shows what is offered at first.
            guarded: whether it is there to be sent, and so carries a token.
        """
        self.cycle = cycle
        fields: MultiDict[str, str] = MultiDict(typed or {})
        is_filled = any(key.partition("-")[0] in self._names() for key in fields)
        super().__init__(formdata=fields if is_filled else None, meta={"csrf": guarded})
        self.offer()

    @classmethod
    def _names(cls) -> set[str]:
        return {name for name in dir(cls) if hasattr(getattr(cls, name), "field_class")}

    def offer(self) -> None:
        """Give the fields what can be chosen in this cycle."""

    @classmethod
    def typed(cls, sent: MultiDict[str, str]) -> dict[str, list[str]]:
        """Of what was sent, all that belongs to this screen; what was cleared is kept empty."""
        names = cls._names()
        kept = {key: sent.getlist(key) for key in sent if key.partition("-")[0] in names}
        return {**{name: [] for name in names}, **kept}

    def part(self) -> dict[str, Any]:
        """What this screen says of the promise, once it is valid."""
        raise NotImplementedError

    def lines(self) -> Lines:
        """What this screen says, to be read before it is saved."""
        return lines_of(self)


def fault(field: Field, message: str) -> bool:
    """Put a fault beside a field; false, for returning."""
    field.errors = [*field.errors, gettext(message)]
    return False


def lines_of(fields: Iterable[Field]) -> Lines:
    """The fields in which something stands, in words."""
    lines = [(str(field.label.text), _in_words(field)) for field in fields]
    return [(label, text) for label, text in lines if text]


def _in_words(field: Field) -> str:
    if field.type == "CSRFTokenField":
        return ""
    if isinstance(field, SelectFieldBase):
        chosen = field.data if isinstance(field.data, list) else [field.data]
        labels = [str(label) for value, label, *_ in field.iter_choices() if value in chosen]
        return "; ".join(labels)
    return str(field.data or "")
