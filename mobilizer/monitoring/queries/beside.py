"""What stands beside the month on the phone: what was said, and what proves her reports."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Select, exists, func, select
from sqlalchemy.orm import joinedload, selectinload

from mobilizer.accounts.models import User
from mobilizer.assignments.models import Assignment
from mobilizer.core.database import db
from mobilizer.core.pages import counted
from mobilizer.evidence.models import Evidence
from mobilizer.monitoring.models import Comment, Entry, ThreadLook
from mobilizer.monitoring.queries.visible import assignments_of
from mobilizer.promises.models import Promise
from mobilizer.promises.queries import drafts_of


@dataclass(frozen=True)
class Beside:
    """How much there is beside the month."""

    #: Promises begun and not finished.
    drafts: int
    messages: int
    #: How much of it others have said since she last looked.
    unread: int
    evidence: int
    #: When her mentor, or somebody else, last said something; None: nobody has yet.
    last_said_at: datetime | None


def beside(user: User) -> Beside:
    """The counts for a mobilizer's home screen, in five queries."""
    theirs = messages_of(user).where(Comment.author_id != user.id)
    return Beside(
        drafts=counted(drafts_of(user)),
        messages=counted(messages_of(user)),
        unread=counted(theirs.where(~_seen_by(user))),
        evidence=counted(select(Evidence).where(Evidence.entry_id.in_(_entries_of(user)))),
        last_said_at=db.session.scalar(
            theirs.with_only_columns(func.max(Comment.said_at)).order_by(None)
        ),
    )


def messages_of(user: User) -> Select[Comment]:
    """What she and others said about her entries, the newest first."""
    promise = joinedload(Comment.entry).joinedload(Entry.assignment).joinedload(Assignment.promise)
    return (
        select(Comment)
        .where(Comment.entry_id.in_(_entries_of(user)))
        .order_by(Comment.id.desc())
        .options(promise.selectinload(Promise.indicators), joinedload(Comment.author))
    )


def evidence_of(user: User) -> Select[Entry]:
    """Her entries that something proves, sent or not, the latest month first."""
    return (
        select(Entry)
        .where(Entry.id.in_(_entries_of(user)), Entry.evidence.any())
        .order_by(Entry.month.desc(), Entry.id)
        .options(
            joinedload(Entry.assignment).joinedload(Assignment.promise),
            selectinload(Entry.evidence).joinedload(Evidence.media),
            selectinload(Entry.evidence).joinedload(Evidence.place),
        )
    )


def _seen_by(user: User) -> ColumnElement[bool]:
    """The comments that are not newer than what she saw last."""
    return exists().where(
        ThreadLook.user_id == user.id,
        ThreadLook.entry_id == Comment.entry_id,
        ThreadLook.comment_id >= Comment.id,
    )


def _entries_of(user: User) -> Select[Entry]:
    hers = assignments_of(user).with_only_columns(Assignment.id)
    return select(Entry).where(Entry.assignment_id.in_(hers)).with_only_columns(Entry.id)
