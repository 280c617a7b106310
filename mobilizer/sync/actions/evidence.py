"""The evidence a report from a phone brings along. The caller commits."""

from collections.abc import Iterable
from datetime import date
from functools import cached_property

from sqlalchemy import select

from mobilizer.accounts.models import User
from mobilizer.core import clock
from mobilizer.core.database import db
from mobilizer.core.errors import RuleBroken
from mobilizer.core.words import N_
from mobilizer.evidence.actions import add_link, add_request, announce
from mobilizer.evidence.models import Evidence
from mobilizer.evidence.rules.details import Details, Origin, checked
from mobilizer.evidence.rules.uploads import MediaKind, OtherContent
from mobilizer.monitoring.models import Entry
from mobilizer.monitoring.queries import places_for
from mobilizer.sync.rules.refusals import Conflict
from mobilizer.sync.rules.reports import KEPT, Piece, Told

#: A field of the form → what a phone calls it.
NAMES = {
    "link": "address",
    "request_number": "address",
    "origin": "source_kind",
    "about": "indicators",
    "photo": "media",
    "clip": "media",
    "sha256": "media",
}


def bring(
    entry: Entry, pieces: Iterable[Piece], *, by: User
) -> tuple[tuple[str, ...], list[RuleBroken]]:
    """Keep what a report rests on.

    Returns:
        The uids of the evidence as it is kept, and the faults, as ``evidence.0.address``.

    Raises:
        NotVisible: a piece or a file has a name that is somebody else's.
        Conflict: something else came under one of the names.
    """
    ground = _Ground(entry)
    kept: list[str] = []
    faults: list[RuleBroken] = []
    for at, piece in enumerate(pieces):
        try:
            kept.append(_bring(ground, piece, by))
        except OtherContent:
            raise Conflict from None
        except RuleBroken as fault:
            name = NAMES.get(fault.field or "", fault.field or "id")
            faults.append(RuleBroken(fault.message, field=f"evidence.{at}.{name}", **fault.params))
    db.session.flush()
    db.session.expire(entry, ["evidence"])
    return tuple(kept), faults


class _Ground:
    """What may be said of evidence for an entry, looked up once."""

    def __init__(self, entry: Entry) -> None:
        assignment = entry.assignment
        self.assignment = assignment
        self.entry_id = entry.id
        self.today = clock.today(assignment.cycle.time_zone)
        self.indicators = {one.position for one in assignment.promise.indicators}

    def details(self, told: Told) -> Details:
        """What is told of a piece, held to the rules of the form."""
        return checked(
            Details(
                caption=told.caption,
                origin=_origin(told.source_kind),
                taken_on=_day(told.taken_on),
                place_id=self._place(told.place) if told.place else None,
                indicators=told.indicators,
                has_consent=told.has_consent,
            ),
            today=self.today,
            places=set(self.places.values()) if told.place else set(),
            indicators=self.indicators,
        )

    @cached_property
    def places(self) -> dict[str, int]:
        """The ids of the places that may be named, by code."""
        return {place.code: place.id for place in places_for(self.assignment)}

    def _place(self, code: str) -> int:
        if code not in self.places:
            raise RuleBroken(N_("Not a valid choice."), field="place")
        return self.places[code]


def _bring(ground: _Ground, piece: Piece, by: User) -> str:
    if piece.kind == KEPT:
        return _kept(ground.entry_id, piece.uid)
    details = ground.details(piece.told)
    if piece.media is not None:
        return announce(
            ground.entry_id,
            uid=piece.uid,
            media_id=piece.media.uid,
            kind=MediaKind(piece.kind),
            sha256=piece.media.sha256,
            size=piece.media.size,
            details=details,
            by=by,
        ).evidence_id
    add = add_link if piece.kind == "link" else add_request
    added = add(ground.entry_id, piece.address, details, by=by, uid=piece.uid)
    db.session.flush()
    return added.id


def _kept(entry_id: str, uid: str) -> str:
    there = select(Evidence.id).where(Evidence.id == uid, Evidence.entry_id == entry_id)
    if db.session.scalar(there) is None:
        raise RuleBroken(N_("This piece of evidence is no longer there. Add it again."), field="id")
    return uid


def _origin(typed: str) -> Origin | None:
    if typed and typed not in set(Origin):
        raise RuleBroken(N_("Not a valid choice."), field="origin")
    return Origin(typed) if typed else None


def _day(typed: str) -> date | None:
    try:
        return date.fromisoformat(typed) if typed else None
    except ValueError:
        raise RuleBroken(N_("This is not a date."), field="taken_on") from None
