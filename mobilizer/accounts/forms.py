"""What is typed at the door and about oneself."""

from flask_babel import lazy_gettext as _
from wtforms import BooleanField, HiddenField, PasswordField, StringField

from mobilizer.accounts.rules import names, passwords
from mobilizer.core.forms import Form, OneField, at_most, given
from mobilizer.core.language import own_name


def _stripped(text: str | None) -> str:
    return (text or "").strip()


class SignInForm(Form):
    """Name, password, and where to go on to."""

    sign_in_name = StringField(
        _("E-mail address or user name"), [given(), at_most(names.LONGEST)], [_stripped]
    )
    password = PasswordField(_("Password"), [given(), at_most(passwords.LONGEST)])
    next = HiddenField("")


class PersonForm(Form):
    """How a person is called, and in what language."""

    language = OneField(_("Language"), [given()])
    alias = StringField(_("Alias"), [given(), at_most(80)], [_stripped])
    full_name = StringField(_("Your name"), [at_most(120)], [_stripped])

    def offer_languages(self, codes: tuple[str, ...]) -> None:
        """Offer each language under its own name."""
        self.language.choices = [(code, own_name(code)) for code in codes]


class OwnForm(PersonForm):
    """What one may change about oneself."""

    is_named_in_public = BooleanField(_("Show my name in public, instead of the alias"))
    has_public_page = BooleanField(_("Have a public page under my alias"))


class AcceptForm(PersonForm):
    """What an invited person chooses."""

    sign_in_name = StringField(
        _("E-mail address or user name"), [given(), at_most(names.LONGEST)], [_stripped]
    )
    password = PasswordField(_("Password"), [given()])


class NewPasswordForm(Form):
    """A new password."""

    password = PasswordField(_("New password"), [given()])


class PasswordForm(NewPasswordForm):
    """The present password and the new one."""

    current_password = PasswordField(_("Present password"), [given(), at_most(passwords.LONGEST)])
