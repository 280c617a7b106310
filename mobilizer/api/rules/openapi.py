"""The description served at ``/api/v1/openapi.json``; a test holds every answer to it."""

from collections.abc import Iterable, Iterator
from typing import Any

from mobilizer.api.rules.asking import FILTERS, LAST_PAGE, LONGEST_CODE, PER_PAGE
from mobilizer.api.rules.schemas import SCHEMAS, TEXT, Schema, each, named, told
from mobilizer.opendata.rules.description import LICENCE
from mobilizer.opendata.rules.keeping import KINDS, NAMES_OF_MONTH, kind_of
from mobilizer.scorecards.rules import By
from mobilizer.scoring.rules import Rating
from mobilizer.search.rules.words import LONGEST_ASKED, MOST_WORDS

Operation = dict[str, Any]
#: As ``core.problems`` says it.
PROBLEM = "application/problem+json"


def _parameter(name: str, describes: str, schema: Schema, within: str = "query") -> Schema:
    asked: Schema = {"name": name, "in": within, "description": describes, "schema": schema}
    return {**asked, "required": True} if within == "path" else asked


CODE = {"type": "string", "minLength": 1, "maxLength": LONGEST_CODE}
CYCLE = _parameter("cycle", "Code of a cycle; without it the one the first page shows.", CODE)
PAGE = _parameter(
    "page",
    f"Counts from 1, {PER_PAGE} rows each; the Link header tells the others.",
    {"type": "integer", "minimum": 1, "maximum": LAST_PAGE},
)
BY = _parameter("by", "Told apart by this.", {"type": "string", "enum": [by.value for by in By]})
AS_OF = {
    **_parameter(
        "as_of",
        "As of the end of this day, where the cycle is: from its first day to today. Empty, as a "
        "form sends a field that nobody filled in, it means today.",
        {"type": "string", "format": "date", "pattern": r"^[12]\d{3}-\d\d-\d\d$"},
    ),
    "allowEmptyValue": True,
}
NUMBER = _parameter("number", "The promise's number.", {"type": "integer", "minimum": 1}, "path")
LANGUAGE = _parameter("lang", "The language of names.", {"type": "string", "maxLength": 8})
OF_CYCLE = _parameter("cycle", "Code of a cycle.", {**CODE, "pattern": r"^[^/]+$"}, "path")
FILE = _parameter(
    "file",
    "datapackage.json, one of its tables as .csv or .json, package.zip or package.xlsx.",
    {"type": "string", "pattern": r"^[a-z]{1,20}\.[a-z]{3,4}$"},
    "path",
)

MONTH = _parameter(
    "month", "Such as 2026-10.", {"type": "string", "pattern": r"^[12]\d{3}-[01]\d$"}, "path"
)
FILE_OF_MONTH = _parameter(
    "file",
    "datapackage.json, or package.zip with that and all tables.",
    {"type": "string", "enum": [*NAMES_OF_MONTH]},
    "path",
)

SOUGHT = (
    _parameter(
        "q",
        "Words of promises and findings in any script, the best hits first; or a promise's number. "
        f"All must be there, in some form; the first {MOST_WORDS} of two letters or more are "
        "looked for.",
        {"type": "string", "maxLength": LONGEST_ASKED},
    ),
    *(
        _parameter(name, f"Only those of this {name}, by the code its own list tells.", CODE)
        for name in FILTERS
    ),
    _parameter(
        "rating",
        "Only those that stand so.",
        {"type": "string", "enum": [rating.value for rating in Rating]},
    ),
)

HEADERS = {
    "ETag": {"description": "Send it back as If-None-Match.", "schema": TEXT},
    "Last-Modified": {"description": "The day of the last publication.", "schema": TEXT},
    "Access-Control-Allow-Origin": {"schema": {"type": "string", "enum": ["*"]}},
}
LINK = {"Link": {"description": "RFC 8288: first, prev, next, last.", "schema": TEXT}}
REFUSED = {
    "400": {"$ref": "#/components/responses/Senseless"},
    "404": {"$ref": "#/components/responses/NotThere"},
    "405": {"$ref": "#/components/responses/OnlyRead"},
}
#: Of a file that can be fetched in parts, so that a download that broke goes on where it broke.
RANGE = _parameter(
    "Range",
    "One part of the file, such as bytes=0-999, or bytes=1000- for all from there; any other wish "
    "is left unread, and the whole is sent.",
    TEXT,
    "header",
)
CONTENT_RANGE = {
    "Content-Range": {
        "description": "Which part this is, and how long the file is.",
        "schema": TEXT,
    }
}


def _get(
    summary: str, parameters: list[Schema], content: dict[str, Schema], **headers: Schema
) -> Operation:
    found = {"description": "Found.", "headers": {**HEADERS, **headers}, "content": content}
    unchanged = {"description": "What you have is as it was: If-None-Match named it."}
    return {
        "get": {
            "summary": summary,
            "parameters": parameters,
            "responses": {"200": found, "304": unchanged, **REFUSED},
        }
    }


