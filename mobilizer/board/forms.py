"""What is typed and chosen on the board."""

from collections.abc import Iterable, Mapping

from flask_babel import gettext, lazy_gettext
from wtforms import HiddenField, SearchField, SelectField, TextAreaField, ValidationError

from mobilizer.accounts.models import Posting, User
from mobilizer.board.rules import sending
from mobilizer.core.forms import Form, ManyField, at_most, given
from mobilizer.core.language import said
from mobilizer.cycles.forms import MonthField
from mobilizer.cycles.models import Topic
from mobilizer.places.models import Place


class FilterForm(Form):
    """What the board is narrowed to, sent by GET."""

    class Meta(Form.Meta):
        """Nothing changes by it, so no token goes with it."""

        csrf = False

    region = SelectField(lazy_gettext("Region"), coerce=str)
    topic = SelectField(lazy_gettext("Topic"), coerce=str)
    q = SearchField(lazy_gettext("Words or number of a promise"), [at_most(200)])

    def offer(self, regions: Iterable[Place], topics: Iterable[Topic]) -> None:
        """Fill in what can be chosen; each list begins with all."""
        every = ("", gettext("All"))
        self.region.choices = [every, *((one.code, str(said(one.names))) for one in regions)]
        self.topic.choices = [every, *((one.code, str(said(one.names))) for one in topics)]


class HandOverForm(Form):
    """To whom one assignment passes, from when on, and why."""

    mobilizer = SelectField(lazy_gettext("New mobilizer"), [given()], coerce=str)
    first_month = MonthField(lazy_gettext("Her first month"), [given()])
    reason = TextAreaField(lazy_gettext("Reason"), [given(), at_most(600)])

    def offer(self, postings: Iterable[Posting]) -> None:
        """Fill in who can take it."""
        groups: dict[str, list[tuple[str, str]]] = {"": [("", gettext("Choose"))]}
        for one in postings:
            groups.setdefault(_region(one), []).append((str(one.user_id), one.user.shown_name))
        self.mobilizer.choices = groups


class ChangeOverForm(Form):
    """All that one mobilizer has, to one or several others."""

    of = SelectField(lazy_gettext("Mobilizer who hands over"), [given()], coerce=str)
    first_month = MonthField(lazy_gettext("First month of the new ones"), [given()])
    to = ManyField(lazy_gettext("Mobilizers who take over"), coerce=str)
    reason = TextAreaField(lazy_gettext("Reason"), [given(), at_most(600)])
    seen = HiddenField("")
    #: Where each who can take over is, by the choice's value.
    regions: Mapping[str, str] = {}

    @property
    def sending(self) -> str:
        """Names what was sent, as it came."""
        return sending(
            self.of.data,
            self.first_month.data,
            self.to.data or (),
            seen=self.seen.data or "",
            reason=self.reason.data or "",
        )

    def validate_to(self, field: ManyField) -> None:
        """At least one takes over. A browser that is told so would ask for each box."""
        if not field.data:
            raise ValidationError(gettext("This is needed."))
        if self.of.data in field.data:
            raise ValidationError(gettext("She has it already: choose another mobilizer."))

    def offer(self, holders: Iterable[User], postings: Iterable[Posting]) -> None:
        """Fill in who hands over, who can take, and where each of them is.

        Who hands over is not offered to take, unless she was ticked before she was chosen.
        """
        giver, ticked = str(self.of.data), self.to.data or ()
        takers = [one for one in postings if str(one.user_id) != giver or giver in ticked]
        names = [(str(one.id), one.shown_name) for one in holders]
        self.of.choices = [("", gettext("Choose")), *names]
        self.to.choices = [(str(one.user_id), one.user.shown_name) for one in takers]
        self.regions = {str(one.user_id): _region(one) for one in takers}


def _region(posting: Posting) -> str:
    return str(said(posting.region.names)) if posting.region else gettext("Without a region")
