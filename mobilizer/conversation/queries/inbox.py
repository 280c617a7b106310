"""Each person's threads, with what was said since she last looked. Few queries for any number."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import (
    ColumnElement,
    ColumnExpressionArgument,
    Select,
    and_,
    exists,
    func,
    or_,
    select,
)
from sqlalchemy.orm import aliased, joinedload, lazyload

from mobilizer.accounts.models import StandIn, User
from mobilizer.accounts.queries import Absent, stand_ins_of
from mobilizer.assignments.models import Assignment
from mobilizer.assignments.queries import covering, mentored_by, stood_in_for
from mobilizer.conversation.queries.threads import SHOWN
from mobilizer.core.database import db
from mobilizer.core.pages import Page, paged
from mobilizer.monitoring.models import Comment, Entry, ThreadLook
from mobilizer.monitoring.queries import visible_to
from mobilizer.promises.models import Promise


@dataclass(frozen=True)
class Line:
    """One thread: what was said last, how much of it is new to her, and how much is still open."""

    entry: Entry
    last: Comment
    new: int
    open: int


def hers(user: User) -> Select[Entry]:
    """The threads that are a person's to read: of her own reports, of her mobilizers' and regions'.

    On the days on which she stands in for another mentor, those of that one too. A coordinator may
    read every thread of her cycle; hers are those in which she has spoken.
    """
    spoke = exists().where(Comment.entry_id == Entry.id, Comment.author_id == user.id)
    return visible_to(user).where(
        exists().where(Comment.entry_id == Entry.id),
        or_(
            Assignment.mobilizer_id == user.id,
            mentored_by(user),
            stood_in_for(user),
            spoke,
        ),
    )


def threads(user: User, listing: Select[Entry], number: int) -> Page[Line]:
    """One page of threads, what is new on top, then those in which somebody spoke last."""
    last = (
        select(func.max(Comment.id))
        .where(Comment.entry_id == Entry.id)
        .correlate(Entry)
        .scalar_subquery()
    )
    page = paged(
        listing.order_by(_has_new(user).desc(), last.desc()).options(
            joinedload(Entry.assignment).options(
                joinedload(Assignment.promise).selectinload(Promise.indicators),
                joinedload(Assignment.place),
                joinedload(Assignment.mobilizer).options(lazyload(User.postings)),
            )
        ),
        number,
    )
    return Page(_lines(user, page.rows), page.number, page.per_page, page.total)


def unread_threads(user: User) -> int:
    """In how many of her threads somebody else has said something she has not seen."""
    new = hers(user).where(_has_new(user)).with_only_columns(func.count(Entry.id))
    return db.session.scalar(new) or 0


def new_to(user: User, entry_id: str) -> int:
    """How much in a thread is new to her."""
    return _counts([entry_id], unseen_by(user)).get(entry_id, 0)


def told_of(comment: Comment) -> list[tuple[User, int]]:
    """Who is told that something was said, and the last comment that each of them has seen.

    The report's author and her mentor; and whoever else has spoken in the thread and may read it.
    Beside each of them who is away, her stand-in.
    """
    assignment = comment.entry.assignment
    spoke = select(Comment.author_id).where(Comment.entry_id == comment.entry_id)
    in_it = {assignment.mobilizer_id, assignment.mentor_id, *db.session.scalars(spoke)}
    stand_ins = stand_ins_of(in_it, assignment.cycle_id)
    rows = db.session.execute(
        select(User, ThreadLook.comment_id)
        .outerjoin(
            ThreadLook,
            (ThreadLook.user_id == User.id) & (ThreadLook.entry_id == comment.entry_id),
        )
        .where(
            or_(User.id.in_(in_it), User.id.in_(stand_ins)),
            User.id != comment.author_id,
        )
        .order_by(User.id)
    ).all()
    return [(user, seen or 0) for user, seen in rows if may_read(user, comment.entry_id)]


def may_read(user: User, entry_id: str) -> bool:
    """Whether a thread is one she may read at this moment."""
    seen = visible_to(user).where(Entry.id == entry_id).with_only_columns(Entry.id)
    return db.session.scalar(seen) is not None


def unseen_by(user: User) -> ColumnElement[bool]:
    """The comments of others that came after what she saw last, and that nobody read for her."""
    look = aliased(ThreadLook)
    seen = exists().where(
        look.user_id == user.id,
        look.entry_id == Comment.entry_id,
        look.comment_id >= Comment.id,
    )
    return and_(Comment.author_id != user.id, ~seen, ~_read_before(user))


def _read_before(user: User) -> ColumnElement[bool]:
    """What the mentor for whom she stands in said or had read before she left: not new again."""
    look = aliased(ThreadLook)
    read = (
        exists()
        .where(
            look.user_id == Absent.user_id,
            look.entry_id == Comment.entry_id,
            look.comment_id >= Comment.id,
        )
        .correlate(Comment, Absent)
    )
    return (
        covering(user)
        .where(
            Entry.id == Comment.entry_id,
            Assignment.id == Entry.assignment_id,
            Assignment.mobilizer_id != user.id,
            ~mentored_by(user),
            Comment.said_at < StandIn.begins_at,
            or_(Comment.author_id == Absent.user_id, read),
        )
        .with_only_columns(StandIn.id)
        .correlate(Comment)
        .exists()
    )


def _has_new(user: User) -> ColumnElement[bool]:
    return exists().where(Comment.entry_id == Entry.id, unseen_by(user)).correlate(Entry)


def _lines(user: User, entries: Iterable[Entry]) -> list[Line]:
    shown = list(entries)
    ids = [entry.id for entry in shown]
    newest = (
        select(func.max(Comment.id)).where(Comment.entry_id.in_(ids)).group_by(Comment.entry_id)
    )
    last = {
        comment.entry_id: comment
        for comment in db.session.scalars(
            select(Comment).where(Comment.id.in_(newest)).options(*SHOWN)
        )
    }
    new = _counts(ids, unseen_by(user))
    still_open = _counts(ids, Comment.is_open)
    return [
        Line(entry, last[entry.id], new.get(entry.id, 0), still_open.get(entry.id, 0))
        for entry in shown
    ]


def _counts(ids: list[str], which: ColumnExpressionArgument[bool]) -> dict[str, int]:
    rows = db.session.execute(
        select(Comment.entry_id, func.count(Comment.id))
        .where(Comment.entry_id.in_(ids), which)
        .group_by(Comment.entry_id)
    )
    return dict(rows.all())
