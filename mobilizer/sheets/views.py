"""The month's sheet on paper and as a workbook: of one assignment, of a region, of a cycle."""

from collections.abc import Sequence
from datetime import date
from operator import attrgetter

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from mobilizer.core import formats, months
from mobilizer.core.database import db
from mobilizer.core.errors import NotVisible
from mobilizer.core.language import gettext, said
from mobilizer.core.policy import person, requires
from mobilizer.core.words import N_
from mobilizer.core.workbooks import Column, as_xlsx, attached
from mobilizer.core.workbooks import Sheet as Paper
from mobilizer.cycles.models import Cycle
from mobilizer.places.models import Place
from mobilizer.progress.queries import cycles_of, months_so_far, overseen_by, regions_in
from mobilizer.sheets import actions, queries
from mobilizer.sheets.rules import LEFT_OUT, Sheet, Wording, filled

bp = Blueprint("sheets", __name__, url_prefix="/desk/sheets")

PARTS = {"A": N_("The plan"), "B": N_("The report"), "C": N_("The review")}
#: Columns that hold sentences.
WIDE = {"promise_text", "promise_source", "finding", "evidence", "steps", "rating_reason"}
SAID = (
    N_(
        "Left out, because it could lead to the person who reports: contact with officials, the "
        "next step, the note to the mentor and the mentor's comments. She stands here by her alias."
    ),
    N_("Photos and clips are named by their hash where the people shown agreed; others are not."),
    N_("Where a promise has several indicators, each line begins with the indicator's number."),
)


def wording() -> Wording:
    """How the sheet says things in the language of this page."""
    return Wording(gettext, lambda names: str(said(names)), formats.day, formats.month)


@bp.get("/<assignment_id>/<month>")
@requires("sheet.read")
def show(assignment_id: str, month: str) -> ResponseReturnValue:
    assignment, sheet = queries.sheet(person(), assignment_id, month_from(month))
    return render_template(
        "sheets/show.html",
        assignment=assignment,
        cycle=assignment.cycle,
        sheet=sheet,
        cells=filled(sheet, wording()),
        fields=queries.fields(),
        parts=PARTS,
        left_out=LEFT_OUT,
        notes=SAID,
    )


@bp.post("/<assignment_id>/<month>.xlsx")
@requires("sheet.read")
def one(assignment_id: str, month: str) -> ResponseReturnValue:
    assignment, sheet = actions.export_one(assignment_id, month_from(month), by=person())
    cells = filled(sheet, wording())
    columns = [
        Column(gettext("Number"), 8),
        Column(gettext("Part"), 12),
        Column(gettext("Field"), 34),
        Column(gettext("Answer"), 80),
    ]
    rows = [
        [field.number, gettext(PARTS[field.part]), str(said(field.labels)), cells.get(field.name)]
        for field in queries.fields()
    ]
    paper = Paper(_heading(sheet.month), columns, rows, above=_above(assignment.cycle, sheet.month))
    name = f"matrix-{assignment.cycle.code}-{sheet.number}-{assignment.place.code}"
    file = attached(as_xlsx([paper]), f"{name}-{sheet.month:%Y-%m}.xlsx")
    db.session.commit()
    return file


@bp.post("/month.xlsx")
@requires("sheet.read")
def month() -> ResponseReturnValue:
    cycle, of_month, region = _asked()
    sheets = actions.export_month(cycle, of_month, region, by=person())
    fields = queries.fields()
    columns = [
        Column(gettext("Promise number"), 10),
        *(Column(str(said(one.labels)), 50 if one.name in WIDE else 18) for one in fields),
    ]
    rows = _rows(sheets, list(map(attrgetter("name"), fields)))
    above = _above(cycle, of_month, region)
    paper = Paper(_heading(of_month), columns, rows, above=above, still=1)
    where = f"-{region.code}" if region else ""
    file = attached(as_xlsx([paper]), f"matrix-{cycle.code}{where}-{of_month:%Y-%m}.xlsx")
    db.session.commit()
    return file


def _rows(sheets: Sequence[Sheet], names: Sequence[str]) -> list[list[object]]:
    say = wording()
    rows: list[list[object]] = []
    for sheet in sheets:
        cells = filled(sheet, say)
        rows.append([sheet.number, *(cells.get(name) for name in names)])
    return rows


def _heading(of_month: date) -> str:
    return f"{gettext('Matrix')} {formats.month(of_month)}"


def _above(cycle: Cycle, of_month: date, region: Place | None = None) -> list[str]:
    """What it is a sheet of, that a demonstration is one, and what is left out."""
    names = [said(cycle.names), formats.month(of_month), *([said(region.names)] if region else [])]
    invented = [gettext("Demonstration: what stands here is invented.")]
    return [
        " · ".join(map(str, names)),
        *(invented if cycle.is_demonstration else []),
        *map(gettext, SAID),
    ]


def _asked() -> tuple[Cycle, date, Place | None]:
    """The cycle, month and region of this request.

    Raises:
        NotVisible: one of them is not there, or not hers.
    """
    user, args = person(), request.args
    cycle = db.one_or_404(cycles_of(user).where(Cycle.code == args.get("cycle", "")))
    of_month = month_from(args.get("month", ""))
    if of_month not in months_so_far(cycle):
        raise NotVisible
    if not (code := args.get("region")):
        return cycle, of_month, None
    regions = regions_in(overseen_by(user, cycle))
    return cycle, of_month, db.one_or_404(regions.where(Place.code == code))


def month_from(text: str) -> date:
    """The month of an address such as ``2026-11``.

    Raises:
        NotVisible: it is none.
    """
    if (found := months.parse(text)) is None:
        raise NotVisible
    return found
