"""The map and the numbers, and the list behind each of them."""

from flask import render_template
from flask.typing import ResponseReturnValue

from mobilizer.core.database import db
from mobilizer.core.pages import asked_page
from mobilizer.core.policy import person, requires
from mobilizer.progress import queries
from mobilizer.progress.rules import By, Measure, Ratio
from mobilizer.progress.views.frame import asked, bp, word


@bp.get("/")
@requires("progress.read")
def index() -> ResponseReturnValue:
    user, wanted = person(), asked()
    table = queries.table(user, wanted.cycle, wanted.by, wanted.everywhen)
    return render_template(
        "progress/index.html",
        asked=wanted,
        cycle=wanted.cycle,
        cycles=db.session.scalars(queries.cycles_of(user)).all(),
        table=table,
        regions=db.session.scalars(
            queries.regions_in(queries.overseen_by(user, wanted.cycle))
        ).all(),
        groupings=By,
        measures=Measure,
        ratios=Ratio,
    )


@bp.get("/behind")
@requires("progress.read")
def behind() -> ResponseReturnValue:
    user, wanted = person(), asked()
    measure = word("what", Measure, Measure.EXPECTED)
    counts = queries.counts(user, wanted.cycle, wanted.narrowed)
    total = counts[measure]
    return render_template(
        "progress/behind.html",
        asked=wanted,
        cycle=wanted.cycle,
        measure=measure,
        counts=counts,
        page=queries.behind(user, wanted.cycle, measure, wanted.narrowed, asked_page(), total),
    )
