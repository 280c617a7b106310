"""Evidence that is added to a draft, and taken out of it. The caller commits."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from sqlalchemy import select

from mobilizer.accounts.models import User
from mobilizer.core import clock
from mobilizer.core.database import db
from mobilizer.core.errors import RuleBroken
from mobilizer.evidence.actions import Prepared, add_link, add_media, add_request, keep, remove
from mobilizer.evidence.models import Evidence
from mobilizer.evidence.rules.details import Details, checked
from mobilizer.monitoring.models import Entry, RevisionEvidence
from mobilizer.monitoring.queries import places_for
from mobilizer.monitoring.rules.draft import Draft

NOTHING_SAID = Details()


@dataclass(frozen=True)
class Given:
    """What somebody adds at once: any of the four, with the same details."""

    link: str = ""
    request_number: str = ""
    #: Photos and clips, made safe already.
    files: Sequence[Prepared] = ()
    details: Details = NOTHING_SAID

    def __bool__(self) -> bool:
        """Whether there is anything."""
        typed = self.link.strip() or self.request_number.strip()
        return bool(typed) or bool(self.files)


def add_evidence(
    entry: Entry, draft: Draft, given: Given, *, by: User
) -> tuple[Draft, list[RuleBroken]]:
    """Keep what is given and let the draft rest on it.

    Returns:
        The draft with all that could be kept, and a fault for each thing that could not.
    """
    assignment = entry.assignment
    try:
        details = checked(
            given.details,
            today=clock.today(assignment.cycle.time_zone),
            places={place.id for place in places_for(assignment)},
            indicators={one.position for one in assignment.promise.indicators},
        )
    except RuleBroken as fault:
        return draft, [fault]
    steps: list[Callable[[], Evidence]] = []
    if given.link.strip():
        steps.append(lambda: add_link(entry.id, given.link, details, by=by))
    if given.request_number.strip():
        steps.append(lambda: add_request(entry.id, given.request_number, details, by=by))
    steps += [partial(_add_file, entry, one, details, by) for one in given.files]
    faults = []
    for step in steps:
        try:
            added = step()
        except RuleBroken as fault:
            faults.append(fault)
        else:
            db.session.flush()
            draft = draft.resting_on([*draft.evidence, added.id])
    return draft, faults


def _add_file(entry: Entry, prepared: Prepared, details: Details, by: User) -> Evidence:
    return add_media(entry.id, keep(prepared), details, by=by)


def drop_evidence(entry: Entry, draft: Draft, uid: str, *, by: User) -> Draft:
    """Let the draft no longer rest on a piece of evidence.

    What was never sent is gone for good, a photo's file as well; what a revision rests on stays.
    """
    piece = db.session.scalar(
        select(Evidence).where(Evidence.id == uid, Evidence.entry_id == entry.id)
    )
    is_sent = select(RevisionEvidence.revision_id).where(RevisionEvidence.evidence_id == uid)
    if piece is not None and db.session.scalar(is_sent.limit(1)) is None:
        remove(piece, by=by)
    return draft.resting_on(one for one in draft.evidence if one != uid)
