"""One case in one person's hands, and what is said about it."""

from sqlalchemy import select

from mobilizer.accounts.models import User
from mobilizer.core import clock
from mobilizer.core.database import db, locked
from mobilizer.monitoring.models import Comment, Entry
from mobilizer.monitoring.rules.talk import asks
from mobilizer.review.queries.case import Case, case


def held(entry_id: str, by: User) -> Case:
    """The case as it is now, held until the transaction ends: whoever comes second waits here."""
    db.session.scalars(locked(select(Entry).where(Entry.id == entry_id))).one_or_none()
    return case(by, entry_id)


def say(found: Case, comments: dict[str, str], by: User, *, is_return: bool) -> None:
    """Note comments on the newest revision, by the fields they are about; a return asks."""
    for about, text in comments.items():
        db.session.add(
            Comment(
                entry=found.entry,
                revision=found.newest,
                field=about,
                text=text,
                author=by,
                said_at=clock.now(),
                asks=is_return and asks(about, is_author=False, is_return=True),
            )
        )
