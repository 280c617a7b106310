"""What stands beside a score: how much came in, why things stand still, where nobody looked."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import func, select

from mobilizer.core.database import db
from mobilizer.findings.models import Finding
from mobilizer.findings.queries import latest
from mobilizer.places.models import Place
from mobilizer.places.queries import shown
from mobilizer.places.rules import PlaceKind
from mobilizer.scorecards.queries.board import end_of_day
from mobilizer.scorecards.queries.news import Subject, is_about
from mobilizer.scorecards.rules.past import counted


def reported(subject: Subject, month: date, as_of: date) -> int:
    """Of how many promises a finding about a month was published until a day.

    In places each promise counts once for each of them, as it does in their score.
    """
    here = (
        select(Finding.promise_id)
        .distinct()
        .where(
            is_about(subject),
            Finding.month == month,
            Finding.published_at <= end_of_day(as_of, subject.cycle),
        )
    )
    if isinstance(subject.thing, Place):
        here = here.add_columns(Finding.place_id)
    return db.session.scalar(select(func.count()).select_from(here.subquery())) or 0


def reasons(subject: Subject, as_of: date) -> list[tuple[str, int]]:
    """Why promises stand still, by what was found last in each place: codes, most given first."""
    given = Finding.content["answers"]["stagnation"]
    moment = end_of_day(as_of, subject.cycle)
    standing = latest(subject.cycle.id, moment).with_only_columns(given).where(is_about(subject))
    found = db.session.scalars(standing)
    return counted(code for codes in found for code in codes or ())


def places_of(country: str) -> Sequence[Place]:
    """The regions and municipalities of a country that may be shown, with what they lie in."""
    return db.session.scalars(
        shown().where(Place.country == country, Place.kind != PlaceKind.COUNTRY)
    ).all()
