"""What every row of the API is made of, in the words of JSON Schema (OpenAPI 3.1)."""

from typing import Any

from mobilizer.core.languages import Language
from mobilizer.cycles.rules import Level
from mobilizer.elections.rules import PartyKind
from mobilizer.findings.rules.content import PUBLISHED
from mobilizer.opendata.rules.tables import FOUND, SHA256
from mobilizer.promises.rules import Precision, SourceKind, Testability, Unit
from mobilizer.promises.rules.values import MOST_INDICATORS
from mobilizer.replies.rules import AddresseeKind
from mobilizer.scoring.rules import Rating

Schema = dict[str, Any]

TEXT: Schema = {"type": "string"}
WHOLE: Schema = {"type": "integer"}
COUNT: Schema = {"type": "integer", "minimum": 0}
NUMBER: Schema = {"type": "integer", "minimum": 1}
YES_OR_NO: Schema = {"type": "boolean"}
DAY: Schema = {"type": "string", "format": "date"}
HASH: Schema = {"type": "string", "pattern": f"^{SHA256}$"}


def word(*words: str) -> Schema:
    """One of some words."""
    return {"type": "string", "enum": [str(one) for one in words]}


def or_null(schema: Schema, describes: str = "") -> Schema:
    """The same, or null."""
    either = {"oneOf": [schema, {"type": "null"}]}
    return {**either, "description": describes} if describes else either


def told(schema: Schema, describes: str) -> Schema:
    """The same, described."""
    return {**schema, "description": describes}


def each(schema: Schema) -> Schema:
    """A list of these."""
    return {"type": "array", "items": schema}


def record(**properties: Schema) -> Schema:
    """An object with exactly these properties."""
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def open_record(**properties: Schema) -> Schema:
    """An object that may have these properties, and others that an older or other one brings."""
    return {"type": "object", "properties": properties}


def named(schema: str) -> Schema:
    """A schema by its name."""
    return {"$ref": f"#/components/schemas/{schema}"}


NAMES: Schema = {
    **open_record(**{language.value: TEXT for language in Language}),
    "additionalProperties": TEXT,
    "description": "By language code.",
}
RATING = word(*Rating)

SCORE = record(
    key=told(TEXT, "The code of the cycle, topic, party or place."),
    name=told(TEXT, "Its name, in the language that “lang” asks for."),
    score=record(
        numerator={"type": "number", "minimum": 0, "description": "Kept 1, partly kept ½."},
        denominator=told(COUNT, "Rated promises."),
        percent=or_null({"type": "integer", "minimum": 0, "maximum": 100}, "Null: too few rated."),
    ),
    counts=record(**{rating.value: COUNT for rating in Rating}),
    promises=COUNT,
    rated=COUNT,
    as_of=DAY,
    methodology=told(TEXT, "The version of the method."),
)

_COUNTED = SCORE["properties"]
RELEASE = record(
    cycle=TEXT,
    month=told(DAY, "The first day of the month."),
    as_of=told(DAY, "Its last day: all that was published by its end is counted."),
    **{name: _COUNTED[name] for name in ("score", "counts", "promises", "rated")},
    methodology=told(
        TEXT, "The version of the method it is counted by: today's; in the month's package, then's."
    ),
    last_finding=or_null(NUMBER, "With which finding the chain, one for all cycles, ended then."),
    hash=or_null(HASH, "The hash of that finding."),
    package_sha256=or_null(
        HASH, "The SHA-256 of datapackage.json of the month's package; null: not made yet."
    ),
    package_made_on=or_null(DAY, "Of this day are its words and names."),
)

_PROMISE: dict[str, Schema] = {
    "number": told(NUMBER, "It stays."),
    "cycle": TEXT,
    "party": TEXT,
    "topic": TEXT,
    "level": word(*Level),
    "places": each(TEXT),
    "language": told(TEXT, "Of the exact words."),
    "exact_words": TEXT,
    "titles": NAMES,
    "source": record(kind=word(*SourceKind), title=TEXT, spot=TEXT, link=TEXT, archive_link=TEXT),
    "made_on": or_null(DAY),
    "due_on": or_null(DAY),
    "due_precision": word(*Precision),
    "due_raw": told(TEXT, "The deadline in the words of the source."),
    "institution": TEXT,
    "testability": or_null(word(*Testability)),
    "testability_reason": TEXT,
    "rating": told(RATING, "Its headline rating, as of today or the day that is asked for."),
    "imported_from": told(TEXT, "The tracker it was taken over from; empty for our own."),
}
PROMISE = record(**_PROMISE)