def _file(summary: str, parameters: list[Schema], kinds: Iterable[str]) -> Operation:
    """A file as a whole or in parts."""
    content: dict[str, Schema] = {kind: {} for kind in kinds}
    told = _get(summary, [*parameters, RANGE], content)
    told["get"]["responses"] |= {
        "206": {
            "description": "The part that Range asked for.",
            "headers": {**HEADERS, **CONTENT_RANGE},
            "content": content,
        },
        "416": {"$ref": "#/components/responses/Beyond"},
    }
    return told


def _json(schema: Schema) -> dict[str, Schema]:
    return {"application/json": {"schema": schema}}


_COLUMNS = (
    "The first line names the columns: the properties of a row in their order, those within "
    "another after a dot (score.percent). They are the same whatever is asked for, also where "
    "nothing is found. What has none stands as JSON in the column “other” beside its like."
)
CSV = {"text/csv": {"schema": told(TEXT, _COLUMNS)}}


def _list(
    name: str, schema: str, summary: str, *parameters: Schema, paged: bool = True
) -> Iterator[tuple[str, Operation]]:
    """A list at its three addresses."""
    asked = [CYCLE, *parameters, *([PAGE] if paged else [])]
    headers = LINK if paged else {}
    for ending, content in (("", None), (".json", None), (".csv", CSV)):
        written = content or _json(each(named(schema)))
        yield f"/{name}{ending}", _get(summary, asked, written, **headers)


LISTS: tuple[tuple[Any, ...], ...] = (
    ("promises", "Promise", "Published promises", AS_OF, *SOUGHT),
    ("findings", "Finding", "Published findings, with the hashes that bind them", AS_OF),
    (
        "replies",
        "Reply",
        "Published replies in the bodies' own words; each stands beside its finding",
    ),
    ("topics", "Topic", "Topics"),
    ("parties", "Party", "Parties and coalitions that promised something"),
    ("regions", "Place", "Regions"),
    ("municipalities", "Place", "Municipalities"),
    ("cycles", "Cycle", "Public cycles"),
)

#: list -> the schema of its rows
ROWS = {"scores": "Score", "releases": "Release", **{one[0]: one[1] for one in LISTS}}

PATHS: dict[str, Operation] = {
    **dict(_list("scores", "Score", "Scores", BY, AS_OF, LANGUAGE, paged=False)),
    **dict(
        _list("releases", "Release", "The scores as each month that is over left them", paged=False)
    ),
    **{path: one for of in LISTS for path, one in _list(*of)},
    "/promises/{number}": _get(
        "A promise, its findings and the replies to them",
        [NUMBER, AS_OF],
        _json(named("WholePromise")),
    ),
    "/agreement": _get("How far two mentors agree", [CYCLE], _json(named("Agreement"))),
    "/packages": _get("The data packages that are kept", [], _json(each(named("Package")))),
    "/packages/{cycle}/{file}": _file(
        "A file of a cycle's data package, made after each publication and kept",
        [OF_CYCLE, FILE],
        dict.fromkeys(KINDS.values()),
    ),
    "/releases/{cycle}/{month}/{file}": _file(
        "A file of the package of a month that is over, made once and kept for good",
        [OF_CYCLE, MONTH, FILE_OF_MONTH],
        map(kind_of, NAMES_OF_MONTH),
    ),
    "/openapi.json": _get("This description", [], _json({"type": "object"})),
}


def _refused(describes: str, **headers: Schema) -> Schema:
    told: Schema = {"description": describes, "content": {PROBLEM: {"schema": named("Problem")}}}
    return {**told, "headers": headers} if headers else told


#: What every operation answers that refuses.
RESPONSES: dict[str, Schema] = {
    "Senseless": _refused("A parameter says what it cannot, or stands there twice."),
    "NotThere": _refused("There is none, or it is not public."),
    "OnlyRead": _refused(
        "Nothing is done here but reading.",
        Allow={"description": "How it can be asked for.", "schema": TEXT},
    ),
    "Beyond": _refused("The part lies beyond the end of the file.", **CONTENT_RANGE),
}

OPENAPI: dict[str, Any] = {
    "openapi": "3.1.0",
    "info": {
        "title": "Mobilizer",
        "version": "1",
        "description": "Promises, published findings and scores; read-only, without an account, "
        "from any site. Rating codes: " + ", ".join(Rating) + ".",
        "license": {"name": LICENCE["title"], "url": LICENCE["path"]},
    },
    "servers": [{"url": "/api/v1"}],
    "paths": PATHS,
    "components": {
        "schemas": SCHEMAS,
        "responses": RESPONSES,
    },
}
