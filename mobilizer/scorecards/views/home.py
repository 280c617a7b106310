"""The scorecard: the first page of the public."""

from datetime import date, timedelta

from flask.typing import ResponseReturnValue

from mobilizer.core.database import db
from mobilizer.core.policy import public
from mobilizer.cycles import queries as cycles
from mobilizer.cycles.models import Cycle
from mobilizer.scorecards import queries
from mobilizer.scorecards.rules import By
from mobilizer.scorecards.views.days import chosen_day
from mobilizer.scorecards.views.frame import bp, page
from mobilizer.scorecards.views.rows import rows
from mobilizer.scoring.rules import change, score

#: How many of the latest findings the first page shows, and how many topics.
LATEST = 6
TOPICS = 8


@bp.get("/")
@public
def home() -> ResponseReturnValue:
    cycle = db.session.scalars(cycles.public().limit(1)).first()
    if cycle is None:
        return page("nothing.html", None)
    return show(cycle)


@bp.get("/cycles/<code>")
@public
def cycle(code: str) -> ResponseReturnValue:
    return show(db.one_or_404(cycles.public().where(Cycle.code == code)))


def show(cycle: Cycle) -> ResponseReturnValue:
    """The scorecard of one cycle."""
    chosen = chosen_day(cycle)
    day, past = chosen.day, chosen.past
    counts = queries.board(cycle, past).overall
    before = queries.board(cycle, last_month_end(day)).overall
    now, then = (score(c, cycle.least_rated) for c in (counts, before))
    topics = rows(queries.lines(cycle, By.TOPIC, past), cycle)
    with_promises = [row for row in topics if row.counts.promises]
    return page(
        "home.html",
        cycle,
        chosen,
        counts=counts,
        score=now,
        points=change(now, then),
        compared_with=last_month_end(day),
        regions=rows(queries.lines(cycle, By.REGION, past), cycle),
        drawing=queries.drawing_of(cycle.country),
        topics=sorted(with_promises, key=lambda row: -row.counts.promises)[:TOPICS],
        number_of_topics=len(with_promises),
        findings=db.session.scalars(queries.published_by(cycle, past).limit(LATEST)).all(),
        other_cycles=db.session.scalars(cycles.public().where(Cycle.id != cycle.id)).all(),
    )


def last_month_end(today: date) -> date:
    """The last day of the month before."""
    return today.replace(day=1) - timedelta(days=1)
