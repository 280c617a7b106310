"""The audit log of a coordinator's cycles, filtered, a page at a time.

Pages follow each other by key: each begins below the last row of the one before, so that the
thousandth costs what the first does.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Select, String, and_, cast, false, func, or_, select

from mobilizer.accounts.models import Invitation, Posting, User
from mobilizer.accounts.queries import visible_to as people_visible_to
from mobilizer.accounts.rules import Role
from mobilizer.assignments.models import Assignment
from mobilizer.audit.models import AuditEvent
from mobilizer.core.database import db
from mobilizer.core.errors import RuleBroken
from mobilizer.core.words import N_
from mobilizer.cycles.models import Cycle, Extension, Topic
from mobilizer.desk.queries.subjects import About, about
from mobilizer.desk.rules import SENTENCES, Subject
from mobilizer.evidence.models import Evidence
from mobilizer.findings.models import Finding
from mobilizer.history import queries as history
from mobilizer.mentoring.models import Meeting
from mobilizer.monitoring.models import Entry
from mobilizer.promises.models import Promise
from mobilizer.replies.models import HeldFinding, Reply, ReplyLink
from mobilizer.requests.models import PublicRequest

PER_PAGE = 50
#: So many steps are a file; of more, some days at a time.
MOST = 20_000
#: So many at a time are looked up for it.
STRIDE = 500
TOO_MANY = N_("These are more than %(most)s steps. Choose fewer days, then save them.")


@dataclass(frozen=True)
class Wanted:
    """What the log is narrowed to. ``key`` names one record, if ``subject`` says its kind."""

    by_id: int | None = None
    subject: Subject | None = None
    key: str = ""
    verb: str = ""
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True)
class Line(history.Line):
    """One step, and what it was about as far as that is still there."""

    about: About | None


@dataclass(frozen=True)
class Lines:
    """Some steps, the latest first. ``below``: where the next ones begin, if there are any."""

    rows: Sequence[Line]
    below: int | None


def visible_to(user: User) -> Select[AuditEvent]:
    """The steps on what belongs to the cycles she coordinates, and on the people in them."""
    cycles = user.cycle_ids(Role.COORDINATOR)
    if not cycles:
        return select(AuditEvent).where(false())
    hers = [_on(subject, keys) for subject, keys in _records(user, cycles).items()]
    return select(AuditEvent).where(or_(*hers, _gone(user)))


def lines(
    user: User, wanted: Wanted, zone: str, *, below: int | None = None, most: int = PER_PAGE
) -> Lines:
    """A page of the log, the latest step first."""
    listing = _narrowed(user, wanted, zone).order_by(AuditEvent.id.desc()).limit(most + 1)
    if below is not None:
        listing = listing.where(AuditEvent.id < below)
    events = db.session.scalars(listing).all()
    shown = events[:most]
    found = about(shown)
    people = history.people_of(shown, {event.by_id for event in shown if event.by_id is not None})
    rows = [
        Line(
            event,
            people.get(event.by_id or 0),
            people,
            found.get((event.subject_kind, event.subject_key)),
        )
        for event in shown
    ]
    return Lines(rows, shown[-1].id if len(events) > most else None)


def every_line(user: User, wanted: Wanted, zone: str) -> list[Line]:
    """All the steps, page by page.

    Raises:
        RuleBroken: there are more than ``MOST``.
    """
    counted = _narrowed(user, wanted, zone).limit(MOST + 1).subquery()
    if (db.session.scalar(select(func.count()).select_from(counted)) or 0) > MOST:
        raise RuleBroken(TOO_MANY, field="since", most=MOST)
    page = lines(user, wanted, zone, most=STRIDE)
    found = [*page.rows]
    while page.below is not None:
        page = lines(user, wanted, zone, below=page.below, most=STRIDE)
        found += page.rows
    return found


def _narrowed(user: User, wanted: Wanted, zone: str) -> Select[AuditEvent]:
    return visible_to(user).where(*_filters(wanted, zone))


def actors(user: User) -> Select[User]:
    """Whose steps can be asked for."""
    return people_visible_to(user).order_by(User.full_name, User.alias, User.id)


def _filters(wanted: Wanted, zone: str) -> Iterator[ColumnElement[bool]]:
    if wanted.by_id is not None:
        yield AuditEvent.by_id == wanted.by_id
    if wanted.subject is not None:
        yield AuditEvent.subject_kind == wanted.subject.value
        if wanted.key:
            yield AuditEvent.subject_key == wanted.key
    if wanted.verb in SENTENCES:
        yield AuditEvent.verb == wanted.verb
    if wanted.since is not None:
        yield AuditEvent.at >= _midnight(wanted.since, zone)
    if wanted.until is not None:
        yield AuditEvent.at < _midnight(wanted.until + timedelta(days=1), zone)


def _midnight(day: date, zone: str) -> datetime:
    return datetime.combine(day, time(), ZoneInfo(zone))


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
        **{
            subject: _keys(model.id).where(model.promise_id.in_(_promises(cycles)))
            for subject, model in (
                (Subject.HELD, HeldFinding),
                (Subject.REPLY_LINK, ReplyLink),
                (Subject.REQUEST, PublicRequest),
            )
        },
        Subject.REPLY: _keys(Reply.id)
        .join(Reply.link)
        .where(ReplyLink.promise_id.in_(_promises(cycles))),
        Subject.USER: people_visible_to(user).with_only_columns(cast(User.id, String)),
    }


def _promises(cycles: set[int]) -> Select[int]:
    return select(Promise.id).where(Promise.cycle_id.in_(cycles))


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
