"""Keeping the log of meetings. No text of it goes into the audit log. The caller commits."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict

from sqlalchemy import select

from mobilizer.accounts.models import User
from mobilizer.accounts.rules import Role
from mobilizer.audit.actions import record
from mobilizer.core import clock
from mobilizer.core.database import db, locked
from mobilizer.core.errors import NotVisible, RuleBroken
from mobilizer.core.words import N_
from mobilizer.cycles.models import Cycle
from mobilizer.mentoring import queries
from mobilizer.mentoring.models import Meeting
from mobilizer.mentoring.rules import SAME_WITHIN, Noted, check_met


class Outdated(RuleBroken):
    """The page knew an older state of the record than the one that is kept."""

    def __init__(self) -> None:
        """Say what happened and what to do."""
        super().__init__(
            N_(
                "This record was changed in another window since you opened this one. What you "
                "typed here still stands below; save it again to keep it in place of the other."
            )
        )


def note(posting_id: int, noted: Noted, *, by: User) -> Meeting:
    """Keep a record of a meeting with one of her mobilizers. The same again at once is the same.

    Raises:
        RuleBroken: it is none of hers, or was long before the cycle.
    """
    postings = {posting.id: posting for posting in queries.mobilizers_of(by)}
    posting = postings.get(posting_id)
    if posting is None:
        raise RuleBroken(N_("Choose one of your mobilizers."), field="mobilizer")
    check_met(noted.met_on, db.session.get_one(Cycle, posting.cycle_id).first_month)
    # Whoever presses twice waits here, and finds what the first press has kept.
    db.session.execute(select(User.id).where(User.id == by.id).with_for_update(key_share=True))
    values = {"mobilizer_id": posting.user_id, "cycle_id": posting.cycle_id, **asdict(noted)}
    same = select(Meeting).filter_by(mentor_id=by.id, **values)
    recent = same.where(Meeting.created_at >= clock.now() - SAME_WITHIN)
    if (kept := db.session.scalars(recent).first()) is not None:
        return kept
    meeting = Meeting(mentor=by, created_at=clock.now(), **values)
    db.session.add(meeting)
    record(by, "meeting.note", meeting, shared=noted.is_shared)
    return meeting


def change(meeting_id: str, noted: Noted, *, knew: int, by: User) -> Meeting:
    """Change a record of one's own.

    Raises:
        NotVisible: it is another's.
        Outdated: it was changed since.
        RuleBroken: it was long before the cycle.
    """
    meeting = _held(meeting_id, by)
    parts = noted.changed(meeting)
    if not parts:
        return meeting
    if knew != meeting.version:
        raise Outdated
    if "met_on" in parts:
        check_met(noted.met_on, meeting.cycle.first_month)
    if "next_step" in parts:
        meeting.done_at = None  # Another step is to be taken now.
    for name in parts:
        setattr(meeting, name, getattr(noted, name))
    meeting.version += 1
    record(by, "meeting.change", meeting, parts=parts)
    return meeting


def take_step(meeting_id: str, *, is_taken: bool, by: User) -> Meeting:
    """Note that the next step was taken, or that it was not after all. Twice is once.

    Raises:
        NotVisible: it is another's.
    """
    meeting = _held(meeting_id, by)
    if meeting.next_step and is_taken != (meeting.done_at is not None):
        meeting.done_at = clock.now() if is_taken else None
        if is_taken:
            record(by, "meeting.take_step", meeting)
        else:
            record(by, "meeting.untake_step", meeting)
    return meeting


def export(*, by: User) -> Sequence[Meeting]:
    """All records of meetings that she may read, the latest first, to be saved as a file.

    Each cycle that she coordinates is told of it, and each whose meetings are in the file.
    """
    meetings = db.session.scalars(queries.listed(queries.visible_to(by))).all()
    rows = Counter(meeting.cycle_id for meeting in meetings)
    theirs = Cycle.id.in_({*by.cycle_ids(Role.COORDINATOR), *rows})
    for cycle in db.session.scalars(select(Cycle).where(theirs).order_by(Cycle.id)):
        record(by, "meeting.export", cycle, rows=rows[cycle.id])
    return meetings


def _held(meeting_id: str, by: User) -> Meeting:
    found = db.session.scalars(
        locked(queries.written_by(by).where(Meeting.id == meeting_id))
    ).one_or_none()
    if found is None:
        raise NotVisible
    return found
