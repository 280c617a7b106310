"""The data for people: what there is to fetch, and how a number is checked with it."""

from functools import partial
from itertools import chain

from flask import request
from flask.typing import ResponseReturnValue

from mobilizer.core import formats
from mobilizer.core.database import db
from mobilizer.core.errors import NotVisible
from mobilizer.core.policy import public
from mobilizer.findings.queries import head
from mobilizer.opendata.queries import is_as_things_stand, kept_of
from mobilizer.opendata.rules import formulae
from mobilizer.opendata.rules.counted import TABLES
from mobilizer.opendata.rules.description import LICENCE
from mobilizer.opendata.rules.keeping import XLSX, ZIP
from mobilizer.publication.queries import number_now
from mobilizer.scorecards import queries
from mobilizer.scorecards.queries import Line
from mobilizer.scorecards.rules import By
from mobilizer.scorecards.views.days import Chosen, chosen_day
from mobilizer.scorecards.views.frame import bp, page, the_cycle
from mobilizer.scoring.rules import Counts, score


@bp.get("/data")
@public
def data() -> ResponseReturnValue:
    cycle = the_cycle()
    package = db.session.scalar(kept_of(cycle.code))
    files = {one["name"]: one for one in package.files} if package else {}
    return page(
        "data.html",
        cycle,
        package=package,
        is_newest=package is not None and is_as_things_stand(package, number_now()),
        files=files,
        # One that was made before an update may lack a table until it is made anew.
        tables=[table for table in TABLES if table.file in files],
        licence=LICENCE,
        head=head(),
        ways=list(By),
    )


@bp.get("/data/check")
@public
def check() -> ResponseReturnValue:
    """How one number is checked: the whole cycle's, or that of what is asked for."""
    cycle = the_cycle()
    chosen = chosen_day(cycle)
    by, key = request.args.get("by"), request.args.get("key")
    line = _line(chosen, by, key) if by or key else None
    asked = formulae.percentage(by or "cycle", line.thing.code if line else "", cycle.least_rated)
    counts = line.counts if line else queries.board(cycle, chosen.past).overall
    return page(
        "check.html",
        cycle,
        chosen,
        subject=line.thing if line else cycle,
        way=by or "cycle",
        counted=counts,
        result=score(counts, cycle.least_rated),
        head=head(chosen.moment),
        workbook=XLSX,
        packed=ZIP,
        beside_findings=(formulae.STANDS, *((formulae.REGION,) if by == By.REGION else ())),
        beside_listings=() if by in (By.REGION, By.MUNICIPALITY) else formulae.WHOLE,
        percentage=asked,
        parted=partial(formulae.parted, sign=formats.list_sign()),
    )


def _line(chosen: Chosen, by: str | None, key: str | None) -> Line:
    if by not in set(By):
        raise NotVisible
    cycle, way = chosen.cycle, By(by)
    # What nothing had been promised to by then, or by whom, has a page, and leads here.
    empty = (Line(thing, Counts()) for thing in queries.things(cycle, way))
    for line in chain(queries.lines(cycle, way, chosen.past), empty):
        if line.thing.code == key:
            return line
    raise NotVisible
