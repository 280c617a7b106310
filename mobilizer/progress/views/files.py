"""The same numbers as files. They travel, so people stand in them by their aliases.

Each is made by POST, because taking it out is a step of the log.
"""

from collections.abc import Iterator
from datetime import date

from flask.typing import ResponseReturnValue

from mobilizer.accounts.models import User
from mobilizer.core.database import db
from mobilizer.core.language import gettext, said
from mobilizer.core.policy import person, requires
from mobilizer.core.tables import as_csv
from mobilizer.core.workbooks import Column, Sheet, as_xlsx, attached
from mobilizer.places.models import Place
from mobilizer.progress import actions
from mobilizer.progress.queries import Line, Table
from mobilizer.progress.rules import By, Measure, Ratio
from mobilizer.progress.views.frame import Asked, asked, bp

CSV = "text/csv"


@bp.post("/table.csv")
@requires("progress.read")
def as_table() -> ResponseReturnValue:
    wanted = asked()
    table = _taken(wanted, "CSV")
    labels = [column.label for column in _columns(wanted.by)]
    rows = (dict(zip(labels, cells, strict=True)) for cells in _rows(table))
    file = attached(as_csv(labels, rows), _name(wanted, "csv"), CSV)
    db.session.commit()
    return file


@bp.post("/table.xlsx")
@requires("progress.read")
def as_workbook() -> ResponseReturnValue:
    wanted = asked()
    sheet = Sheet(
        gettext("Completeness"),
        _columns(wanted.by),
        _rows(_taken(wanted, "XLSX")),
        above=_above(wanted),
        still=1 if wanted.by is By.MONTH else 2,
    )
    file = attached(as_xlsx([sheet]), _name(wanted, "xlsx"))
    db.session.commit()
    return file


def _taken(wanted: Asked, kind: str) -> Table:
    return actions.export(wanted.cycle, wanted.by, wanted.narrowed, kind=kind, by=person())


def _name(wanted: Asked, ending: str) -> str:
    of_month = f"-{wanted.month:%Y-%m}" if wanted.month else ""
    return f"completeness-{wanted.cycle.code}-by-{wanted.by.value}{of_month}.{ending}"


def _above(wanted: Asked) -> list[str]:
    lines = [str(said(wanted.cycle.names))]
    if wanted.cycle.is_demonstration:
        lines.append(gettext("Demonstration: what stands here is invented."))
    return lines


def _columns(by: By) -> list[Column]:
    first = [] if by is By.MONTH else [Column(gettext(by.label), 28)]
    return [
        *first,
        Column(gettext(By.MONTH.label), 10),
        *(Column(gettext(measure.label), 11) for measure in Measure),
        *(Column(gettext(ratio.label), 14, is_share=True) for ratio in Ratio),
    ]


def _rows(table: Table) -> Iterator[list[object]]:
    # People in the order of their aliases: that of their names would tell something of these.
    by_alias = table.by in (By.MENTOR, By.MOBILIZER)
    for line in sorted(table.lines, key=_named) if by_alias else table.lines:
        first = [] if table.by is By.MONTH else [_named(line)]
        for month in table.months:
            tally = line.row.months.get(month)
            if tally is None:
                continue
            shares = [tally.share(ratio).exact for ratio in Ratio]
            yield [
                *first,
                month.strftime("%Y-%m"),
                *(tally[measure] for measure in Measure),
                *(None if share is None else round(float(share), 4) for share in shares),
            ]


def _named(line: Line) -> str:
    of: Place | User | date = line.of
    if isinstance(of, Place):
        return str(said(of.names))
    return of.alias or gettext("without an alias") if isinstance(of, User) else str(of)
