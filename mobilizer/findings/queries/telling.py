"""A finding as its promise's page tells it: words for codes, faces for links.

What is held back is told in the same way to the body that may reply to it: it reads all that the
public will read.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Generic, TypeVar

from sqlalchemy import select

from mobilizer.core.database import db
from mobilizer.core.errors import RuleBroken
from mobilizer.core.words import Word
from mobilizer.cycles.rules import Level
from mobilizer.evidence.models import Media
from mobilizer.evidence.rules.links import EvidenceKind, Link, recognise
from mobilizer.monitoring.rules.matrix import BECAUSE, TRIED, Field, Matrix, Measure
from mobilizer.promises.models import Indicator, Promise
from mobilizer.scoring.rules import Rating

#: A finding, or one that is still held back.
Found = TypeVar("Found")


@dataclass(frozen=True)
class Said:
    """One answered question: its label, and the answer as words or as text."""

    label: str
    words: tuple[Word, ...] = ()
    text: str = ""


@dataclass(frozen=True)
class Measured:
    """What was found about one indicator."""

    indicator: Indicator
    value: str
    said: tuple[Said, ...]


@dataclass(frozen=True)
class Piece:
    """A piece of evidence: a link with its face, a photo or clip of ours, or that one asked."""

    kind: EvidenceKind
    caption: str
    link: Link | None = None
    media: Media | None = None


@dataclass(frozen=True)
class Update:
    """Something another tracker noted on a day; None where it gave none."""

    on: date | None
    text: str


@dataclass(frozen=True)
class Told(Generic[Found]):
    """A finding with all that may be read of it."""

    finding: Found
    rating: Rating
    #: Its texts as they were written.
    content: Mapping[str, Any]
    measured: tuple[Measured, ...]
    said: tuple[Said, ...]
    evidence: tuple[Piece, ...]
    updates: tuple[Update, ...] = ()


def media_of(contents: Iterable[Mapping[str, Any]]) -> dict[str, Media]:
    """The photos and clips that the contents of findings name, by their hashes."""
    pieces = [piece for content in contents for piece in content.get("evidence", [])]
    hashes = {piece["media"] for piece in pieces if piece.get("media")}
    if not hashes:
        return {}
    found = db.session.scalars(select(Media).where(Media.sha256.in_(hashes)))
    return {media.sha256: media for media in found}


def tell(
    finding: Found,
    rating: Rating,
    content: Mapping[str, Any],
    promise: Promise,
    media: Mapping[str, Media],
) -> Told[Found]:
    """A finding as the page of its promise shows it, with the photos and clips it may name."""
    answers = content.get("answers", {})
    fields = {**_matrix(promise).fields, BECAUSE.name: BECAUSE, TRIED.name: TRIED}
    return Told(
        finding=finding,
        rating=rating,
        content=content,
        measured=tuple(_measured(promise, answers, fields)),
        said=tuple(
            _said(fields[name], answers[name])
            for name in fields
            if name in answers and not fields[name].position
        ),
        evidence=tuple(_evidence(content.get("evidence", []), media)),
        updates=tuple(
            Update(date.fromisoformat(noted["on"]) if noted["on"] else None, noted["text"])
            for noted in content.get("updates", [])
        ),
    )


def _matrix(promise: Promise) -> Matrix:
    measures = tuple(Measure(one.position, one.unit) for one in promise.indicators)
    return Matrix(Level(promise.level), measures)


def _measured(
    promise: Promise, answers: dict[str, Any], fields: dict[str, Field]
) -> Iterator[Measured]:
    for indicator in promise.indicators:
        here = [
            field
            for name, field in fields.items()
            if field.position == indicator.position and name in answers
        ]
        value = str(answers.get(f"value_{indicator.position}", ""))
        said = [_said(field, answers[field.name]) for field in here if field.words or field.longest]
        if here:
            yield Measured(indicator, value, tuple(said))


def _said(field: Field, answer: Any) -> Said:
    codes = answer if isinstance(answer, list) else [answer]
    known = {word.value: word for word in field.words}
    words = tuple(known[code] for code in codes if code in known)
    return Said(field.label, words, "" if words else str(answer))


def _evidence(shown: list[dict[str, Any]], media: Mapping[str, Media]) -> Iterator[Piece]:
    for piece in shown:
        yield Piece(
            kind=EvidenceKind(piece["kind"]),
            caption=piece.get("caption", ""),
            link=_link(piece.get("address", "")),
            media=media.get(piece.get("media", "")),
        )


def _link(address: str) -> Link | None:
    try:
        return recognise(address)
    except RuleBroken:
        return None  # A request has none, or in older findings its number.
