"""What somebody says who wants to follow."""

from flask_babel import lazy_gettext as _
from wtforms import SelectField, StringField

from mobilizer.accounts.rules.names import LONGEST
from mobilizer.core.forms import Form, ManyField, OneField, at_most, filled, given
from mobilizer.core.language import offered, own_name
from mobilizer.follow.rules import Pace


class Open(Form):
    """A form without a token: who sends it is known by nothing but what stands in it.

    A token would need a session and a cookie. A forged form could do no more than its forger: a
    letter goes out to whoever may confirm it, and what is of a follower takes her secret.
    """

    class Meta(Form.Meta):
        """No token."""

        csrf = False


class FollowForm(Open):
    """An address, and how often it is written to."""

    address = StringField(_("E-mail address"), [given(), at_most(LONGEST)])
    pace = OneField(_("How often"), [given()], default=Pace.DAILY.value)

    def offer(self) -> None:
        """Offer the paces there are."""
        filled(self.pace, Pace)


class OwnForm(Open):
    """What is followed, in which language and how often."""

    kept = ManyField(_("What you follow"))
    pace = OneField(_("How often"), [given()])
    language = SelectField(_("Language"))

    def offer(self, things: list[tuple[str, str]]) -> None:
        """Offer what she follows, by the keys of its rows and its names."""
        filled(self.pace, Pace)
        self.kept.choices = things
        self.language.choices = [(code, own_name(code)) for code in offered()]
