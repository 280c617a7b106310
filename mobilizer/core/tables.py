"""Rows as a CSV file that a spreadsheet opens and does not execute."""

import csv
import io
import json
from collections.abc import Iterable, Mapping, Sequence

#: What makes a spreadsheet take a cell for a formula, or a control character for an order.
STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r")
#: What leads such a text. One that begins with it is led by another, so that ``plain`` is exact.
LEADS = "'"


def cell(value: object) -> str:
    """A value as a cell: a text that could start a formula is led by an apostrophe.

    Numbers stay numbers, also negative ones.
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int | float):
        return str(value)
    written = str(value)
    return f"{LEADS}{written}" if written.startswith((*STARTS_A_FORMULA, LEADS)) else written


def plain(written: str) -> str:
    """The text of a cell as it was, without the apostrophe that leads it."""
    return written.removeprefix(LEADS)


def as_csv(columns: Sequence[str], rows: Iterable[Mapping[str, object]]) -> str:
    """Rows under a line of column names; lines end in CRLF, as RFC 4180 says."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(columns)
    for row in rows:
        writer.writerow([cell(row.get(column)) for column in columns])
    return out.getvalue()


def in_one(value: object) -> object:
    """A value of several parts in one cell: words in a row, records as JSON for programs."""
    if isinstance(value, Mapping):
        return _as_json(value)
    if not isinstance(value, list | tuple):
        return value
    if any(isinstance(one, Mapping | list | tuple) for one in value):
        return _as_json(value)
    return " ".join(str(one) for one in value)


def _as_json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
