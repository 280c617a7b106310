"""The thread of one report: what is open, and what was said last, however much there is."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Select, func, select
from sqlalchemy.orm import joinedload, lazyload

from mobilizer.accounts.models import User
from mobilizer.assignments.models import Assignment
from mobilizer.conversation.rules import Mention
from mobilizer.core.database import db
from mobilizer.core.pages import Page, paged
from mobilizer.monitoring.models import Comment, Entry
from mobilizer.monitoring.queries import matrix_of, visible_to
from mobilizer.monitoring.rules import talk
from mobilizer.monitoring.rules.answers import EVIDENCE
from mobilizer.monitoring.rules.matrix import BECAUSE, TRIED, Field
from mobilizer.promises.models import Promise

PER_PAGE = 25
#: So many open ones stand on top; more than that nobody works through in one go.
MOST_OPEN = 25

_NOBODYS = lazyload(User.postings)
#: All that a comment shows of itself.
SHOWN = (
    joinedload(Comment.author).options(_NOBODYS),
    joinedload(Comment.resolved_by).options(_NOBODYS),
    joinedload(Comment.resolved_in),
    joinedload(Comment.revision),
)


@dataclass(frozen=True)
class Thread:
    """What is said about a report: what is open first, and one page of all, the oldest above."""

    entry: Entry
    open: Sequence[Comment]
    open_total: int
    page: Page[Comment]
    #: What is replied to on this page and stands on another.
    roots: dict[int, Comment]

    @property
    def fields(self) -> dict[str, Field]:
        """What can be spoken about, beside evidence and the whole."""
        return fields_of(self.entry)

    @property
    def earlier(self) -> int:
        """How many comments are older than those of this page."""
        return max(0, self.page.total - self.page.number * self.page.per_page)

    @property
    def reference(self) -> str:
        """How this report is mentioned elsewhere."""
        return str(reference_of(self.entry))


def find(user: User, entry_id: str) -> Entry:
    """A report that was sent in, if this person may know of it.

    Raises:
        NotVisible: she may not, or nothing was sent yet.
    """
    return db.one_or_404(
        visible_to(user)
        .where(Entry.id == entry_id, Entry.newest > 0)
        .options(
            joinedload(Entry.assignment).options(
                joinedload(Assignment.cycle),
                joinedload(Assignment.place),
                joinedload(Assignment.mobilizer).options(_NOBODYS),
                joinedload(Assignment.promise).selectinload(Promise.indicators),
            )
        )
    )


def thread(user: User, entry_id: str, number: int = 1) -> Thread:
    """The thread of a report, in few queries. Pages count from the newest.

    Raises:
        NotVisible: she may not know of the report.
    """
    entry = find(user, entry_id)
    newest_first = _of(entry).order_by(Comment.id.desc()).options(*SHOWN)
    found = paged(newest_first, number, PER_PAGE)
    page = Page(found.rows[::-1], found.number, found.per_page, found.total)
    open_first = _of(entry).where(Comment.is_open)
    total = db.session.scalar(
        open_first.with_only_columns(func.count(Comment.id), maintain_column_froms=True)
    )
    return Thread(
        entry=entry,
        open=db.session.scalars(
            open_first.order_by(Comment.id).options(*SHOWN).limit(MOST_OPEN)
        ).all(),
        open_total=total or 0,
        page=page,
        roots=_roots(page.rows),
    )


def shown_in(entry: Entry, most: int = 40) -> list[Comment]:
    """What stands beside a report's fields: what is open, then what was said last; oldest first."""
    found = db.session.scalars(
        _of(entry).order_by(Comment.is_open.desc(), Comment.id.desc()).options(*SHOWN).limit(most)
    )
    return sorted(found, key=lambda comment: comment.id)


def fields_of(entry: Entry) -> dict[str, Field]:
    """The fields of a report that can be spoken about."""
    short = {one.name: one for one in (BECAUSE, TRIED)}
    return {**short, **matrix_of(entry.assignment.promise).fields}


def known_to(entry: Entry) -> tuple[str, ...]:
    """All that can be spoken about: the whole, the evidence, and each field."""
    return ("", EVIDENCE, *fields_of(entry))


def may_open_again(user: User, comment: Comment) -> bool:
    """Whether a person may ask again what was called resolved in a report that she may see."""
    is_author = comment.entry.assignment.mobilizer_id == user.id
    return talk.may_open_again(is_author=is_author, is_hers=comment.resolved_by_id == user.id)


def reference_of(entry: Entry) -> Mention:
    """How a report is mentioned."""
    assignment = entry.assignment
    return Mention(assignment.promise.number, entry.month, assignment.place.code)


def _of(entry: Entry) -> Select[Comment]:
    return select(Comment).where(Comment.entry_id == entry.id)


def _roots(rows: Sequence[Comment]) -> dict[int, Comment]:
    wanted = {one.reply_to_id for one in rows if one.reply_to_id is not None}
    if not wanted:
        return {}
    found = select(Comment).where(Comment.id.in_(wanted)).options(*SHOWN)
    return {one.id: one for one in db.session.scalars(found)}
