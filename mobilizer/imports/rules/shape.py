"""The shape of a mapping: which tables and lines it may have, and what stands in them.

Only whoever runs the command reads these messages, in English as the mapping itself.
"""

from collections.abc import Mapping as Table
from typing import Any

from mobilizer.core.errors import RuleBroken
from mobilizer.core.words import N_

LONGEST = 120

#: table -> its lines, each a text of at most so many characters, or of a type. None: the lines
#: have the tracker's own names; those of [fields] are looked at where they are read.
LINES: dict[str, dict[str, int | type] | None] = {
    "tracker": {"name": LONGEST, "key": 80, "language": 8},
    "cycle": {
        "names": dict,
        "country": LONGEST,
        "level": LONGEST,
        "first_month": LONGEST,
        "last_month": LONGEST,
        "time_zone": LONGEST,
        "public": bool,
    },
    "fields": None,
    "party": {"kind": LONGEST},
    "topic": {"default": LONGEST},
    "source": {"kind": LONGEST, "title": 300},
    "status": None,
    "progress": None,
    "cells": {"encoding": LONGEST, "links": LONGEST, "updates": LONGEST, "dates": list},
}


def check_shape(tables: Table[str, Any]) -> None:
    """Hold a mapping's tables and lines to what there can be.

    Raises:
        RuleBroken: a table or a line is unknown, of another kind, or too long to be stored.
    """
    for table, lines in tables.items():
        if table not in LINES or not isinstance(lines, dict):
            raise RuleBroken(N_("The mapping has an unknown table [%(table)s]."), table=table)
        known = LINES[table]
        if known is not None:
            for name, value in lines.items():
                _check_line(table, name, value, known.get(name))


def _check_line(table: str, name: str, value: Any, kind: int | type | None) -> None:
    if kind is None:
        raise RuleBroken(f"[{table}] has an unknown line “{name}”.")
    if isinstance(kind, type):
        if not isinstance(value, kind):
            raise RuleBroken(f"[{table}] “{name}” takes another kind of value.")
    elif not isinstance(value, str) or len(value) > kind:
        raise RuleBroken(f"[{table}] “{name}” takes a text of at most {kind} characters.")
