"""The latest findings of a cycle, as the public reads through them: filtered, part by part."""

from collections.abc import Mapping, Sequence
from datetime import date

from sqlalchemy import select

from mobilizer.core.database import db
from mobilizer.cycles.models import Cycle
from mobilizer.elections.models import Party
from mobilizer.findings.queries import last_number
from mobilizer.places.queries import regions
from mobilizer.scorecards.queries.board import end_of_day
from mobilizer.scorecards.queries.near import Thing
from mobilizer.scorecards.queries.news import News, Subject, newest, newest_about
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
    cycle: Cycle,
    chosen: Mapping[About, Thing],
    as_of: date | None,
    many: int,
    before: int | None = None,
) -> list[News]:
    """The newest findings, the newest first.

    Args:
        cycle: of which cycle.
        chosen: the topic, party and region they are all about, as far as one is chosen.
        as_of: what was published until the end of this day; all for None.
        many: so many at most.
        before: only those with a smaller number.
    """
    if as_of:
        last = last_number(end_of_day(as_of, cycle))
        before = min(last + 1, before or last + 1)
    wanted = [Subject(about, cycle, thing) for about, thing in chosen.items()]
    return newest(newest_about(cycle, wanted, many, before), many)
