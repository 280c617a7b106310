"""How a value is written into a cell, and read from it again: one way only.

A text that could start a formula in a spreadsheet is led by an apostrophe (``core.tables``), and
so is one that begins with an apostrophe: whoever takes one away has the text as it was.
"""

import json
import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from mobilizer.core.tables import STARTS_A_FORMULA, cell, plain
from mobilizer.opendata.rules.shape import Field, Table

Row = dict[str, Any]
_WHOLE = re.compile(r"0|-?[1-9]\d{0,17}")
_NUMBER = re.compile(r"-?\d{1,17}(\.\d{1,20})?(e-?\d{1,2})?")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
#: In no other is a day of ours.
_MILLENNIA = ("1", "2")


class Unreadable(Exception):
    """A cell holds what none of its column can; the exception says what is wrong with it."""


def written(table: Table, row: Mapping[str, Any]) -> list[str]:
    """A row as cells, in the order of the table's columns."""
    return [_written(row[field.name]) for field in table.fields]


def _written(value: Any) -> str:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping | list | tuple):
        return as_json(value)
    return cell(value)


def as_json(value: Any) -> str:
    """JSON as it stands in cells: keys sorted, no spaces, every script as it is."""
    return json.dumps(
        value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False
    )


def read(table: Table, cells: Sequence[str]) -> Row:
    """A row of cells as values.

    Raises:
        Unreadable: of the first cell that cannot be; its ``args`` are the column and the reason.
    """
    row: Row = {}
    for field, found in zip(table.fields, cells, strict=True):
        try:
            row[field.name] = value_of(field, found)
        except Unreadable as fault:
            raise Unreadable(field.name, str(fault)) from fault
    return row


def value_of(field: Field, found: str) -> Any:
    """What a cell says.

    Raises:
        Unreadable: it says nothing that this column can.
    """
    if not found:
        return _nothing(field)
    value = _READ[field.type](found)
    # Asked of the text as it was, not as it is led.
    if field.among and value not in field.among:
        raise Unreadable(f"says “{short(found)}”, which is none of: {', '.join(field.among)}")
    if field.pattern and not re.fullmatch(field.pattern, str(value)):
        raise Unreadable(f"says “{short(found)}”, which has not the form {field.pattern}")
    if field.least is not None and value < field.least:
        raise Unreadable(f"says “{short(found)}”, which is less than {field.least}")
    return value


def _nothing(field: Field) -> Any:
    if field.required:
        raise Unreadable("is empty")
    return None if field.type != "string" or field.may_be_absent else ""


def _text(found: str) -> str:
    if found.startswith(STARTS_A_FORMULA):
        raise Unreadable(f"begins like a formula: “{short(found)}”; ours are led by an apostrophe")
    text = plain(found)
    if cell(text) != found:
        raise Unreadable(f"is led by an apostrophe for nothing: “{short(found)}”")
    return text


def _whole(found: str) -> int:
    if not _WHOLE.fullmatch(found):
        raise Unreadable(f"says “{short(found)}”, which is not a whole number as we write it")
    return int(found)


def _number(found: str) -> int | float:
    if _NUMBER.fullmatch(found):
        value = float(found) if set(found) & set(".e") else int(found)
        if str(value) == found:
            return value
    raise Unreadable(f"says “{short(found)}”, which is not a number as we write it")


def _yes_or_no(found: str) -> bool:
    if found not in ("yes", "no"):
        raise Unreadable(f"says “{short(found)}”, which is neither yes nor no")
    return found == "yes"


def _day(found: str) -> date:
    if not _DAY.fullmatch(found):
        raise Unreadable(f"says “{short(found)}”, which is not a day such as 2026-10-31")
    if not found.startswith(_MILLENNIA):
        raise Unreadable(f"says “{found}”, a day of another millennium than any of ours")
    try:
        return date.fromisoformat(found)
    except ValueError as fault:
        raise Unreadable(f"says “{found}”, a day that no calendar has") from fault


def _json(kind: type) -> Any:
    def reading(found: str) -> Any:
        try:
            value = json.loads(found)
            if isinstance(value, kind) and as_json(value) == found:
                return value
        except (ValueError, RecursionError):
            pass
        raise Unreadable(f"says “{short(found)}”, which is not JSON as we write it")

    return reading


def short(found: str) -> str:
    """As much of a cell as fits a line."""
    seen = "".join(sign if sign.isprintable() else "�" for sign in found[:61])
    return seen if len(seen) <= 60 else f"{seen[:59]}…"


_READ: dict[str, Any] = {
    "string": _text,
    "integer": _whole,
    "number": _number,
    "boolean": _yes_or_no,
    "date": _day,
    "object": _json(dict),
    "array": _json(list),
}
