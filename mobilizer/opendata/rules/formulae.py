"""How a spreadsheet counts a score again, step by step: formulae over the workbook of a package.

They use what Excel, LibreOffice and others have in common, in English and with commas; no number
in them has a decimal sign, which is another one in most of our languages. A test computes them for
made-up findings, and compares with the scores.
"""

from dataclasses import dataclass

from mobilizer.opendata.rules.named import PLACES
from mobilizer.opendata.rules.shape import Table
from mobilizer.opendata.rules.tables import FINDINGS, LISTINGS

ABC = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


@dataclass(frozen=True)
class Column:
    """A column to put beside a table: its name and what stands in its second row."""

    name: str
    letter: str
    formula: str


def _at(table: Table, column: str) -> str:
    return ABC[table.columns.index(column)]


def _free(table: Table, number: int) -> str:
    """The letter of the so-many-th free column, from 0."""
    return ABC[len(table.columns) + number]


def _all(table: Table, column: str) -> str:
    """A whole column of the table, as another sheet names it."""
    return _range(table, _at(table, column))


def _range(table: Table, letter: str) -> str:
    return f"{table.name}!{letter}:{letter}"


def _other_here(*more: str) -> str:
    """How many rows are of the same promise in the same place, and of which more is true."""
    same = (f"{_at(FINDINGS, one)}:{_at(FINDINGS, one)},{_at(FINDINGS, one)}2"
            for one in ("promise", "place"))  # fmt: skip
    return f"COUNTIFS({','.join([*same, *more])})"


def _later(column: str) -> str:
    return f'{_at(FINDINGS, column)}:{_at(FINDINGS, column)},">"&{_at(FINDINGS, column)}2'


_SAME_MONTH = f"{_at(FINDINGS, 'month')}:{_at(FINDINGS, 'month')},{_at(FINDINGS, 'month')}2"

#: Beside the findings: whether it is the one that stands there, and the region it is in.
STANDS = Column(
    "stands",
    _free(FINDINGS, 0),
    f"=IF({_other_here(_later('month'))}+{_other_here(_SAME_MONTH, _later('number'))}=0,1,0)",
)
REGION = Column(
    "region",
    _free(FINDINGS, 1),
    f"=INDEX({_all(PLACES, 'region')},MATCH({_at(FINDINGS, 'place')}2,{_all(PLACES, 'place')},0))",
)


def _later_listing() -> str:
    """How many rows of the same promise are of a later day."""
    promise, since = _at(LISTINGS, "promise"), _at(LISTINGS, "since")
    return f'COUNTIFS({promise}:{promise},{promise}2,{since}:{since},">"&{since}2)'


def _of_promise(rating: str = "") -> str:
    """How many findings stand of the promise in this row, of whatever rating or of one."""
    asked = [
        f"{_all(FINDINGS, 'promise')},{_at(LISTINGS, 'promise')}2",
        f"{_range(FINDINGS, STANDS.letter)},1",
        *([f'{_all(FINDINGS, "rating")},"{rating}"'] if rating else []),
    ]
    return f"COUNTIFS({','.join(asked)})"


_OTHERS = ("in_progress", "stalled", "not_started", "broken")
_LATER, _READ, _KEPT, _PARTLY, _CANNOT, _MOST, _POINTS = (
    _free(LISTINGS, number) for number in range(7)
)

#: Beside the listings: what becomes of each promise as a whole, and what it adds to a score. One
#: that was moved has several rows; it adds where it counts last, and once.
WHOLE = (
    Column("later rows", _LATER, f"={_later_listing()}"),
    Column("places read", _READ, f"={_of_promise()}"),
    Column("kept", _KEPT, f"={_of_promise('kept')}"),
    Column("partly kept", _PARTLY, f"={_of_promise('partly_kept')}"),
    Column("cannot be rated", _CANNOT, f"={_of_promise('cannot_be_rated')}"),
    Column("most others", _MOST, f"=MAX({','.join(_of_promise(one) for one in _OTHERS)})"),
    Column(
        "points",
        _POINTS,
        f'=IF({_LATER}2+({_READ}2=0)>0,"",IF({_KEPT}2={_READ}2,1,IF({_KEPT}2+{_PARTLY}2>0,1/2,'
        f'IF({_CANNOT}2>{_MOST}2,"",0))))',
    ),
)


def _percent(points: str, rated: str, least: int) -> str:
    return f'=IF({rated}<{least},"–",INT(100*({points})/({rated})+1/2))'


def _whole(column: str, code: str, least: int) -> str:
    told = f"{_all(LISTINGS, column)},{code}," if column else ""
    points = _range(LISTINGS, _POINTS)
    added = f'SUMIFS({points},{told}{points},">=0")'
    return _percent(added, f'COUNTIFS({told}{points},">=0")', least)


def _placed(letter: str, code: str, least: int) -> str:
    here = f"{_range(FINDINGS, letter)},{code},{_range(FINDINGS, STANDS.letter)},1"
    rating = _all(FINDINGS, "rating")
    kept, partly, cannot = (
        f'COUNTIFS({here},{rating},"{one}")' for one in ("kept", "partly_kept", "cannot_be_rated")
    )
    return _percent(f"{kept}+{partly}/2", f"COUNTIFS({here})-{cannot}", least)


def percentage(by: str, code: str, least: int) -> str:
    """What gives the percentage of a score, in any free cell; a dash where too few are rated.

    Args:
        by: what it is a score of, as the table of scores says it.
        code: of that; of the whole cycle none.
        least: rated promises it takes for a percentage.
    """
    quoted = f'"{code}"'
    if by in ("region", "municipality"):
        return _placed(REGION.letter if by == "region" else _at(FINDINGS, "place"), quoted, least)
    return _whole("" if by == "cycle" else by, quoted, least)


def parted(formula: str, sign: str) -> str:
    """A formula with another sign between its parts; no text in ours holds a comma."""
    return formula.replace(",", sign)
