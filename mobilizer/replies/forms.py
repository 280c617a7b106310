"""What a coordinator types about a link and a reply, and what the body writes."""

from collections.abc import Iterable, Sequence
from typing import Any

from flask_babel import gettext, lazy_gettext, ngettext
from wtforms import BooleanField, SelectField, StringField, TextAreaField

from mobilizer.core.addresses import LONGEST as ADDRESS_LONGEST
from mobilizer.core.formats import month
from mobilizer.core.forms import Form, OneField, at_most, choices, given
from mobilizer.core.language import own_name, said
from mobilizer.core.shared import SharedForm
from mobilizer.elections.models import Party
from mobilizer.findings.models import Finding
from mobilizer.replies.actions import Addressee, Written
from mobilizer.replies.models import HeldFinding, PartyContact
from mobilizer.replies.rules import (
    BODY_LONGEST,
    DAYS,
    FUNCTION_LONGEST,
    LONGEST,
    REASON_LONGEST,
    AddresseeKind,
    Ground,
    Ruling,
)

#: The longest e-mail address there is.
MAIL_LONGEST = 254


def _stripped(text: str | None) -> str:
    """A browser counts a line's end as one character, and sends two."""
    return (text or "").replace("\r\n", "\n").strip()


class InvitationForm(Form):
    """Whom to ask for a reply, on what."""

    about = SelectField(lazy_gettext("On which finding"), [given()])
    kind = OneField(lazy_gettext("Who is asked"), [given()])
    addressee = StringField(
        lazy_gettext("Name of the party or institution"),
        [given(), at_most(BODY_LONGEST)],
        [_stripped],
    )
    language = SelectField(lazy_gettext("Language"), [given()])
    days = OneField(lazy_gettext("The link lives for"), [given()])
    address = StringField(lazy_gettext("E-mail address"), [at_most(MAIL_LONGEST)], [_stripped])

    def offer(
        self, held: Sequence[HeldFinding], findings: Iterable[Finding], languages: tuple[str, ...]
    ) -> None:
        """What can be replied to; what is held back before what is published."""
        waiting = [
            (f"held-{one.id}", f"{said(one.place.names)} · {month(one.month)} · {_held()}")
            for one in held
        ]
        there = [
            (str(one.number), f"{said(one.place.names)} · {month(one.month)} · {_number(one)}")
            for one in findings
        ]
        self.about.choices = [*waiting, *there]
        self.kind.choices = choices(AddresseeKind)
        self.language.choices = [(code, own_name(code)) for code in languages]
        self.days.choices = [(str(n), ngettext("%(num)s day", "%(num)s days", n)) for n in DAYS]

    @property
    def to(self) -> Addressee:
        """The body that was named."""
        return Addressee(
            AddresseeKind(self.kind.data),
            self.addressee.data or "",
            self.language.data,
            self.address.data or "",
        )


def _held() -> str:
    return gettext("not yet published")


def _number(finding: Finding) -> str:
    return gettext("finding %(number)s", number=finding.number)


class ReplyForm(Form):
    """What a body writes."""

    text = TextAreaField(lazy_gettext("Your reply"), [given(), at_most(LONGEST)], [_stripped])
    language = SelectField(lazy_gettext("Language of the reply"), [given()])
    body = StringField(
        lazy_gettext("Party or institution"), [given(), at_most(BODY_LONGEST)], [_stripped]
    )
    function = StringField(
        lazy_gettext("Function of who writes"), [at_most(FUNCTION_LONGEST)], [_stripped]
    )
    link = StringField(lazy_gettext("A link"), [at_most(ADDRESS_LONGEST)], [_stripped])
    consent = BooleanField(
        lazy_gettext("We agree that this is published as it is, for good"), [given()]
    )

    def offer_languages(self, codes: tuple[str, ...]) -> None:
        """Offer each language under its own name."""
        self.language.choices = [(code, own_name(code)) for code in codes]

    @property
    def written(self) -> Written:
        """The reply that was written."""
        return Written(
            body=self.body.data or "",
            text=self.text.data or "",
            language=self.language.data,
            function=self.function.data or "",
            url=self.link.data or "",
        )


class ForgoForm(Form):
    """There will be no reply."""

    sure = BooleanField(
        lazy_gettext("We will not reply: the finding need not wait for us"), [given()]
    )


class AnewForm(Form):
    """Reply to what replaced a finding: nothing is to be said."""


class RulingForm(Form):
    """Publish a reply, decline it on a ground, or set it aside."""

    ruling = OneField(lazy_gettext("Your decision"), validate_choice=False)
    ground = OneField(lazy_gettext("Ground, if declined"), validate_choice=False)
    reason = TextAreaField(
        lazy_gettext("Reason, if declined"), [at_most(REASON_LONGEST)], [_stripped]
    )

    def offer(self, *, is_taken_back: bool) -> None:
        """The decisions and the grounds there are; to set aside only what was taken back."""
        self.ruling.choices = [
            choice for choice in choices(Ruling) if is_taken_back or choice[0] != Ruling.SET_ASIDE
        ]
        self.ground.choices = choices(Ground)

    @property
    def chosen(self) -> tuple[Ruling | None, Ground | None, str]:
        """What was chosen; words that were not offered are none."""
        ruling, ground = self.ruling.data, self.ground.data
        return (
            Ruling(ruling) if ruling in set(Ruling) else None,
            Ground(ground) if ground in set(Ground) else None,
            self.reason.data or "",
        )


class ContactsForm(SharedForm):
    """Where the parties of a cycle are told. ``contacts_form`` adds two fields for each."""

    parties: Sequence[Party] = ()

    def address(self, party: Party) -> Any:
        """The field for a party's address."""
        return self._fields[f"address_{party.id}"]

    def language(self, party: Party) -> Any:
        """The field for its language."""
        return self._fields[f"language_{party.id}"]


def contacts_form(
    kept: Sequence[tuple[Party, PartyContact | None]],
    languages: tuple[str, ...],
    usual: str,
    **how: Any,
) -> ContactsForm:
    """A form for the contacts of these parties; ``how``: as any form takes it."""
    offered = [(code, own_name(code)) for code in languages]
    fields: dict[str, Any] = {"parties": [party for party, _ in kept]}
    there: dict[str, str] = {}
    for party, contact in kept:
        fields[f"address_{party.id}"] = StringField(
            lazy_gettext("E-mail address"), [at_most(MAIL_LONGEST)], [_stripped]
        )
        fields[f"language_{party.id}"] = SelectField(lazy_gettext("Language"))
        there[f"address_{party.id}"] = contact.address if contact else ""
        there[f"language_{party.id}"] = contact.language if contact else usual
    form: ContactsForm = type("ContactsForm", (ContactsForm,), fields)(data=there, **how)
    for party, _ in kept:
        form.language(party).choices = offered
    return form
