"""The columns of a listing as CSV: told by the schema of its rows alone, never by the rows.

So each file of a listing has the same first line, whatever is asked for, also where nothing is
found. Where a schema leaves room for more, what has no column of its own stands as JSON in one
that is named ``other``: nothing that is published is left out.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from mobilizer.api.rules.schemas import Schema
from mobilizer.core.tables import in_one

Row = Mapping[str, Any]
#: Where stands what has no column of its own.
OTHER = "other"


def columns(schema: Schema) -> tuple[str, ...]:
    """The columns of rows of a schema; what stands within another is ``score.percent``."""
    return tuple(_columns(schema))


def cells(schema: Schema, row: Row) -> dict[str, object]:
    """A row by its columns.

    Raises:
        LookupError: it has what neither its schema names nor leaves room for.
    """
    told, found, others = schema["properties"], dict[str, object](), dict[str, object]()
    for name, value in row.items():
        within = told.get(name)
        if within is None or (_is_nested(within) and not isinstance(value, Mapping)):
            others[name] = value
        elif _is_nested(within):
            inner = cells(within, value)
            found |= {f"{name}.{column}": one for column, one in inner.items()}
        else:
            found[name] = in_one(value)
    if others and not _is_open(schema):
        raise LookupError(f"no column for {', '.join(others)}")
    return found | ({OTHER: in_one(others)} if others else {})


def _columns(schema: Schema) -> Iterator[str]:
    for name, within in schema["properties"].items():
        if _is_nested(within):
            yield from (f"{name}.{column}" for column in _columns(within))
        else:
            yield name
    if _is_open(schema):
        yield OTHER


def _is_nested(schema: Schema) -> bool:
    return "properties" in schema


def _is_open(schema: Schema) -> bool:
    return schema.get("additionalProperties") is not False
