"""What somebody wants to be reminded of."""

from flask_babel import lazy_gettext as _
from wtforms import StringField

from mobilizer.accounts.rules.names import LONGEST
from mobilizer.core.forms import Form, ManyField, at_most, filled
from mobilizer.reminders.rules import ReminderKind, Way


class RemindersForm(Form):
    """The kinds of reminders, ticked for each way, and where letters go."""

    address = StringField(_("E-mail address"), [at_most(LONGEST)])
    email = ManyField(_("By e-mail"))
    push = ManyField(_("As messages on the phone"))

    def offer(self, wishes: dict[tuple[ReminderKind, Way], bool]) -> None:
        """Offer every kind in every way, and tick what is wanted if nothing was sent yet."""
        for way in Way:
            filled(self[way.value], ReminderKind)
            if not self.is_submitted():
                self[way.value].data = [kind.value for kind in ReminderKind if wishes[kind, way]]

    @property
    def wanted(self) -> set[tuple[ReminderKind, Way]]:
        """What is ticked."""
        return {(ReminderKind(kind), way) for way in Way for kind in self[way.value].data or ()}
