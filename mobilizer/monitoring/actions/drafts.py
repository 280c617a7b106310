"""Beginning an entry, and keeping what is typed. The caller commits."""

from datetime import date

from sqlalchemy import select

from mobilizer.accounts.models import User
from mobilizer.assignments.models import Assignment
from mobilizer.assignments.queries import is_or_was_of
from mobilizer.audit.actions import record
from mobilizer.core import clock
from mobilizer.core.database import db, locked
from mobilizer.core.errors import NotVisible, RuleBroken
from mobilizer.core.words import N_
from mobilizer.monitoring.models import Entry
from mobilizer.monitoring.queries import version, window_of
from mobilizer.monitoring.rules.draft import Draft
from mobilizer.monitoring.rules.workflow import EntryState, Verb, after


class Outdated(RuleBroken):
    """The page knew an older state of the draft than the one that is kept."""

    def __init__(self) -> None:
        """Say what happened, what was kept and what to do."""
        super().__init__(
            N_(
                "This report was changed in another window since you opened this one. What you "
                "typed here still stands below; send it again to keep it in place of the other."
            )
        )


def start(assignment: Assignment, month: date, *, by: User, uid: str | None = None) -> Entry:
    """The entry of an assignment in a month, begun now if there is none.

    Args:
        assignment: one's own.
        month: its first day.
        by: the author.
        uid: the uuid a phone has given it; another is made otherwise.

    Raises:
        NotVisible: the assignment is another's, or never reached into this month. One that was
            handed over meanwhile did: its late report goes to the coordinator.
        RuleBroken: the month has not opened yet.
    """
    if assignment.mobilizer_id != by.id or not by.may("entry.write"):
        raise NotVisible
    if not is_or_was_of(assignment, month):
        raise NotVisible
    # Whoever comes second waits here, and finds what the first has begun.
    db.session.execute(locked(select(Assignment).where(Assignment.id == assignment.id)))
    entry = db.session.scalar(
        locked(select(Entry).where(Entry.assignment_id == assignment.id, Entry.month == month))
    )
    if entry is not None:
        return entry
    opens = window_of(assignment, month).opens
    if clock.today(assignment.cycle.time_zone) < opens:
        raise RuleBroken(N_("This month can be reported on from %(day)s on."), day=opens)
    entry = Entry(
        assignment=assignment, month=month, state=EntryState.DRAFT, created_at=clock.now()
    )
    if uid:
        entry.id = uid
    db.session.add(entry)
    record(by, "entry.start", entry, vouches=entry)
    return entry


def save_draft(entry: Entry, draft: Draft, *, knew: str, by: User) -> None:
    """Keep what is typed, with all its faults.

    Args:
        entry: one's own, that can still be sent.
        draft: all that stands in it now.
        knew: the version the page was made from.
        by: the author.

    Raises:
        NotVisible: the entry is another's.
        RuleBroken: it has been decided on, or taken back.
        Outdated: it was changed elsewhere since.
    """
    entry = held(entry, by)
    after(entry.state, Verb.SUBMIT)
    if knew != version(entry):
        raise Outdated
    entry.draft = draft.saved().as_data
    entry.draft_saved_at = clock.now()
    db.session.flush()


def discard_draft(entry: Entry, *, by: User) -> None:
    """Throw away what was typed and not sent; what was sent stays."""
    entry = held(entry, by)
    if entry.draft is not None:
        entry.draft = None
        record(by, "entry.discard", entry)


def held(entry: Entry, by: User) -> Entry:
    """One's own entry as it is now, held until the transaction ends.

    Raises:
        NotVisible: it is another's.
    """
    found = db.session.scalars(locked(select(Entry).where(Entry.id == entry.id))).one()
    if found.assignment.mobilizer_id != by.id or not by.may("entry.write"):
        raise NotVisible
    return found
