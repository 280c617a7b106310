"""Forms on what several people change: whoever saves later is told what another has saved."""

from typing import Any

from flask_babel import gettext
from wtforms import BooleanField, Field, HiddenField, SelectField, SubmitField

from mobilizer.core.forms import Form
from mobilizer.core.marks import mark

NOTHING = "–"


class SharedForm(Form):
    """It knows by a mark what stood in the record when it was shown."""

    knew = HiddenField("")

    def know(self) -> None:
        """Remember what stands in the record: the form is filled with it, and about to be shown."""
        self.knew.data = self.as_mark

    def is_overtaken(self, stands: "SharedForm") -> bool:
        """Whether it was sent to replace what its sender has never seen.

        Then it says so, and beside each field what would be replaced there: sent once more, it
        does replace it.

        Args:
            stands: the same form, filled with the record as it is now, which the caller holds.
        """
        now = stands.as_mark
        if now in (self.knew.data, self.as_mark):
            return False
        self.knew.data = now
        self.form_errors.append(
            gettext(
                "Somebody else has saved this since you opened it. What you typed still stands "
                "below, and beside it what is saved now. Save again to put yours in its place."
            )
        )
        for name, field in self._told.items():
            if _text(field) != _text(stands[name]):
                saved = gettext("Saved now: %(now)s", now=_shown(stands[name]))
                field.errors = [*field.errors, saved]
        return True

    @property
    def as_mark(self) -> str:
        """The mark of all that its fields say."""
        return mark({name: _text(field) for name, field in self._told.items()})

    @property
    def _told(self) -> dict[str, Any]:
        unsaid = (HiddenField, SubmitField)
        return {
            name: field for name, field in self._fields.items() if not isinstance(field, unsaid)
        }


def _text(field: Field) -> str:
    """What a field says, typed or filled in."""
    return "" if field.data is None else str(field.data)


def _shown(field: Field) -> str:
    """The same, as people read it."""
    if isinstance(field, BooleanField):
        return gettext("Yes") if field.data else gettext("No")
    if isinstance(field, SelectField):
        chosen = (label for _, label, is_chosen, _ in field.iter_choices() if is_chosen)
        return str(next(chosen, NOTHING))
    written = field._value() if hasattr(field, "_value") else _text(field)  # noqa: SLF001  # WTForms' own word
    return str(written) or NOTHING
