"""How the numbers come about: method, data, corrections."""

from flask.typing import ResponseReturnValue

from mobilizer.core.pages import asked_page, paged
from mobilizer.core.policy import public
from mobilizer.findings.models import Finding
from mobilizer.findings.queries import head, published
from mobilizer.scorecards.rules import By
from mobilizer.scorecards.views.frame import bp, page, the_cycle
from mobilizer.scoring.rules import POINTS, Rating


@bp.get("/method")
@public
def method() -> ResponseReturnValue:
    return page("method.html", the_cycle(), points=POINTS, ratings_in_order=list(Rating))


@bp.get("/data")
@public
def data() -> ResponseReturnValue:
    return page("data.html", the_cycle(), head=head(), ways=list(By))


@bp.get("/corrections")
@public
def corrections() -> ResponseReturnValue:
    cycle = the_cycle()
    mended = published(cycle.id).where(Finding.corrects.is_not(None))
    return page("corrections.html", cycle, findings=paged(mended, asked_page()))
