"""What the holder of a link does: reply once, or say that there will be no reply."""

from dataclasses import dataclass

from mobilizer.audit.actions import record
from mobilizer.core import clock
from mobilizer.core.database import db, locked
from mobilizer.core.errors import NotVisible, RuleBroken
from mobilizer.evidence.rules.links import recognise
from mobilizer.promises.rules import PromiseState
from mobilizer.replies import queries
from mobilizer.replies.actions.deadlines import publish_on
from mobilizer.replies.models import Reply, ReplyLink
from mobilizer.replies.rules import Gone, LinkState, NothingToAnswer


@dataclass(frozen=True)
class Written:
    """A reply as it was written."""

    body: str
    text: str
    language: str
    function: str = ""
    url: str = ""


def receive(token: str, written: Written) -> Reply:
    """Take in a reply. It waits for a coordinator, who publishes or declines it as it is.

    Raises:
        NotVisible: the token opens nothing, or no longer.
        Gone: a reply was sent by it before.
        NothingToAnswer: what it is about is no longer public.
        RuleBroken: its link is none.
    """
    link = _open(token)
    reply = Reply(
        link=link,
        body=written.body,
        function=written.function,
        language=written.language,
        text=written.text,
        url=_reduced(written.url),
        received_at=clock.now(),
    )
    link.answered_at = reply.received_at
    link.address = link.salt = ""
    db.session.add(reply)
    record(None, "reply.receive", reply, vouches=reply)
    return reply


def forgo(token: str) -> ReplyLink:
    """The body says that it will not reply: what was held back for it is published now.

    Raises:
        NotVisible: the token opens nothing, or no longer.
        Gone: a reply was sent by it before.
        NothingToAnswer: what it is about is no longer public.
    """
    link = _open(token)
    link.forgone_at = clock.now()
    link.address = link.salt = ""
    if link.held is not None and link.held.ended_at is None and not queries.others_open(link):
        publish_on(link.held, link.forgone_at, f"forgone:{link.id}")
    record(None, "reply.forgo", link)
    return link


def answerable(link: ReplyLink) -> bool:
    """Whether there is something to reply to: a public promise, a finding that stands."""
    is_about = link.about is not None or (
        link.held is not None and queries.held_of(link.held.revision_id) is link.held
    )
    return is_about and link.promise.state is PromiseState.PUBLISHED


def _open(token: str) -> ReplyLink:
    """The link, held until the transaction ends: of two windows the second one waits here."""
    link = db.session.scalars(locked(queries.by_token(token))).one_or_none()
    if link is None:
        raise NotVisible
    if link.state is not LinkState.OPEN:
        raise Gone
    if not answerable(link):
        raise NothingToAnswer
    return link


def _reduced(url: str) -> str:
    """An address as it is kept: without what follows people."""
    if not url.strip():
        return ""
    try:
        return recognise(url).url
    except RuleBroken as broken:
        raise RuleBroken(broken.message, field="link", **broken.params) from broken
