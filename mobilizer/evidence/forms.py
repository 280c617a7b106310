"""What is typed about a piece of evidence."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from flask_babel import gettext, lazy_gettext
from wtforms import BooleanField, FileField, SelectField, StringField
from wtforms.widgets import DateInput

from mobilizer.core.errors import RuleBroken
from mobilizer.core.forms import Form, ManyField, choices
from mobilizer.core.language import said
from mobilizer.core.words import N_
from mobilizer.evidence.rules.details import Details, Origin
from mobilizer.places.models import Place


class EvidenceForm(Form):
    """A link, photo, clip or request number, with what is said about it. Nothing must be given."""

    link = StringField(lazy_gettext(N_("Link to a video or page")))
    photo = FileField(lazy_gettext(N_("Photo")))
    clip = FileField(lazy_gettext(N_("Short clip")))
    has_consent = BooleanField(lazy_gettext(N_("The people shown agreed to be published")))
    request_number = StringField(lazy_gettext(N_("Number of a request for public information")))
    caption = StringField(lazy_gettext(N_("What does it show?")))
    origin = SelectField(lazy_gettext(N_("Where does it come from?")), validate_choice=False)
    taken_on = StringField(lazy_gettext(N_("Taken on")), widget=DateInput())
    place = SelectField(
        lazy_gettext(N_("Where? No finer than the municipality")), validate_choice=False
    )
    about = ManyField(
        lazy_gettext(N_("Which indicators is it about? None ticked means all.")),
        validate_choice=False,
    )

    def offer(self, places: Sequence[Place], indicators: Sequence[tuple[int, str]]) -> None:
        """Give the choices what can be chosen, in the page's language."""
        self.origin.choices = choices(Origin, empty=N_("Not said"))
        named = [(str(place.id), said(place.names).text) for place in places]
        self.place.choices = [("", gettext("Not said")), *named]
        self.about.choices = [(str(position), text) for position, text in indicators]

    @property
    def details(self) -> Details:
        """What is said about the piece.

        Raises:
            RuleBroken: the date is none, or a choice is none of those offered.
        """
        return Details(
            caption=self.caption.data or "",
            origin=_origin(self.origin.data),
            taken_on=_day(self.taken_on.data),
            place_id=_number(self.place.data, "place"),
            indicators=tuple(_number(one, "about") or 0 for one in self.about.data or ()),
            has_consent=bool(self.has_consent.data),
        )


def _origin(typed: Any) -> Origin | None:
    if not typed:
        return None
    if typed not in set(Origin):
        raise RuleBroken(N_("Not a valid choice."), field="origin")
    return Origin(typed)


def _day(typed: str | None) -> date | None:
    try:
        return date.fromisoformat(typed.strip()) if typed and typed.strip() else None
    except ValueError:
        raise RuleBroken(N_("This is not a date."), field="taken_on") from None


def _number(typed: Any, field: str) -> int | None:
    text = str(typed or "")
    if not text:
        return None
    if not (text.isascii() and text.isdigit() and len(text) < 10):
        raise RuleBroken(N_("Not a valid choice."), field=field)
    return int(text)
