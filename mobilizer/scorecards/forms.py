"""What a visitor can filter the register by. Sent by GET: an address that can be shared."""

from flask_babel import gettext, lazy_gettext
from wtforms import Form, SelectField, StringField
from wtforms.validators import Length, Optional

from mobilizer.core.forms import choices
from mobilizer.core.words import N_
from mobilizer.scorecards.queries import Wanted
from mobilizer.scorecards.rules import By
from mobilizer.scoring.rules import Rating


class Filters(Form):
    """Text in any script, topic, party, region, rating. What makes no sense filters nothing."""

    q = StringField(lazy_gettext("Words or number"), [Length(max=200)])
    topic = SelectField(lazy_gettext("Topic"), [Optional()], validate_choice=False)
    party = SelectField(lazy_gettext("Party or coalition"), [Optional()], validate_choice=False)
    region = SelectField(lazy_gettext("Region"), [Optional()], validate_choice=False)
    rating = SelectField(lazy_gettext("Rating"), [Optional()], validate_choice=False)

    def offer(self, named: dict[By, list[tuple[str, str]]]) -> None:
        """Offer what there is in this cycle, by code and name."""
        every = ("", gettext("All"))
        self.topic.choices = [every, *named[By.TOPIC]]
        self.party.choices = [every, *named[By.PARTY]]
        self.region.choices = [every, *named[By.REGION]]
        self.rating.choices = choices(Rating, empty=N_("All"))

    def wanted(self) -> Wanted:
        """What is looked for."""
        rating = self.rating.data
        return Wanted(
            text=(self.q.data or "")[:200],
            topic=self.topic.data or "",
            party=self.party.data or "",
            region=self.region.data or "",
            rating=Rating(rating) if rating in set(Rating) else None,
        )
