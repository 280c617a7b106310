"""What is forgotten of senders: their addresses once they were told, their words after a while."""

from datetime import timedelta

from sqlalchemy import and_, or_, select, update

from mobilizer.audit.actions import record
from mobilizer.core import clock
from mobilizer.core.database import db, locked
from mobilizer.core.sessions import hashed
from mobilizer.requests.actions.photos import let_go
from mobilizer.requests.actions.receiving import token_of
from mobilizer.requests.models import PublicRequest
from mobilizer.requests.rules import KEPT_DAYS, SPAM_KEPT_DAYS, RequestState

#: So many are erased in one transaction.
MOST = 200
#: An address to which no letter could be sent is kept no longer than this after the end.
ADDRESS_KEPT = timedelta(days=14)


def link_of(sent: PublicRequest) -> str | None:
    """The secret of a request's link, for a letter; None when it can no longer be told."""
    token = token_of(sent.salt) if sent.salt else ""
    return token if hashed(token) == sent.token_hash else None


def letter_sent(sent: PublicRequest) -> None:
    """The mail server has the last letter: nothing is kept that leads to the sender."""
    if not sent.is_open:
        sent.address = sent.salt = ""


def forget_addresses() -> None:
    """Forget addresses to which the last letter could not be sent for long."""
    over = PublicRequest.closed_at <= clock.now() - ADDRESS_KEPT
    kept = update(PublicRequest).where(over, PublicRequest.salt != "")
    db.session.execute(kept.values(address="", salt=""))


def erase_old() -> int:
    """Erase the words of what was closed long ago; how many requests were erased.

    What is public stays so: it is a copy of its own.
    """
    now = clock.now()
    spam = PublicRequest.state == RequestState.SPAM
    over = or_(
        and_(spam, PublicRequest.closed_at <= now - timedelta(days=SPAM_KEPT_DAYS)),
        PublicRequest.closed_at <= now - timedelta(days=KEPT_DAYS),
    )
    old = select(PublicRequest).where(over, PublicRequest.erased_at.is_(None))
    found = db.session.scalars(locked(old.order_by(PublicRequest.id).limit(MOST))).all()
    for sent in found:
        sent.erased_at = now
        sent.text = sent.url = sent.answer = sent.summary = ""
        sent.address = sent.salt = ""
        let_go(sent)
        record(None, "request.erase", sent)
    return len(found)
