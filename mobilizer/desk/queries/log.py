"""The audit log of a coordinator's cycles, filtered, a page at a time."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Select, String, and_, cast, false, or_, select
from sqlalchemy.orm import lazyload

from mobilizer.accounts.models import Invitation, Posting, User
from mobilizer.accounts.queries import visible_to as people_visible_to
from mobilizer.accounts.rules import Role
from mobilizer.assignments.models import Assignment
from mobilizer.audit.models import AuditEvent
from mobilizer.core.database import db
from mobilizer.core.pages import Page, paged
from mobilizer.cycles.models import Cycle, Extension, Topic
from mobilizer.desk.queries.subjects import About, about
from mobilizer.desk.rules import SENTENCES, Subject
from mobilizer.evidence.models import Evidence
from mobilizer.findings.models import Finding
from mobilizer.mentoring.models import Meeting
from mobilizer.monitoring.models import Entry
from mobilizer.promises.models import Promise

PER_PAGE = 50


@dataclass(frozen=True)
class Wanted:
    """What the log is narrowed to."""

    by_id: int | None = None
    subject: Subject | None = None
    verb: str = ""
    day: date | None = None


@dataclass(frozen=True)
class Line:
    """One step: who took it, and what it was about as far as that is still there."""

    event: AuditEvent
    by: User | None
    about: About | None


def visible_to(user: User) -> Select[AuditEvent]:
    """The steps on what belongs to the cycles she coordinates, and on the people in them."""
    cycles = user.cycle_ids(Role.COORDINATOR)
    if not cycles:
        return select(AuditEvent).where(false())
    hers = [_on(subject, keys) for subject, keys in _records(user, cycles).items()]
    return select(AuditEvent).where(or_(*hers, _gone(user)))


def lines(user: User, wanted: Wanted, number: int, zone: str) -> Page[Line]:
    """One page of the log, the latest step first."""
    listing = visible_to(user).order_by(AuditEvent.id.desc())
    page = paged(listing.where(*_narrowed(wanted, zone)), number, PER_PAGE)
    found = about(page.rows)
    by = _people({event.by_id for event in page.rows if event.by_id is not None})
    rows = [
        Line(event, by.get(event.by_id or 0), found.get((event.subject_kind, event.subject_key)))
        for event in page.rows
    ]
    return Page(rows, page.number, page.per_page, page.total)


def actors(user: User) -> Select[User]:
    """Whose steps can be asked for."""
    return people_visible_to(user).order_by(User.full_name, User.alias, User.id)


def _narrowed(wanted: Wanted, zone: str) -> list[ColumnElement[bool]]:
    narrowed = []
    if wanted.by_id is not None:
        narrowed.append(AuditEvent.by_id == wanted.by_id)
    if wanted.subject is not None:
        narrowed.append(AuditEvent.subject_kind == wanted.subject.value)
    if wanted.verb in SENTENCES:
        narrowed.append(AuditEvent.verb == wanted.verb)
    if wanted.day is not None:
        begins = datetime.combine(wanted.day, time(), ZoneInfo(zone))
        narrowed.append(AuditEvent.at.between(begins, begins + timedelta(days=1)))
    return narrowed


def _records(user: User, cycles: set[int]) -> Mapping[Subject, Select[object]]:
    """The keys of all that is hers to oversee."""
    entries = select(Entry.id).join(Entry.assignment).where(Assignment.cycle_id.in_(cycles))
    return {
        Subject.ENTRY: entries,
        Subject.EVIDENCE: select(Evidence.id).where(Evidence.entry_id.in_(entries)),
        Subject.FINDING: _keys(Finding.number).where(Finding.cycle_id.in_(cycles)),
        Subject.PROMISE: _keys(Promise.id).where(Promise.cycle_id.in_(cycles)),
        Subject.ASSIGNMENT: select(Assignment.id).where(Assignment.cycle_id.in_(cycles)),
        Subject.CYCLE: _keys(Cycle.id).where(Cycle.id.in_(cycles)),
        Subject.TOPIC: _keys(Topic.id).where(Topic.cycle_id.in_(cycles)),
        Subject.EXTENSION: _keys(Extension.id).where(Extension.cycle_id.in_(cycles)),
        Subject.MEETING: select(Meeting.id).where(Meeting.cycle_id.in_(cycles)),
        Subject.POSTING: _keys(Posting.id).where(Posting.cycle_id.in_(cycles)),
        Subject.INVITATION: _keys(Invitation.id).where(Invitation.cycle_id.in_(cycles)),
        Subject.USER: people_visible_to(user).with_only_columns(cast(User.id, String)),
    }


def _keys(column: object) -> Select[str]:
    return select(cast(column, String))


def _on(subject: Subject, keys: Select[object]) -> ColumnElement[bool]:
    return and_(AuditEvent.subject_kind == subject.value, AuditEvent.subject_key.in_(keys))


def _gone(user: User) -> ColumnElement[bool]:
    """Steps of her people on what is no longer there: drafts' evidence and topics can go."""
    hers = AuditEvent.by_id.in_(people_visible_to(user).with_only_columns(User.id))
    lost = [
        and_(
            AuditEvent.subject_kind == subject.value,
            AuditEvent.subject_key.not_in(keys),
        )
        for subject, keys in (
            (Subject.EVIDENCE, select(Evidence.id)),
            (Subject.TOPIC, _keys(Topic.id)),
        )
    ]
    return and_(hers, or_(*lost))


def _people(ids: set[int]) -> dict[int, User]:
    listing = select(User).where(User.id.in_(ids)).options(lazyload(User.postings))
    return {user.id: user for user in db.session.scalars(listing)} if ids else {}
