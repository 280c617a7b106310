"""A way back in for who has lost her password. The caller commits."""

import secrets

from sqlalchemy import update

from mobilizer.accounts import queries
from mobilizer.accounts.models import User, WayBack
from mobilizer.accounts.rules.invitations import WAY_BACK_DAYS, expiry
from mobilizer.audit.actions import record
from mobilizer.core import clock
from mobilizer.core.database import db, locked
from mobilizer.core.errors import NotVisible
from mobilizer.core.sessions import end_sessions, hashed


def open_way_back(user: User, *, by: User) -> tuple[WayBack, str]:
    """Make a link for a new password, and the token that is kept nowhere; older ones end.

    Whether it is the other's to open is settled before.
    """
    token, now = secrets.token_urlsafe(32), clock.now()
    older = update(WayBack).where(WayBack.user_id == user.id, WayBack.expires_at > now)
    db.session.execute(older.values(expires_at=now))
    way = WayBack(
        token_hash=hashed(token),
        user=user,
        opened_by_id=by.id,
        opened_at=now,
        expires_at=expiry(now, WAY_BACK_DAYS),
    )
    db.session.add(way)
    record(by, "person.way_back", user)
    return way, token


def come_back(token: str, *, password_hash: str) -> User:
    """Give the person of a link her new password, once, and sign her out everywhere.

    Raises:
        NotVisible: the token opens nothing, or no longer.
    """
    way = db.session.scalars(locked(queries.way_back(token))).one_or_none()
    if way is None:
        raise NotVisible
    way.used_at = way.user.signed_in_at = clock.now()
    way.user.password_hash = password_hash
    end_sessions(way.user_id)
    record(way.user, "account.come_back", way.user)
    return way.user
