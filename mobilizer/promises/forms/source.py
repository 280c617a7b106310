"""The second screen: where the promise stands, or was said."""

from datetime import date
from typing import Any

from wtforms import SelectField, StringField
from wtforms.validators import Optional

from mobilizer.core import clock
from mobilizer.core.database import db
from mobilizer.core.forms import OneField, at_most, choices
from mobilizer.core.language import gettext
from mobilizer.core.language import lazy_gettext as _
from mobilizer.core.text import excerpt
from mobilizer.core.words import N_
from mobilizer.promises import queries
from mobilizer.promises.forms.checks import Follows, date_of, stripped
from mobilizer.promises.forms.steps import Screen, fault
from mobilizer.promises.models import Source
from mobilizer.promises.rules import SourceKind
from mobilizer.promises.rules.dates import read_date
from mobilizer.promises.rules.links import check_link
from mobilizer.promises.rules.values import NEEDED, SourceValues


def _text(label: Any, longest: int, *more: Any) -> StringField:
    return StringField(label, [Optional(), at_most(longest), *more], filters=[stripped])


class SourceScreen(Screen):
    """A source that is known already, or a new one; and the place in it."""

    name = "source"

    source = SelectField(_("Source"), [Optional()])
    kind = OneField(_("Where the promise was made"), [Optional()])
    source_title = _text(_("Title of the source"), 300)
    said_on = _text(_("Date of the source"), 20, Follows(read_date))
    said_on_raw = _text(_("The date in the words of the source"), 120)
    link = _text(_("Link"), 2000, Follows(check_link))
    archive_link = _text(_("Link to an archived copy"), 2000, Follows(check_link))
    source_spot = _text(_("Page or minute"), 120)
    made_on = _text(_("Made on another day"), 20, Follows(read_date))

    @property
    def today(self) -> date:
        """The day where the cycle is."""
        return clock.today(self.cycle.time_zone)

    def offer(self) -> None:
        """Kinds, and the sources of the cycle."""
        self.kind.choices = choices(SourceKind)
        self.known = {
            str(source.id): source for source in db.session.scalars(queries.sources_of(self.cycle))
        }
        titles = [(key, excerpt(source.title, 80)) for key, source in self.known.items()]
        self.source.choices = [("", gettext("A new source")), *titles]

    def validate(self, extra_validators: Any = None) -> bool:
        """Shape; what was said, was said by today; a new source needs its kind, title and date."""
        is_valid = super().validate(extra_validators)
        for day in (self.said_on, self.made_on):
            if not day.errors and (date_of(day)[0] or date.min) > self.today:
                is_valid = fault(day, N_("This day has not come yet."))
        if self.source.data in self.known:
            return is_valid
        for field in (self.kind, self.source_title):
            if not field.data:
                is_valid = fault(field, NEEDED)
        if not self.said_on.data and not self.said_on_raw.data:
            is_valid = fault(self.said_on, N_("Write a date, or below it what the source says."))
        return is_valid

    def part(self) -> dict[str, Any]:
        known: Source | None = self.known.get(self.source.data or "")
        said_on, precision = date_of(self.said_on)
        new = SourceValues(
            kind=SourceKind(self.kind.data or SourceKind.OTHER),
            title=self.source_title.data or "",
            said_on=said_on,
            said_on_precision=precision,
            said_on_raw=self.said_on_raw.data or "",
            link=self.link.data or "",
            archive_link=self.archive_link.data or "",
        )
        made_on, _precision = date_of(self.made_on)
        return {
            "source": known.id if known else new,
            "source_spot": self.source_spot.data or "",
            "made_on": made_on or (known.said_on if known else said_on),
        }
