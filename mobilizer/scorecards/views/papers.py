"""How the numbers come about: method, corrections."""

from collections.abc import Iterable

from flask import Response, render_template
from flask.typing import ResponseReturnValue

from mobilizer.agreement.queries import figures, is_over
from mobilizer.agreement.rules import commitment
from mobilizer.agreement.rules.alpha import LEAST_PAIRS, RESAMPLES, SCALE
from mobilizer.core.database import db
from mobilizer.core.pages import asked_page, paged
from mobilizer.core.policy import public
from mobilizer.cycles.queries.changes import settled
from mobilizer.findings.models import Finding
from mobilizer.findings.queries import corrections as corrections_in
from mobilizer.findings.queries import numbered
from mobilizer.replies.queries import held_back
from mobilizer.replies.rules import READING_DAYS
from mobilizer.scorecards.views.frame import bp, page, the_cycle
from mobilizer.scoring.rules import POINTS, Rating

#: So many corrections a feed holds, the newest ones.
FEED_LONGEST = 50


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
        settled=settled(cycle),
        reading_days=READING_DAYS,
        held_back=held_back(cycle),
    )


@bp.get("/corrections")
@public
def corrections() -> ResponseReturnValue:
    cycle = the_cycle()
    mended = paged(corrections_in(cycle.id), asked_page())
    return page("corrections.html", cycle, findings=mended, earlier=corrected_by(mended.rows))


@bp.get("/corrections.atom")
@public
def corrections_feed() -> ResponseReturnValue:
    cycle = the_cycle()
    mended = db.session.scalars(corrections_in(cycle.id).limit(FEED_LONGEST)).all()
    written = render_template(
        "scorecards/corrections.xml",
        cycle=cycle,
        findings=mended,
        earlier=corrected_by(mended),
    )
    return Response(written, mimetype="application/atom+xml")


def corrected_by(mended: Iterable[Finding]) -> dict[int, Finding]:
    """The findings that these correct, by their numbers."""
    numbers = [one.corrects for one in mended if one.corrects is not None]
    found = db.session.scalars(numbered(numbers)) if numbers else ()
    return {one.number: one for one in found}
