"""What stands beside a score: how much came in, why things stand still, where nobody looked."""

from collections.abc import Sequence
from datetime import date

from mobilizer.core.database import db
from mobilizer.places.models import Place
from mobilizer.places.queries import shown
from mobilizer.places.rules import PlaceKind
from mobilizer.scorecards.queries.history import tallied
from mobilizer.scorecards.queries.news import Subject
from mobilizer.tallies import queries as tallies


def reported(subject: Subject, month: date, as_of: date) -> int:
    """Of how many promises a finding about a month was published until a day.

    In places each promise counts once for each of them, as it does in their score.
    """
    return tallies.reported(subject.cycle, tallied(subject), month, as_of)


def reasons(subject: Subject, as_of: date) -> list[tuple[str, int]]:
    """Why promises stand still, by what was found last in each place: codes, most given first."""
    given = tallies.reasons(subject.cycle, tallied(subject), as_of)
    return sorted(given.items(), key=lambda pair: (-pair[1], pair[0]))


def places_of(country: str) -> Sequence[Place]:
    """The regions and municipalities of a country that may be shown, with what they lie in."""
    return db.session.scalars(
        shown().where(Place.country == country, Place.kind != PlaceKind.COUNTRY)
    ).all()
