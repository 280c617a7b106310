"""What the API understands, and its description."""

from datetime import date
from typing import Any

from mobilizer.core.errors import RuleBroken
from mobilizer.core.words import N_
from mobilizer.scorecards.rules import By
from mobilizer.scoring.rules import Rating


def by_word(asked: str | None) -> By | None:
    """What scores are to be told apart by.

    Raises:
        RuleBroken: there is no such word.
    """
    if not asked:
        return None
    if asked not in set(By):
        raise RuleBroken(N_("“by” takes one of: %(words)s."), words=", ".join(By))
    return By(asked)


def as_of_day(asked: str | None) -> date | None:
    """The day of which the numbers are asked.

    Raises:
        RuleBroken: this is not a day such as 2026-10-31.
    """
    if not asked:
        return None
    try:
        day = date.fromisoformat(asked)
    except ValueError:
        day = None
    if day is None or day.isoformat() != asked:  # Python also reads 20261031 and 2026-W44-6.
        raise RuleBroken(N_("“as_of” takes a day such as 2026-10-31."))
    return day


def _parameter(name: str, describes: str, schema: dict[str, Any]) -> dict[str, Any]:
    return {"name": name, "in": "query", "description": describes, "schema": schema}


TEXT, WHOLE = {"type": "string"}, {"type": "integer"}
CYCLE = _parameter("cycle", "Code of a cycle; without it the one the first page shows.", TEXT)
PAGE = _parameter("page", "Counts from 1; the Link header tells the others.", WHOLE)
BY = _parameter("by", "Told apart by this.", {"type": "string", "enum": [by.value for by in By]})
AS_OF = _parameter("as_of", "As of the end of this day.", {"type": "string", "format": "date"})

SCORE = {
    "type": "object",
    "properties": {
        "key": TEXT,
        "name": TEXT,
        "score": {
            "type": "object",
            "properties": {
                "numerator": {"type": "number", "description": "Kept 1, partly kept ½."},
                "denominator": {"type": "integer", "description": "Rated promises."},
                "percent": {"type": ["integer", "null"], "description": "Null: too few rated."},
            },
        },
        "counts": {"type": "object", "properties": {rating.value: WHOLE for rating in Rating}},
        "promises": WHOLE,
        "rated": WHOLE,
        "as_of": {"type": "string", "format": "date"},
        "methodology": TEXT,
    },
}


def _get(summary: str, parameters: list[Any], schema: dict[str, Any]) -> dict[str, Any]:
    content = {"application/json": {"schema": schema}}
    found = {"description": "Found", "content": content}
    return {
        "get": {
            "summary": summary,
            "parameters": parameters,
            "responses": {
                "200": found,
                "404": {"description": "There is none, or it is not public."},
            },
        }
    }


def _rows(summary: str) -> dict[str, Any]:
    return _get(summary, [CYCLE, PAGE], {"type": "array", "items": {"type": "object"}})


NUMBER = {"name": "number", "in": "path", "required": True, "schema": WHOLE}

#: The description served at ``/api/v1/openapi.json``. Each list is also there as ``.csv``.
OPENAPI: dict[str, Any] = {
    "openapi": "3.1.0",
    "info": {
        "title": "Mobilizer",
        "version": "1",
        "description": "Promises, published findings and scores. Add .csv to a list's address "
        "for a file. Rating codes: " + ", ".join(Rating) + ".",
    },
    "servers": [{"url": "/api/v1"}],
    "paths": {
        "/scores": _get("Scores", [CYCLE, BY, AS_OF], {"type": "array", "items": SCORE}),
        "/promises": _rows("Published promises"),
        "/promises/{number}": _get(
            "A promise, its findings and the replies to them", [NUMBER], {"type": "object"}
        ),
        "/findings": _rows("Published findings, with the hashes that bind them"),
        "/replies": _rows(
            "Published replies of parties and institutions, in their own words. “body” is who was "
            "asked, “signed” what the writer typed. A reply has no number: it stands beside its "
            "finding."
        ),
        "/topics": _rows("Topics"),
        "/parties": _rows("Parties and coalitions that promised something"),
        "/regions": _rows("Regions"),
        "/municipalities": _rows("Municipalities"),
        "/cycles": _rows("Public cycles"),
        "/agreement": _get("How far two mentors agree", [CYCLE], {"type": "object"}),
    },
}
