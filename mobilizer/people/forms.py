"""What is typed about people: whom to invite, and what she is posted to."""

from collections.abc import Iterable

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import DateField, SelectField, StringField

from mobilizer.accounts.models import Posting
from mobilizer.accounts.rules import Role
from mobilizer.accounts.rules.invitations import DAYS, USUAL_DAYS
from mobilizer.core.forms import Form, OneField, at_most, choices, given
from mobilizer.core.language import ngettext, own_name, said
from mobilizer.core.shared import SharedForm
from mobilizer.cycles.models import Cycle
from mobilizer.places.models import Place


class PlaceForm(Form):
    """A region and a mentor. Each choice is the id of a record, or nothing."""

    region = SelectField(_("Region"))
    mentor = SelectField(_("Mentor"))

    def offer_regions(self, regions: Iterable[Place], mentors: Iterable[Posting]) -> None:
        """Offer the regions and mentors that the person who chooses may choose from."""
        self.region.choices = [("", "–")] + [(str(one.id), said(one.names).text) for one in regions]
        names: dict[str, str] = {}
        for posting in mentors:
            region = said(posting.region.names).text if posting.region else ""
            key, name = str(posting.user_id), posting.user.shown_name
            names[key] = f"{names[key]}; {region}" if key in names else f"{name} – {region}"
        self.mentor.choices = [("", gettext("The only mentor of the region")), *names.items()]


class MoveForm(PlaceForm, SharedForm):
    """Another region or mentor for a posting that there is."""


class PostingForm(PlaceForm):
    """A role for a person, and where she holds it."""

    role = OneField(_("Role"), [given()])
    cycle = SelectField(_("Cycle"))

    def offer_cycles(self, cycles: Iterable[Cycle]) -> None:
        """Offer the cycles that the person who chooses may fill."""
        self.cycle.choices = [("", "–")] + [(str(one.id), said(one.names).text) for one in cycles]

    def offer_roles(self, roles: Iterable[Role]) -> None:
        """Offer the roles that the person who chooses may give."""
        self.role.choices = choices(roles)


class AbsenceForm(Form):
    """Who stands in for an absent mentor, and on which days."""

    mentor = SelectField(_("Who stands in"), [given()])
    first_day = DateField(_("First day"), [given()])
    last_day = DateField(_("Last day"), [given()])

    def offer(self, mentors: Iterable[Posting], absent: Posting) -> None:
        """Offer the other mentors of the cycle, each once."""
        others = {one.user_id: one.user.shown_name for one in mentors}
        others.pop(absent.user_id, None)
        named = [(str(key), name) for key, name in others.items()]
        self.mentor.choices = [("", gettext("Choose")), *named]


class LifeFields(Form):
    """How long an invitation lives, and in what language it is received."""

    days = OneField(_("Works for"), [given()], default=str(USUAL_DAYS))
    language = OneField(_("Language of the invitation"), [given()])

    def offer_life(self, languages: Iterable[str]) -> None:
        """Offer the days and the languages."""
        self.days.choices = [
            (str(days), ngettext("%(num)s day", "%(num)s days", days)) for days in DAYS
        ]
        self.language.choices = [(code, own_name(code)) for code in languages]


class InvitationForm(PostingForm, LifeFields):
    """Whom to invite, to what."""

    note = StringField(_("For whom"), [at_most(120)], [lambda text: (text or "").strip()])


class WorkshopForm(LifeFields):
    """Invitations for all free places of a cycle."""

    cycle = SelectField(_("Cycle"), [given()])
