"""What somebody wants to be reminded of."""

from flask_babel import lazy_gettext as _

from mobilizer.core.forms import Form, ManyField, filled
from mobilizer.reminders.rules import ReminderKind, Way


class RemindersForm(Form):
    """The kinds of reminders, ticked for each way."""

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
