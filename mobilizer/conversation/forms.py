"""What is said in a thread."""

from flask_babel import gettext, lazy_gettext
from wtforms import HiddenField, SelectField, TextAreaField

from mobilizer.conversation.queries import Thread
from mobilizer.conversation.rules import Words
from mobilizer.core.forms import Form
from mobilizer.core.words import N_
from mobilizer.monitoring.rules.answers import EVIDENCE


class SayForm(Form):
    """One comment. Below another one it is about what that one is about."""

    text = TextAreaField(lazy_gettext(N_("Your message")))
    about = SelectField(lazy_gettext(N_("About")), validate_choice=False)
    reply_to = HiddenField("")

    @property
    def words(self) -> Words:
        """What is to be said, as it was typed."""
        typed = self.reply_to.data or ""
        is_number = typed.isascii() and typed.isdigit() and len(typed) < 10
        # A number that is none is nobody's comment, and not the whole.
        reply_to = (int(typed) if is_number else 0) if typed else None
        return Words(self.text.data or "", self.about.data or "", reply_to)

    def offer(self, thread: Thread) -> None:
        """Name the fields of the report in the page's language."""
        several = len(thread.entry.assignment.promise.indicators) > 1
        named = [
            (name, f"{gettext(one.label)} ({one.position})")
            if one.position and several
            else (name, gettext(one.label))
            for name, one in thread.fields.items()
        ]
        whole = ("", gettext(N_("The report as a whole")))
        self.about.choices = [whole, (EVIDENCE, gettext(N_("Evidence"))), *named]
