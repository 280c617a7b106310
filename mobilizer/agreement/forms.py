"""What a second mentor is asked."""

from flask_babel import gettext, lazy_gettext
from wtforms import TextAreaField

from mobilizer.agreement.rules import CANNOT_TELL, Answer, read_answer
from mobilizer.core.forms import Form, OneField, choices
from mobilizer.core.words import N_
from mobilizer.monitoring.rules.matrix import RATINGS


class SecondForm(Form):
    """Her own rating with its reason."""

    rating = OneField(lazy_gettext(N_("Your own rating")), validate_choice=False)
    reason = TextAreaField(lazy_gettext(N_("What shows it?")))

    @property
    def answer(self) -> Answer:
        """What is given.

        Raises:
            Incomplete: something is missing or too long.
        """
        return read_answer(self.rating.data or "", self.reason.data or "")


def second_form() -> SecondForm:
    """The form, with the ratings that can be given."""
    form = SecondForm()
    form.rating.choices = [*choices(RATINGS), (CANNOT_TELL, gettext("Cannot tell from this"))]
    return form
