"""What a visitor can filter the register by. Sent by GET: an address that can be shared."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from flask_babel import format_decimal, gettext, lazy_gettext
from wtforms import Form, SearchField, SelectField, StringField
from wtforms.validators import Optional

from mobilizer.core import nul
from mobilizer.core.errors import RuleBroken
from mobilizer.core.forms import translated
from mobilizer.core.text import visible
from mobilizer.scorecards.queries import Wanted

#: So much of what was typed stays in the field: what is looked for ends long before.
LONGEST_SHOWN = 200


class Choice(NamedTuple):
    """One of a list: its code, its name, and what its element says besides, such as a language."""

    code: str
    text: str
    marks: dict[str, Any] = {}

    @property
    def tag(self) -> str:
        """The language of its text as HTML's ``lang`` wants it; empty for the page's own."""
        return str(self.marks.get("lang", ""))


#: What each list offers.
Offered = Mapping[str, Sequence[Choice]]


class Choices(Form):
    """Filters with lists. What is on none of them filters nothing, stays, and is told."""

    def check(self, offered: Offered) -> None:
        """Say beside each field that what is asked for is not on its list, where it is not."""
        for field in self.lists:
            if field.data and field.data not in {one.code for one in offered[field.name]}:
                field.errors = [gettext("This is not on the list. Choose another one.")]

    def offer(self, offered: Offered) -> None:
        """Offer what there is in this cycle; what else was asked for stays."""
        for field in self.lists:
            field.data = visible(field.data or "")[:LONGEST_SHOWN]
            odd = [(field.data, field.data)] if field.errors else []
            field.choices = [("", gettext("All")), *odd, *offered[field.name]]

    @property
    def lists(self) -> list[SelectField]:
        """The fields with a list."""
        return [field for field in self if isinstance(field, SelectField)]

    @property
    def chosen(self) -> dict[str, str]:
        """What filters, by the name of its field."""
        return {one.name: one.data for one in self.lists if one.data and not one.errors}


class Filters(Choices):
    """Text in any script, topic, party, region, rating."""

    q = SearchField(lazy_gettext("Words or number"))
    topic = SelectField(lazy_gettext("Topic"), [Optional()], validate_choice=False)
    party = SelectField(lazy_gettext("Party or coalition"), [Optional()], validate_choice=False)
    region = SelectField(lazy_gettext("Region"), [Optional()], validate_choice=False)
    rating = SelectField(lazy_gettext("Rating"), [Optional()], validate_choice=False)

    def check(self, offered: Offered) -> None:
        """Also beside the words, where a sign stood in them that none has."""
        super().check(offered)
        if says := nul.fault("q"):
            self.q.errors = [says]

    def offer_counted(self, offered: Offered, counts: Mapping[str, Mapping[str, int]]) -> None:
        """Offer what there is in this cycle, and how many promises each finds."""
        self.offer(
            {
                name: [counted(one, counts[name].get(one.code, 0)) for one in choices]
                for name, choices in offered.items()
            }
        )
        self.q.data = visible(self.q.data or "")[:LONGEST_SHOWN]

    def wanted(self, as_of: date | None = None) -> Wanted:
        """What is looked for, as of the end of a day, once it was checked."""
        return Wanted(
            text="" if self.q.errors else self.q.data or "", chosen=self.chosen, as_of=as_of
        )


def counted(choice: Choice, number: int) -> Choice:
    """A choice that tells how many it finds."""
    return choice._replace(text=f"{choice.text} ({format_decimal(number)})")


class FindingFilters(Choices):
    """Topic, party, region of findings."""

    topic = SelectField(lazy_gettext("Topic"), [Optional()], validate_choice=False)
    party = SelectField(lazy_gettext("Party or coalition"), [Optional()], validate_choice=False)
    region = SelectField(lazy_gettext("Region"), [Optional()], validate_choice=False)


class Pair(Form):
    """The two that are compared, by the names they have in an address."""

    one = SelectField(lazy_gettext("First"), [Optional()], validate_choice=False)
    other = SelectField(lazy_gettext("Second"), [Optional()], validate_choice=False)

    def offer(self, groups: Offered, asked: Mapping[str, Sequence[str]]) -> None:
        """Offer what can be compared, in groups of one kind; what else was asked for stays too."""
        known = {one.code for some in groups.values() for one in some}
        for field in (self.one, self.other):
            typed = visible(" ".join(asked[field.name]))[:LONGEST_SHOWN]
            odd = [(typed, typed)] if typed and typed not in known else []
            field.choices = {"": [("", gettext("Choose")), *odd], **groups}
            field.data = typed

    def strike(self, fault: RuleBroken) -> None:
        """Put what is wrong beside its field."""
        self[fault.field or "one"].errors = [translated(fault)]


class DayForm(Form):
    """The day as of which a page tells its numbers; what it takes is ``cycles.rules.days``."""

    as_of = StringField(lazy_gettext("Day"))
