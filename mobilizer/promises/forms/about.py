"""The third screen: what it is about, where it holds, by when and by whom."""

from typing import Any

from wtforms import RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import Optional

from mobilizer.core.database import db
from mobilizer.core.forms import ManyField, OneField, at_most, choices, given
from mobilizer.core.language import gettext, said
from mobilizer.core.language import lazy_gettext as _
from mobilizer.core.words import N_, Word
from mobilizer.cycles.rules import Level
from mobilizer.places import queries as places
from mobilizer.places.models import Place
from mobilizer.places.rules import PlaceKind
from mobilizer.promises import queries
from mobilizer.promises.forms.checks import Follows, date_of, stripped
from mobilizer.promises.forms.steps import Screen, fault
from mobilizer.promises.rules import Precision
from mobilizer.promises.rules.dates import read_date
from mobilizer.promises.rules.fields import Plain

WHOLE_OR_PARTS = N_("Choose the whole country or parts of it, not both.")


class Due(Word):
    """What is said of the deadline."""

    DATE = "date", N_("A date")
    MANDATE = "mandate", N_("End of mandate")
    NONE = "none", N_("None stated")


def _text(label: Any, longest: int, *more: Any) -> StringField:
    return StringField(label, [Optional(), at_most(longest), *more], filters=[stripped])


class AboutScreen(Screen):
    """Topic, places, deadline and responsible body."""

    name = "about"

    topic = SelectField(_("Topic"), [given()])
    level = OneField(_("Level of government"), [given()])
    places = ManyField(_("Places"), [given(N_("Say where the promise holds."))])
    due = RadioField(_("Promised deadline"), [given()], default=Due.MANDATE.value)
    due_on = _text(_("The promised date"), 20, Follows(read_date))
    due_raw = _text(_("The deadline in the words of the source"), 200)
    institution = StringField(
        _("Responsible institution"), [given(), at_most(200)], filters=[stripped]
    )
    in_power = OneField(
        _("Is it in the power of this institution?"), [given()], default=Plain.YES.value
    )
    focus = TextAreaField(_("Focus of monitoring"), [Optional(), at_most(300)], filters=[stripped])

    def offer(self) -> None:
        """Topics and places of the cycle."""
        self.topics = {topic.code: topic for topic in self.cycle.topics}
        named = [(code, said(topic.names).text) for code, topic in self.topics.items()]
        self.topic.choices = [("", gettext("Choose…")), *sorted(named, key=lambda one: one[1])]
        self.level.choices = choices(Level)
        self.level.data = self.level.data or self.cycle.level.value
        self.due.choices = choices(Due)
        self.in_power.choices = choices(Plain)
        mine = places.shown().where(Place.country == self.cycle.country)
        self.all_places = {place.code: place for place in db.session.scalars(mine)}
        self.places.choices = [
            (code, said(place.names).text) for code, place in self.all_places.items()
        ]
        self.institutions = db.session.scalars(queries.institutions(self.cycle)).all()

    def of_kind(self, kind: str, region: Place | None = None) -> list[Any]:
        """The boxes of the places of a kind, in one region or everywhere."""
        boxes = {str(box.data): box for box in self.places}
        return [
            boxes[code]
            for code, place in self.all_places.items()
            if place.kind == kind and (region is None or place.region is region)
        ]

    def regions(self) -> list[Place]:
        """The regions, to group municipalities by."""
        return [place for place in self.all_places.values() if place.kind is PlaceKind.REGION]

    def validate(self, extra_validators: Any = None) -> bool:
        """Shape; the whole country or parts; a date where a date is promised."""
        is_valid = super().validate(extra_validators)
        chosen = [
            self.all_places[code] for code in self.places.data or () if code in self.all_places
        ]
        if len(chosen) > 1 and any(place.kind is PlaceKind.COUNTRY for place in chosen):
            is_valid = fault(self.places, WHOLE_OR_PARTS)
        if self.due.data == Due.DATE and not self.due_on.data:
            is_valid = fault(self.due_on, N_("Write the promised date, or choose another answer."))
        return is_valid

    def part(self) -> dict[str, Any]:
        due_on, precision = date_of(self.due_on, ends=True)
        if self.due.data != Due.DATE:
            due_on, precision = None, Precision(self.due.data)
        return {
            "topic_id": self.topics[self.topic.data].id,
            "level": Level(self.level.data),
            "place_ids": tuple(self.all_places[code].id for code in self.places.data or ()),
            "due_on": due_on,
            "due_precision": precision,
            "due_raw": self.due_raw.data or "",
            "institution": self.institution.data,
            "is_in_its_power": self.in_power.data == Plain.YES,
            "focus": self.focus.data or "",
        }
