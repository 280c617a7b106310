"""Sessions kept in the database, so that a cookie dies when the person signs out.

A session exists only below the addresses where people sign in and work; everywhere else
there is none to read or to write, which keeps the public pages free of cookies.
"""

import hashlib
import secrets
from datetime import datetime, timedelta
from typing import Any, cast

from flask import Flask, Request, Response, session
from flask.sessions import NullSession, SessionInterface, SessionMixin
from sqlalchemy import ForeignKey, String, and_, delete, or_, select
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Mapped, mapped_column
from werkzeug.datastructures import CallbackDict

from mobilizer.core import clock
from mobilizer.core.database import Model, UtcDateTime, db, read_only

#: Below these addresses a person may be signed in.
PLACES = ("/account", "/desk", "/field", "/sync")
#: Nor here, below one of them: what a phone keeps for being offline is the same for everybody.
FOR_ALL = ("/field/phone/", "/field/service-worker.js", "/field/manifest/")
COOKIE = "mobilizer_session"
IDLE = timedelta(days=14)
ABSOLUTE = timedelta(days=60)
#: A session in which nobody signed in: it holds a form's token and perhaps a language.
PASSING = timedelta(days=1)
#: How many sessions that have ended are deleted when one begins.
SWEPT = 100
#: How stale ``seen_at`` may be: a row need not be written for every page.
SEEN_EVERY = timedelta(minutes=10)
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})


class WebSession(Model):
    """One browser's session. The cookie's token is kept as a hash only."""

    __tablename__ = "web_session"

    token_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    user_id: Mapped[int | None] = mapped_column(
        ForeignKey("user.id", ondelete="CASCADE"), index=True
    )
    content: Mapped[dict[str, Any]]
    device: Mapped[str] = mapped_column(String(80), default="")
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    seen_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)


class StoredSession(CallbackDict[str, Any], SessionMixin):
    """What a view reads and writes; knows whether it must be stored again."""

    def __init__(self, content: dict[str, Any], token: str = "", *, stale: bool = False) -> None:
        """Wrap what was stored under a token; no token means that nothing is stored yet."""
        super().__init__(content, on_update=_note_change)
        self.token = token
        self.old_token = ""
        self.stale = stale
        self.modified = False

    def renew(self) -> None:
        """Change the token: at sign-in and sign-out, so that a planted one is worth nothing."""
        self.old_token = self.old_token or self.token
        self.token = ""
        self.modified = True


class UnreadSession(NullSession):
    """The session of a request during which it could not be read: she is not signed out by it."""

    def __init__(self, fault: Exception) -> None:
        """Know why."""
        super().__init__()
        self.fault = fault


def _note_change(session: Any) -> None:
    session.modified = True


def own_session() -> StoredSession:
    """The session of the request, typed as what it is here: Flask's own type knows no token."""
    return cast("StoredSession", session)


def refuse_unread() -> None:
    """Let nobody in as if she had no session, where it could not be read.

    Raises:
        OperationalError: why.
    """
    if isinstance(session, UnreadSession):
        raise session.fault


def store_nothing() -> None:
    """Leave the session of this request as it is stored: there is nowhere to write."""
    if isinstance(session, StoredSession):
        session.modified = session.stale = False


def hashed(token: str) -> str:
    """What is stored of a secret token: a copy of the database opens no session."""
    return hashlib.sha256(token.encode()).hexdigest()


def end_sessions(user_id: int, *, but: str | None = None) -> None:
    """Sign a person out everywhere, or everywhere but where the given token is held."""
    ending = delete(WebSession).where(WebSession.user_id == user_id)
    if but:
        ending = ending.where(WebSession.token_hash != hashed(but))
    db.session.execute(ending)


def _sweep() -> None:
    """Delete some of the sessions that have ended: robots at the door begin one a visit."""
    now = clock.now()
    over = or_(
        WebSession.seen_at < now - IDLE,
        and_(WebSession.user_id.is_(None), WebSession.seen_at < now - PASSING),
    )
    some = select(WebSession.token_hash).where(over).limit(SWEPT).with_for_update(skip_locked=True)
    db.session.execute(delete(WebSession).where(WebSession.token_hash.in_(some)))


class DatabaseSessions(SessionInterface):
    """Flask's way to our table."""

    def open_session(self, app: Flask, request: Request) -> SessionMixin:
        """The session of this request; an empty one if the cookie names none that lives."""
        read_only(request.method in SAFE_METHODS)
        if not request.path.startswith(PLACES) or request.path.startswith(FOR_ALL):
            return NullSession()
        token = request.cookies.get(COOKIE, "")
        try:
            row = db.session.get(WebSession, hashed(token)) if token else None
        except OperationalError as fault:  # Flask can tell nobody of what fails this early.
            return UnreadSession(fault)
        now = clock.now()
        if row is None or now - row.seen_at > IDLE or now - row.created_at > ABSOLUTE:
            return StoredSession({})
        return StoredSession(dict(row.content), token, stale=now - row.seen_at > SEEN_EVERY)

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        """Store what changed, after the view is through with its own transaction."""
        if not isinstance(session, StoredSession):
            return
        response.headers.setdefault("Cache-Control", "no-store")
        response.vary.add("Cookie")
        if not (session.modified or session.stale):
            return
        db.session.rollback()
        read_only(only=False)
        self._store(app, session, response)
        db.session.commit()

    def _store(self, app: Flask, session: StoredSession, response: Response) -> None:
        if session.old_token:
            db.session.execute(
                delete(WebSession).where(WebSession.token_hash == hashed(session.old_token))
            )
        if not session:
            response.delete_cookie(COOKIE, **self._cookie_manners(app))
            return
        row = db.session.get(WebSession, hashed(session.token)) if session.token else None
        if row is None and session.token:
            return  # Ended elsewhere while this request ran: it stays ended.
        if row is None:
            row = self._begin(app, session, response)
        row.content = dict(session)
        user_id = session.get("_user_id")
        row.user_id = int(user_id) if user_id else None
        row.seen_at = clock.now()

    def _begin(self, app: Flask, session: StoredSession, response: Response) -> WebSession:
        _sweep()
        session.token = secrets.token_urlsafe(32)
        row = WebSession(
            token_hash=hashed(session.token),
            device=str(session.get("device", ""))[:80],
            created_at=clock.now(),
        )
        db.session.add(row)
        response.set_cookie(COOKIE, session.token, max_age=ABSOLUTE, **self._cookie_manners(app))
        return row

    def _cookie_manners(self, app: Flask) -> dict[str, Any]:
        return {
            "httponly": True,
            "samesite": "Lax",
            "secure": app.config["SITE_URL"].startswith("https://"),
            "path": "/",
        }
