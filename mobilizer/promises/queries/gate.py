"""Who may take which step on which promise (the rules stand in ``rules.gate``)."""

from sqlalchemy import ColumnElement, Select, and_, or_, select

from mobilizer.accounts.models import User
from mobilizer.core.database import db
from mobilizer.promises.models import Promise, PromiseChange
from mobilizer.promises.queries.visibility import visible_to, within
from mobilizer.promises.rules import PromiseState


def overseen_by(user: User) -> Select[Promise]:
    """The promises of others for which a person answers at the gate."""
    # What nobody logged or brought is an import's: "is distinct from" holds there, too.
    return visible_to(user).where(
        within(user, "promise.check"),
        Promise.logged_by_id.is_distinct_from(user.id),
        Promise.handed_in_by_id.is_distinct_from(user.id),
    )


def checkable_by(user: User) -> Select[Promise]:
    """The promises that a person may check, now or again."""
    return overseen_by(user).where(Promise.state != PromiseState.PUBLISHED, ~_changed_by(user))


def waiting_for(user: User) -> Select[Promise]:
    """The promises that wait for her check, the oldest first."""
    return (
        checkable_by(user)
        .where(Promise.state == PromiseState.DRAFT, Promise.duplicate_of_id.is_(None))
        .order_by(Promise.logged_at, Promise.id)
    )


def editable_by(user: User) -> Select[Promise]:
    """The promises that a person may change."""
    before = and_(Promise.state != PromiseState.PUBLISHED, within(user, "promise.write"))
    return visible_to(user).where(or_(before, within(user, "promise.publish")))


def publishable_by(user: User) -> Select[Promise]:
    """The checked promises that a person may publish."""
    return visible_to(user).where(
        Promise.state == PromiseState.CHECKED,
        Promise.duplicate_of_id.is_(None),
        within(user, "promise.publish"),
    )


def _changed_by(user: User) -> ColumnElement[bool]:
    changes = select(PromiseChange.promise_id).where(PromiseChange.by_id == user.id)
    return Promise.id.in_(changes.where(PromiseChange.field != "state"))


def reaches(listing: Select[Promise], promise: Promise) -> bool:
    """Whether a promise is in a list."""
    return db.session.scalars(listing.where(Promise.id == promise.id)).first() is not None
