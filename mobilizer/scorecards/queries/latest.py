"""The latest findings of a cycle, as the public reads through them: filtered, part by part."""

from collections.abc import Mapping, Sequence
from datetime import date

from sqlalchemy import select

from mobilizer.core.database import db
from mobilizer.cycles.models import Cycle
from mobilizer.elections.models import Party
from mobilizer.findings.models import Finding
from mobilizer.places.queries import regions
from mobilizer.scorecards.queries.board import end_of_day
from mobilizer.scorecards.queries.near import Thing
from mobilizer.scorecards.queries.news import News, Subject, is_about, newest
from mobilizer.scorecards.rules import About
from mobilizer.tallies.queries import subjects
from mobilizer.tallies.rules import Kind


def offered(cycle: Cycle) -> dict[About, Sequence[Thing]]:
    """What findings can be told apart by: of parties those that have a public promise."""
    promising = Party.id.in_(subjects(cycle, Kind.PARTY))
    parties = select(Party).where(promising).order_by(Party.code)
    return {
        About.TOPIC: cycle.topics,
        About.PARTY: db.session.scalars(parties).all(),
        About.REGION: db.session.scalars(regions(cycle.country)).all(),
    }


def news(
    cycle: Cycle, chosen: Mapping[About, Thing], as_of: date, many: int, before: int | None = None
) -> list[News]:
    """The newest findings, the newest first.

    Args:
        cycle: of which cycle.
        chosen: the topic, party and region they are all about, as far as one is chosen.
        as_of: what was published until the end of this day.
        many: so many at most.
        before: only those with a smaller number.
    """
    wanted = is_about(Subject(About.ALL, cycle))
    wanted &= Finding.published_at <= end_of_day(as_of, cycle)
    for about, thing in chosen.items():
        wanted &= is_about(Subject(about, cycle, thing))
    if before is not None:
        wanted &= Finding.number < before
    return newest(wanted, many)
