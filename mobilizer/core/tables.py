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


def flat(row: Mapping[str, object]) -> dict[str, object]:
    """A row whose nested values stand beside each other: ``score.percent``."""
    found: dict[str, object] = {}
    for key, value in row.items():
        if isinstance(value, Mapping):
            found |= {f"{key}.{inner}": v for inner, v in flat(value).items()}
        elif isinstance(value, list | tuple):
            found[key] = _listed(value)
        else:
            found[key] = value
    return found


def _listed(several: Sequence[object]) -> str:
    """Several words in one cell; records among them as JSON, so that a program reads them too."""
    if any(isinstance(one, Mapping) for one in several):
        return json.dumps(several, ensure_ascii=False)
    return " ".join(str(one) for one in several)
