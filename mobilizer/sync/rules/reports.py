"""A report as a phone writes it down."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from mobilizer.core.words import N_
from mobilizer.monitoring.rules.draft import LONGEST
from mobilizer.monitoring.rules.workflow import RevisionKind
from mobilizer.promises.rules.values import MOST_INDICATORS
from mobilizer.sync.rules.reading import SHA256, UID, WRONG, Reader, parsed

#: How many pieces of evidence one report rests on, fields it has, and choices one of them.
MOST_EVIDENCE, MOST_FIELDS, MOST_CHOICES = 20, 200, 50
#: No file is this large; how large one may be, the evidence's own rules say.
LARGEST_FILE = 2**31
KEPT = "kept"
TYPED = ("link", "request")
FILES = ("photo", "clip")
SHORT = (RevisionKind.NO_CHANGE, RevisionKind.NOT_FOUND_OUT)

_NAME = re.compile(r"[a-z][a-z0-9_]{0,59}")
_MONTH = re.compile(r"(19|20)\d\d-(0[1-9]|1[0-2])")
#: Years in which a phone's clock may stand: enough to be wrong by, and sums of them hold.
_YEARS = range(1902, 2500)


@dataclass(frozen=True)
class Announced:
    """A file that will come in pieces."""

    uid: str
    sha256: str
    size: int


@dataclass(frozen=True)
class Told:
    """What is said about a piece of evidence, as typed; the evidence's own rules judge it."""

    caption: str = ""
    source_kind: str = ""
    taken_on: str = ""
    #: The code of a place.
    place: str = ""
    indicators: tuple[int, ...] = ()
    has_consent: bool = False


@dataclass(frozen=True)
class Piece:
    """One piece of evidence: typed, announced, or (``kept``) on the server already."""

    uid: str
    kind: str
    address: str = ""
    media: Announced | None = None
    told: Told = Told()


@dataclass(frozen=True)
class FieldReport:
    """One report, read; what it means, the rules of the month say."""

    assignment: str
    month: date
    kind: RevisionKind
    fields: Mapping[str, Any]
    evidence: tuple[Piece, ...]
    contradiction_reason: str
    replies: Mapping[str, str]
    matrix_version: str
    saved_at: datetime


def report_from(body: bytes) -> FieldReport:
    """Read a report.

    Raises:
        Malformed: it is not written as docs/sync.md says; each fault names its field.
    """
    read = Reader(parsed(body))
    kind = read.word("kind", set(RevisionKind))
    month = read.like("month", _MONTH)
    assignment = read.like("assignment", UID)
    fields, evidence, replies = _fields(read), _evidence(read), _replies(read)
    reason = read.text("contradiction_reason", LONGEST)
    matrix_version = read.text("matrix_version", 16, needed=True)
    saved_at = moment_of(read, "saved_at")
    if kind in SHORT and evidence:
        read.blame("evidence", N_("Only a full report brings evidence of its own."))
    read.close()
    return FieldReport(
        assignment,
        date.fromisoformat(f"{month}-01"),
        RevisionKind(kind),
        fields,
        evidence,
        reason,
        replies,
        matrix_version,
        saved_at,
    )


def moment_of(read: Reader, name: str) -> datetime:
    """A moment, with the zone it was told in; any year a phone's clock may stand in."""
    typed = read.text(name, 40, needed=True)
    found = moment(typed)
    if found is None and isinstance(read.found.get(name), str):
        read.blame(name, WRONG)
    return found or datetime(2000, 1, 1, tzinfo=UTC)


def are_texts(found: list[Any]) -> bool:
    """Whether these are texts, neither too long nor too many to be a field's."""
    return len(found) <= MOST_CHOICES and all(
        isinstance(one, str) and len(one) <= LONGEST for one in found
    )


def moment(typed: str) -> datetime | None:
    """A moment as ISO 8601 has it, with its zone; None where it is none."""
    try:
        found = datetime.fromisoformat(typed)
    except ValueError:
        return None
    return found if found.tzinfo is not None and found.year in _YEARS else None


def _fields(read: Reader) -> dict[str, Any]:
    inner = read.inside("fields")
    found: dict[str, Any] = {}
    for name, value in list(inner.found.items())[:MOST_FIELDS]:
        inner.read.add(name)
        texts = value if isinstance(value, list) else [value]
        if not _NAME.fullmatch(name) or not are_texts(texts):
            inner.blame(name[:60], WRONG)
        found[name] = value
    inner.finish()
    return found


def _replies(read: Reader) -> dict[str, str]:
    inner = read.inside("replies")
    for name in list(inner.found)[:MOST_FIELDS]:
        if name and not _NAME.fullmatch(name):
            inner.blame(name[:60], WRONG)
        inner.text(name, LONGEST)
    inner.finish()
    return dict(inner.found)


def _evidence(read: Reader) -> tuple[Piece, ...]:
    pieces = []
    for at, value in enumerate(read.several("evidence", MOST_EVIDENCE)):
        if isinstance(value, dict):
            one = Reader(value, f"evidence.{at}.", read.faults)
            pieces.append(_piece(one))
            one.finish()
        else:
            read.blame(f"evidence.{at}", WRONG)
    uids = [piece.uid for piece in pieces]
    if len(set(uids)) < len(uids):
        read.blame("evidence", N_("The same piece stands here twice."))
    return tuple(pieces)


def _piece(one: Reader) -> Piece:
    uid, kind = one.like("id", UID), one.word("kind", {*TYPED, *FILES, KEPT})
    if kind == KEPT:
        return Piece(uid, kind)
    return Piece(
        uid,
        kind,
        address=one.text("address", LONGEST, needed=True) if kind in TYPED else "",
        media=_announced(one) if kind in FILES else None,
        told=_told(one.inside("details")),
    )


def _announced(one: Reader) -> Announced:
    inner = one.inside("media", needed=True)
    if not isinstance(one.found.get("media"), dict):
        return Announced("", "", 0)
    found = Announced(
        inner.like("id", UID), inner.like("sha256", SHA256), inner.number("size", 0, LARGEST_FILE)
    )
    inner.finish()
    return found


def _told(inner: Reader) -> Told:
    positions = inner.several("indicators", MOST_INDICATORS)
    if not all(type(one) is int and 1 <= one <= MOST_INDICATORS for one in positions):
        inner.blame("indicators", WRONG)
    found = Told(
        caption=inner.text("caption", LONGEST),
        source_kind=inner.text("source_kind", 60),
        taken_on=inner.text("taken_on", 20),
        place=inner.text("place", 32),
        indicators=tuple(positions),
        has_consent=inner.flag("has_consent"),
    )
    inner.finish()
    return found
