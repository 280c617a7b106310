"""What the steps of the log are about: looked up a kind at a time, not a step at a time."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import joinedload, lazyload

from mobilizer.accounts.models import Invitation, Posting, User
from mobilizer.accounts.rules import Role
from mobilizer.assignments.models import Assignment
from mobilizer.audit.models import AuditEvent
from mobilizer.core.database import Names, db
from mobilizer.cycles.models import Cycle, Extension, Topic
from mobilizer.desk.rules import Subject
from mobilizer.evidence.models import Evidence
from mobilizer.findings.models import Finding
from mobilizer.mentoring.models import Meeting
from mobilizer.monitoring.models import Entry
from mobilizer.promises.models import Promise
from mobilizer.replies.models import HeldFinding, Reply, ReplyLink
from mobilizer.requests.models import PublicRequest


@dataclass(frozen=True)
class About:
    """A record in a few words, and the page that shows it."""

    #: Its name in whatever languages it has one.
    names: Names = field(default_factory=dict)
    #: A name that is the same in every language: a person's, a note.
    name: str = ""
    #: What stands for that name in a file, which travels; None where the name itself may.
    alias: str | None = None
    role: Role | None = None
    number: int | None = None
    month: date | None = None
    view: str = ""
    values: Mapping[str, Any] = field(default_factory=dict)


#: A kind of record and its key, as the log stores them.
Key = tuple[str, str]


def about(events: Sequence[AuditEvent]) -> dict[Key, About]:
    """All that these steps are about, with one query for each kind of record."""
    keys: dict[str, set[str]] = defaultdict(set)
    for event in events:
        keys[event.subject_kind].add(event.subject_key)
    there = {
        (kind, str(key)): found
        for kind, wanted in keys.items()
        if kind in _READERS
        for key, found in _READERS[kind](wanted)
    }
    return {**dict(_gone_topics(events)), **there}


def _gone_topics(events: Iterable[AuditEvent]) -> Iterator[tuple[Key, About]]:
    """What topics were called, as their own steps tell it: they can be removed."""
    for event in events:
        if event.subject_kind == Subject.TOPIC:
            changed = event.details.get("changed", {}).get("names", {})
            if names := event.details.get("names") or changed.get("to"):
                yield (event.subject_kind, event.subject_key), About(names=names)


Found = Iterable[tuple[object, About]]


def _numbers(keys: Iterable[str]) -> list[int]:
    return [int(key) for key in keys if key.isdecimal()]


_NOBODYS = lazyload(User.postings)
_REPORTS = joinedload(Entry.assignment).joinedload(Assignment.promise)


def _of_entry(entry: Entry) -> About:
    is_sent = entry.newest > 0
    return About(
        names=_title(entry.assignment.promise),
        month=entry.month,
        view="review.show" if is_sent else "",
        values={"entry_id": entry.id},
    )


def _title(promise: Promise) -> Names:
    return promise.titles or {promise.language: promise.exact_words[:120]}


def _entries(keys: set[str]) -> Found:
    found = db.session.scalars(select(Entry).where(Entry.id.in_(keys)).options(_REPORTS))
    return [(one.id, _of_entry(one)) for one in found]


def _evidence(keys: set[str]) -> Found:
    rows = db.session.execute(
        select(Evidence.id, Entry)
        .join(Entry, Entry.id == Evidence.entry_id)
        .where(Evidence.id.in_(keys))
        .options(_REPORTS)
    )
    return [(key, _of_entry(entry)) for key, entry in rows]


def _findings(keys: set[str]) -> Found:
    found = db.session.scalars(
        select(Finding)
        .where(Finding.number.in_(_numbers(keys)))
        .options(joinedload(Finding.promise))
    )
    return [
        (one.number, About(names=_title(one.promise), number=one.number, month=one.month))
        for one in found
    ]


def _promises(keys: set[str]) -> Found:
    found = db.session.scalars(select(Promise).where(Promise.id.in_(_numbers(keys))))
    return [
        (
            one.id,
            About(
                names=_title(one),
                number=one.number,
                view="promises.show",
                values={"number": one.number},
            ),
        )
        for one in found
    ]


def _assignments(keys: set[str]) -> Found:
    found = db.session.scalars(
        select(Assignment)
        .where(Assignment.id.in_(keys))
        .options(joinedload(Assignment.promise), joinedload(Assignment.mobilizer).options(_NOBODYS))
    )
    return [
        (
            one.id,
            About(
                names=_title(one.promise),
                name=one.mobilizer.shown_name,
                alias=one.mobilizer.alias,
                view="assignments.show",
                values={"assignment_id": one.id},
            ),
        )
        for one in found
    ]


def _cycles(keys: set[str]) -> Found:
    found = db.session.scalars(select(Cycle).where(Cycle.id.in_(_numbers(keys))))
    return [
        (one.id, About(names=one.names, view="cycles.show", values={"code": one.code}))
        for one in found
    ]


def _topics(keys: set[str]) -> Found:
    found = db.session.scalars(select(Topic).where(Topic.id.in_(_numbers(keys))))
    return [(one.id, About(names=one.names)) for one in found]


def _extensions(keys: set[str]) -> Found:
    found = db.session.scalars(
        select(Extension)
        .where(Extension.id.in_(_numbers(keys)))
        .options(joinedload(Extension.user).options(_NOBODYS))
    )
    return [(one.id, _person(one.user, month=one.month)) for one in found]


def _postings(keys: set[str]) -> Found:
    found = db.session.scalars(
        select(Posting)
        .where(Posting.id.in_(_numbers(keys)))
        .options(joinedload(Posting.user).options(_NOBODYS))
    )
    return [(one.id, _person(one.user, role=one.role)) for one in found]


def _invitations(keys: set[str]) -> Found:
    found = db.session.scalars(select(Invitation).where(Invitation.id.in_(_numbers(keys))))
    return [(one.id, About(name=one.note, alias="", role=one.role)) for one in found]


def _held(keys: set[str]) -> Found:
    found = db.session.scalars(
        select(HeldFinding)
        .where(HeldFinding.id.in_(_numbers(keys)))
        .options(joinedload(HeldFinding.promise))
    )
    return [(one.id, About(names=_title(one.promise), month=one.month)) for one in found]


def _reply_links(keys: set[str]) -> Found:
    found = db.session.scalars(
        select(ReplyLink)
        .where(ReplyLink.id.in_(_numbers(keys)))
        .options(joinedload(ReplyLink.promise))
    )
    return [(one.id, About(names=_title(one.promise), name=one.addressee)) for one in found]


def _replies(keys: set[str]) -> Found:
    found = db.session.scalars(
        select(Reply)
        .where(Reply.id.in_(_numbers(keys)))
        .options(joinedload(Reply.link).joinedload(ReplyLink.promise))
    )
    return [
        (
            one.id,
            About(
                names=_title(one.link.promise),
                name=one.link.addressee,
                view="replies.show",
                values={"reply_id": one.id},
            ),
        )
        for one in found
    ]


def _requests(keys: set[str]) -> Found:
    found = db.session.scalars(
        select(PublicRequest)
        .where(PublicRequest.id.in_(_numbers(keys)))
        .options(joinedload(PublicRequest.promise))
    )
    return [
        (
            one.id,
            About(
                names=_title(one.promise),
                number=one.number,
                view="requests.show",
                values={"number": one.number},
            ),
        )
        for one in found
    ]


def _meetings(keys: set[str]) -> Found:
    found = db.session.scalars(
        select(Meeting)
        .where(Meeting.id.in_(keys))
        .options(joinedload(Meeting.mobilizer).options(_NOBODYS))
    )
    return [(one.id, _person(one.mobilizer)) for one in found]


def _users(keys: set[str]) -> Found:
    found = db.session.scalars(select(User).where(User.id.in_(_numbers(keys))).options(_NOBODYS))
    return [(one.id, _person(one)) for one in found]


def _person(user: User, **more: Any) -> About:
    return About(
        name=user.shown_name,
        alias=user.alias,
        view="people.show",
        values={"user_id": user.id},
        **more,
    )


_READERS: dict[str, Callable[[set[str]], Found]] = {
    Subject.ENTRY: _entries,
    Subject.EVIDENCE: _evidence,
    Subject.FINDING: _findings,
    Subject.PROMISE: _promises,
    Subject.ASSIGNMENT: _assignments,
    Subject.CYCLE: _cycles,
    Subject.TOPIC: _topics,
    Subject.EXTENSION: _extensions,
    Subject.POSTING: _postings,
    Subject.INVITATION: _invitations,
    Subject.HELD: _held,
    Subject.REPLY_LINK: _reply_links,
    Subject.REPLY: _replies,
    Subject.REQUEST: _requests,
    Subject.MEETING: _meetings,
    Subject.USER: _users,
}
