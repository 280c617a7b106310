"""What a visitor can filter the register by. Sent by GET: an address that can be shared."""

from collections.abc import Mapping, Sequence
from datetime import date

from flask_babel import format_decimal, gettext, lazy_gettext
from wtforms import Form, SearchField, SelectField, StringField
from wtforms.validators import Optional

from mobilizer.core.errors import RuleBroken
from mobilizer.core.forms import translated
from mobilizer.core.text import visible
from mobilizer.scorecards.queries import Wanted
from mobilizer.scoring.rules import Rating

#: The filters beside the words, by the names they have in an address.
CHOSEN = ("topic", "party", "region", "rating")
#: So much of the words stays in the field: what is looked for ends long before.
LONGEST_SHOWN = 200


class Filters(Form):
    """Text in any script, topic, party, region, rating. What makes no sense filters nothing."""

    q = SearchField(lazy_gettext("Words or number"))
    topic = SelectField(lazy_gettext("Topic"), [Optional()], validate_choice=False)
    party = SelectField(lazy_gettext("Party or coalition"), [Optional()], validate_choice=False)
    region = SelectField(lazy_gettext("Region"), [Optional()], validate_choice=False)
    rating = SelectField(lazy_gettext("Rating"), [Optional()], validate_choice=False)

    def offer(
        self,
        named: Mapping[str, Sequence[tuple[str, str]]],
        counts: Mapping[str, Mapping[str, int]],
    ) -> None:
        """Offer what there is in this cycle, by code and name, and how many promises each finds."""
        for field in (self.topic, self.party, self.region, self.rating):
            options = [
                (code, f"{text} ({format_decimal(counts[field.name].get(code, 0))})")
                for code, text in named[field.name]
            ]
            field.choices = [("", gettext("All")), *options]
        self.q.data = visible(self.q.data or "")[:LONGEST_SHOWN]

    def wanted(self, as_of: date | None = None) -> Wanted:
        """What is looked for, as of the end of a day."""
        chosen = {name: self[name].data for name in CHOSEN if self[name].data}
        if chosen.get("rating") not in set(Rating):
            chosen.pop("rating", None)
        return Wanted(text=self.q.data or "", chosen=chosen, as_of=as_of)


class FindingFilters(Form):
    """Topic, party, region of findings. What makes no sense filters nothing."""

    topic = SelectField(lazy_gettext("Topic"), [Optional()], validate_choice=False)
    party = SelectField(lazy_gettext("Party or coalition"), [Optional()], validate_choice=False)
    region = SelectField(lazy_gettext("Region"), [Optional()], validate_choice=False)

    def offer(self, named: Mapping[str, Sequence[tuple[str, str]]]) -> None:
        """Offer what there is in this cycle, by code and name."""
        for field in (self.topic, self.party, self.region):
            field.choices = [("", gettext("All")), *named[field.name]]


class Pair(Form):
    """The two that are compared, by the names they have in an address."""

    one = SelectField(lazy_gettext("First"), [Optional()], validate_choice=False)
    other = SelectField(lazy_gettext("Second"), [Optional()], validate_choice=False)

    def offer(
        self, groups: Mapping[str, Sequence[tuple[str, str]]], asked: Mapping[str, Sequence[str]]
    ) -> None:
        """Offer what can be compared, in groups of one kind; what else was asked for stays too."""
        known = {code for some in groups.values() for code, _ in some}
        for field in (self.one, self.other):
            typed = visible(" ".join(asked[field.name]))
            odd = [(typed, typed)] if typed and typed not in known else []
            field.choices = {"": [("", gettext("Choose")), *odd], **groups}
            field.data = typed

    def strike(self, fault: RuleBroken) -> None:
        """Put what is wrong beside its field."""
        self[fault.field or "one"].errors = [translated(fault)]


class DayForm(Form):
    """The day as of which a page tells its numbers; what it takes is ``cycles.rules.days``."""

    as_of = StringField(lazy_gettext("Day"))
