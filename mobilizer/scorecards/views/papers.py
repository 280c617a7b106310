"""How the numbers come about: method, data, corrections."""

from flask.typing import ResponseReturnValue

from mobilizer.agreement.queries import figures, is_over
from mobilizer.agreement.rules import commitment
from mobilizer.agreement.rules.alpha import LEAST_PAIRS, RESAMPLES, SCALE
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
    cycle = the_cycle()
    return page(
        "method.html",
        cycle,
        points=POINTS,
        ratings_in_order=list(Rating),
        agreement=figures(cycle),
        scale=SCALE,
        least_pairs=LEAST_PAIRS,
        resamples=RESAMPLES,
        commitment=commitment(cycle.drawing_seed),
        seed=cycle.drawing_seed if is_over(cycle) else None,
    )


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
