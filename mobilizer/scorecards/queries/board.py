"""All readings of a cycle at one moment, and how they are kept."""

from collections import defaultdict
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from sqlalchemy import func, select

from mobilizer.core import clock
from mobilizer.core.database import db
from mobilizer.cycles.models import Cycle
from mobilizer.findings.models import Finding
from mobilizer.findings.queries import latest
from mobilizer.promises.models import Promise, PromiseChange, PromisePlace
from mobilizer.promises.rules import PromiseState, Testability
from mobilizer.scorecards.rules import Board, Listed
from mobilizer.scoring.rules import Rating

#: How many boards one process keeps: the public asks for the same few again and again.
KEPT_BOARDS = 32


def end_of_day(day: date, cycle: Cycle) -> datetime:
    """The last moment of a day in a cycle's time zone: "as of" a day means all of it."""
    following = datetime.combine(day + timedelta(days=1), time(), ZoneInfo(cycle.time_zone))
    return following - timedelta(microseconds=1)


def board(cycle: Cycle, as_of: date | None = None) -> Board:
    """All readings of a cycle, today or as of the end of an earlier day.

    What was counted once is kept until something is published or changed, so that a page
    costs the same however many findings there are.
    """
    if as_of is not None and as_of >= clock.today(cycle.time_zone):
        as_of = None
    moment = end_of_day(as_of, cycle) if as_of else None
    return _kept_board(str(db.engine.url), cycle.id, moment, _state_of_publication())


def forget_boards() -> None:
    """Count everything anew at the next question: for measuring and for tests."""
    _kept_board.cache_clear()


def _state_of_publication() -> tuple[object, ...]:
    newest = (
        select(func.max(Finding.number)).scalar_subquery(),
        select(func.max(PromiseChange.id)).scalar_subquery(),
        select(func.max(Promise.published_at)).scalar_subquery(),
        select(func.count()).where(Promise.published_at.is_not(None)).scalar_subquery(),
    )
    return tuple(db.session.execute(select(*newest)).one())


@lru_cache(maxsize=KEPT_BOARDS)
def _kept_board(_: str, cycle_id: int, moment: datetime | None, __: tuple[object, ...]) -> Board:
    found = latest(cycle_id, moment).subquery()
    rows = db.session.execute(select(found.c.promise_id, found.c.place_id, found.c.rating))
    return Board(
        promises=_listed(cycle_id, moment),
        readings={(promise_id, place_id): rating for promise_id, place_id, rating in rows},
    )


def _listed(cycle_id: int, moment: datetime | None) -> tuple[Listed, ...]:
    published = select(Promise.id, Promise.topic_id, Promise.party_id, Promise.testability).where(
        Promise.cycle_id == cycle_id, Promise.state == PromiseState.PUBLISHED
    )
    if moment is not None:
        published = published.where(Promise.published_at <= moment)
    of_cycle = published.subquery()
    places = defaultdict(set)
    pairs = select(PromisePlace.promise_id, PromisePlace.place_id).join(
        of_cycle, of_cycle.c.id == PromisePlace.promise_id
    )
    for promise_id, place_id in db.session.execute(pairs):
        places[promise_id].add(place_id)
    return tuple(
        Listed(promise_id, topic_id, party_id, frozenset(places[promise_id]), _unread(testability))
        for promise_id, topic_id, party_id, testability in db.session.execute(published)
    )


def _unread(testability: Testability | None) -> Rating:
    untestable = testability is Testability.NOT_TESTABLE
    return Rating.CANNOT_BE_RATED if untestable else Rating.NOT_YET_RATED
