"""What is mentioned, and where: only as far as a reader may see it."""

from collections.abc import Iterable

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import joinedload

from mobilizer.accounts.models import User
from mobilizer.assignments.models import Assignment
from mobilizer.conversation.models import Mention as Noted
from mobilizer.conversation.queries.threads import SHOWN
from mobilizer.conversation.rules import MOST_MENTIONS, Mention, mentions
from mobilizer.core.database import db
from mobilizer.monitoring.models import Comment, Entry
from mobilizer.monitoring.queries import visible_to
from mobilizer.places.models import Place
from mobilizer.promises.models import Promise
from mobilizer.promises.queries import visible_to as promises_visible_to


def meant(user: User, found: Iterable[Mention], beside: Entry | None = None) -> dict[Mention, str]:
    """Which records are meant, of those a person may see: a promise's number or a report's id.

    A report that several could be is the one on the same assignment as the report it is said
    about; else it stays open, as long as no place is named.

    Args:
        user: who writes, or reads.
        found: the mentions.
        beside: the report they are said about.
    """
    every = list(found)
    numbers = {one.number for one in every if one.month is None}
    reports = [one for one in every if one.month is not None]
    told = {
        Mention(number): str(number)
        for number in db.session.scalars(
            promises_visible_to(user)
            .where(Promise.number.in_(numbers))
            .with_only_columns(Promise.number)
        )
    }
    for mention, candidates in _reports(user, reports).items():
        same = [one for one, assignment in candidates if _is_beside(assignment, beside)]
        several = same or [one for one, _ in candidates]
        if len(several) == 1 or (mention.place and several):
            told[mention] = several[0]
    return told


def reachable(user: User, comments: Iterable[Comment], beside: Entry | None) -> dict[Mention, str]:
    """What the comments of a page mention and their reader may see, in two queries."""
    every = {one for comment in comments for one in mentions([comment.text])[:MOST_MENTIONS]}
    return meant(user, every, beside) if every else {}


def in_which(
    user: User, *, promise_id: int | None = None, entry_id: str | None = None
) -> Select[Comment]:
    """The comments that mention a promise or one of its reports, of threads she may read."""
    named = Noted.promise_id == promise_id if entry_id is None else Noted.entry_id == entry_id
    return (
        select(Comment)
        .where(
            Comment.id.in_(select(Noted.comment_id).where(named)),
            Comment.entry_id.in_(visible_to(user).with_only_columns(Entry.id)),
        )
        .order_by(Comment.id.desc())
        .options(
            *SHOWN,
            joinedload(Comment.entry)
            .joinedload(Entry.assignment)
            .options(
                joinedload(Assignment.promise).selectinload(Promise.indicators),
                joinedload(Assignment.place),
            ),
        )
    )


def _reports(user: User, wanted: list[Mention]) -> dict[Mention, list[tuple[str, str]]]:
    if not wanted:
        return {}
    rows = db.session.execute(
        visible_to(user)
        .join(Promise, Promise.id == Assignment.promise_id)
        .join(Place, Place.id == Assignment.place_id)
        .where(
            Entry.newest > 0,
            or_(*((Promise.number == one.number) & (Entry.month == one.month) for one in wanted)),
        )
        .order_by(Entry.id)
        .with_only_columns(Entry.id, Assignment.id, Promise.number, Entry.month, Place.code)
    ).all()
    return {
        one: [
            (entry, assignment)
            for entry, assignment, number, month, place in rows
            if (number, month) == (one.number, one.month) and one.place in ("", place)
        ]
        for one in wanted
    }


def _is_beside(assignment_id: str, beside: Entry | None) -> bool:
    return beside is not None and beside.assignment_id == assignment_id
