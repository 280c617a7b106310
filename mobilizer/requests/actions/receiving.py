"""Taking in what somebody without an account sends. The caller commits."""

import secrets
from dataclasses import dataclass

from flask import current_app
from sqlalchemy import Select, select

from mobilizer.accounts.rules.names import email_address
from mobilizer.audit.actions import record
from mobilizer.core import clock, letters
from mobilizer.core.database import db, locked
from mobilizer.core.errors import RuleBroken
from mobilizer.core.sessions import hashed
from mobilizer.core.words import N_
from mobilizer.evidence.rules.links import recognise
from mobilizer.jobs.actions import enqueue
from mobilizer.promises.models import Promise
from mobilizer.requests.actions import photos
from mobilizer.requests.models import PublicRequest
from mobilizer.requests.rules import (
    LEAST_NUMBER,
    NUMBERS,
    RECEIVED,
    RequestKind,
    RequestState,
    SentAlready,
    answer_by,
    stamps,
)
from mobilizer.requests.rules.stamps import Stamp


@dataclass(frozen=True)
class Asked:
    """What was typed."""

    kind: RequestKind
    text: str
    language: str
    url: str = ""
    address: str = ""
    may_quote: bool = False
    #: Redrawn already.
    picture: bytes = b""

    def is_what(self, sent: PublicRequest) -> bool:
        """Whether it says what was sent before."""
        return (sent.kind, sent.text) == (self.kind, self.text)


def new_stamp(promise: int) -> str:
    """A stamp for a form on a promise, by its number."""
    return stamps.make(_key(), promise, clock.now(), secrets.token_bytes(9))


def stamp_of(promise: int, text: str) -> Stamp | None:
    """A stamp that came back; None if it is none of ours. Asks no database."""
    return stamps.read(_key(), promise, text)


def token_of(stamp: str) -> str:
    """The secret of the link to what was sent with a stamp."""
    return stamps.token(_key(), stamp)


def receive(promise: Promise, asked: Asked, stamp: str, *, is_worked: bool) -> PublicRequest:
    """Take in a request. Whoever holds its stamp can make its link again; sent twice, it is one.

    Raises:
        SentAlready: something else was sent with this stamp.
        RuleBroken: evidence has neither link nor photo, or a link or an address is none.
    """
    # Of two windows with one stamp the second one waits here, and then finds what the first sent.
    db.session.scalars(locked(select(Promise.id).where(Promise.id == promise.id))).one()
    made = db.session.scalars(sent_with(stamp)).one_or_none()
    if made is not None and asked.is_what(made):
        return made
    if made is not None:
        raise SentAlready
    url = _reduced(asked)
    address = (email_address(asked.address) or "") if letters.go_out() else ""
    now = clock.now()
    sent = PublicRequest(
        number=new_number(),
        token_hash=hashed(token_of(stamp)),
        promise=promise,
        kind=asked.kind,
        language=asked.language,
        text=asked.text,
        url=url,
        photo=photos.keep(asked.picture),
        may_quote=asked.may_quote,
        is_worked=is_worked,
        address=address,
        salt=stamp if address else "",
        received_at=now,
        answer_by=answer_by(now, promise.cycle.answer_days, promise.cycle.time_zone),
        state=RequestState.RECEIVED,
    )
    db.session.add(sent)
    record(None, "request.receive", sent)
    if address:
        enqueue(RECEIVED, f"{RECEIVED}:{sent.id}", {"request": sent.id})
    return sent


def sent_with(stamp: str) -> Select[PublicRequest]:
    """What was sent with a stamp, also where its words are erased by now."""
    return select(PublicRequest).where(PublicRequest.token_hash == hashed(token_of(stamp)))


def new_number() -> int:
    """A number that nobody has yet."""
    while True:
        number = LEAST_NUMBER + secrets.randbelow(NUMBERS)
        taken = select(PublicRequest.id).where(PublicRequest.number == number)
        if db.session.scalar(taken) is None:
            return number


def _reduced(asked: Asked) -> str:
    """A link as it is kept: without what follows people."""
    if not asked.url.strip():
        if asked.kind is RequestKind.EVIDENCE and not asked.picture:
            message = N_("Evidence needs a link to what is to be seen, or a photo of it.")
            raise RuleBroken(message, field="link")
        return ""
    try:
        return recognise(asked.url).url
    except RuleBroken as broken:
        raise RuleBroken(broken.message, field="link", **broken.params) from broken


def _key() -> bytes:
    return str(current_app.config["SECRET_KEY"]).encode()
