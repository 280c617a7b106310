"""Who is named on a promise's page."""

from collections.abc import Iterable

from sqlalchemy import or_, select
from sqlalchemy.orm import lazyload

from mobilizer.accounts.models import Posting, User
from mobilizer.accounts.queries import visible_to as people_visible_to
from mobilizer.core.database import db
from mobilizer.history.queries import History
from mobilizer.promises.models import Promise


def named_to(user: User, promise: Promise, history: History | None) -> dict[int, str]:
    """What those who had to do with a promise are called, by their ids; nobody else is named.

    Everybody at the desk reads the promises of the whole cycle, but who it was only of the people
    she may know of: whoever logged a promise is often the one who reports on it, and a mentor of
    another region may be asked to look at that report without knowing whose it is.
    """
    lines = history.lines if history else ()
    involved: Iterable[int | None] = (
        promise.logged_by_id,
        promise.checked_by_id,
        *(change.by_id for change in promise.changes),
        *(line.by.id for line in lines if line.by),
    )
    mentored = select(Posting.user_id).where(Posting.mentor_id == user.id)
    known = people_visible_to(user).with_only_columns(User.id)
    named = (
        select(User)
        .where(
            User.id.in_({one for one in involved if one is not None}),
            or_(User.id.in_(known), User.id.in_(mentored)),
        )
        .options(lazyload(User.postings))
    )
    return {one.id: one.shown_name for one in db.session.scalars(named)}