INDICATOR = record(
    position=NUMBER,
    text=TEXT,
    unit=word(*Unit),
    baseline=TEXT,
    baseline_on=or_null(DAY),
    target=TEXT,
)
#: The answers of the matrix: a text, a code, or several codes.
_ANSWERS = [
    name.replace("#", str(position))
    for name in PUBLISHED
    for position in range(1, MOST_INDICATORS + 1 if name.endswith("#") else 2)
]
#: What ``findings.rules.content`` publishes, how a correction is told, and what imports bring.
CONTENT: Schema = {
    **open_record(
        **{name: {} for name in ("kind", "language", "reason", "summary")},
        answers=open_record(**{name: {} for name in _ANSWERS}),
        contradiction_reason={},
        evidence={},
        correction=open_record(reason={}, language={}),
        status=told({}, "In the words of the tracker it was taken over from."),
        updates=told({}, "What that tracker noted, by day."),
    ),
    "description": "All that is published of it; what is empty is left out.",
}
FINDING = record(
    number=told(NUMBER, "Counts all findings of the programme."),
    cycle=TEXT,
    promise=NUMBER,
    place=TEXT,
    month=told(DAY, "The first day of the month it is about."),
    rating=word(*FOUND),
    content=CONTENT,
    published_on=DAY,
    imported_from=TEXT,
    corrects=or_null(NUMBER, "The number of the finding it corrects."),
    previous_hash=HASH,
    hash=told(HASH, "Binds it to the one before: docs/data.md says how."),
)
REPLY = record(
    promise=NUMBER,
    finding=NUMBER,
    written_about=or_null(DAY, "Of when the earlier version is that it answers."),
    kind=word(*AddresseeKind),
    body=told(TEXT, "The body that was asked."),
    signed=told(TEXT, "What the writer typed as its name."),
    function=TEXT,
    language=TEXT,
    text=TEXT,
    link=TEXT,
    published_on=DAY,
)
AGREEMENT = record(
    cycle=TEXT,
    share=told(COUNT, "Reports of 100 that are looked at twice."),
    level_of_measurement=TEXT,
    scale=each(word(*FOUND)),
    pairs=COUNT,
    least_pairs=COUNT,
    unratable=COUNT,
    cannot_tell=COUNT,
    corrected=COUNT,
    alpha=or_null({"type": "number"}, "Krippendorff's alpha."),
    interval=or_null(each({"type": "number"}), "Its 95 % interval."),
    resamples=COUNT,
    table=or_null(each(each(COUNT))),
    seed_sha256=HASH,
    seed=or_null(TEXT, "Once the cycle is over."),
)
PACKAGE = record(
    cycle=TEXT,
    names=NAMES,
    made_on=told(DAY, "Its newest scores are as of the end of this day."),
    publication=told(COUNT, "How far the publication had come."),
    is_newest=told(YES_OR_NO, "Whether nothing was published since, and the day is the same."),
    files=each(
        record(
            name=TEXT,
            address=told(TEXT, "Below this site."),
            media_type=TEXT,
            bytes=COUNT,
            sha256=HASH,
            rows=or_null(COUNT, "Of a table as CSV."),
        )
    ),
)
PROBLEM = {
    "type": "object",
    "description": "RFC 9457.",
    "properties": {"type": TEXT, "title": TEXT, "status": WHOLE, "detail": TEXT},
    "required": ["type", "title", "status"],
    "additionalProperties": False,
}

SCHEMAS: dict[str, Schema] = {
    "Score": SCORE,
    "Release": RELEASE,
    "Promise": PROMISE,
    "WholePromise": record(
        **_PROMISE,
        indicators=each(INDICATOR),
        findings=each(named("Finding")),
        replies=each(named("Reply")),
    ),
    "Finding": FINDING,
    "Reply": REPLY,
    "Topic": record(key=TEXT, names=NAMES),
    "Party": record(key=TEXT, names=NAMES, kind=word(*PartyKind), invented=YES_OR_NO),
    "Place": record(key=TEXT, names=NAMES, country=TEXT, region=or_null(TEXT)),
    "Cycle": record(
        key=TEXT,
        names=NAMES,
        country=TEXT,
        level=word(*Level),
        first_month=DAY,
        last_month=DAY,
        is_current=YES_OR_NO,
        is_demonstration=YES_OR_NO,
    ),
    "Agreement": AGREEMENT,
    "Package": PACKAGE,
    "Problem": PROBLEM,
}
