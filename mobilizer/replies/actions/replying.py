"""What the holder of a link does: reply once, or say that there will be no reply."""

from dataclasses import dataclass

from mobilizer.audit.actions import record
from mobilizer.core import clock
from mobilizer.core.database import db, locked
from mobilizer.core.errors import NotVisible, RuleBroken
from mobilizer.evidence.rules.links import recognise
from mobilizer.replies import queries
from mobilizer.replies.actions.deadlines import begin, reckon
from mobilizer.replies.actions.inviting import invite_anew
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

    What is held back waits for that decision too, if the reply came within the body's days.

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
    _note_told(link)
    if link.held is not None:
        reckon(link.held, f"received:{link.id}")
    record(None, "reply.receive", reply, vouches=reply)
    record(None, "reply.use", link, vouches=link)
    return reply


def forgo(token: str) -> ReplyLink:
    """The body says that it will not reply: what is held back waits for it no longer.

    Raises:
        NotVisible: the token opens nothing, or no longer.
        Gone: a reply was sent by it before.
        NothingToAnswer: what it is about is no longer public.
    """
    link = _open(token)
    link.forgone_at = clock.now()
    link.address = link.salt = ""
    _note_told(link)
    if link.held is not None:
        reckon(link.held, f"forgone:{link.id}")
    record(None, "reply.forgo", link, vouches=link)
    return link


def renew(token: str) -> str:
    """What a link is about was taken back: make the body a link on what replaced it.

    It has fresh days, as a body that is asked for the first time. Asked for twice, it is one link.

    Returns:
        The token of the new link: made from the old one, so that who holds that finds it again.

    Raises:
        NotVisible: the token opens nothing, or no longer.
        NothingToAnswer: nothing replaced it yet, or it stands.
        RuleBroken: what replaced it is held back, and has waited long enough for others.
    """
    link = db.session.scalars(locked(queries.by_token(token))).one_or_none()
    if link is None:
        raise NotVisible
    after = queries.successor(link) if queries.is_taken_back(link) else None
    if after is None:
        raise NothingToAnswer
    return invite_anew(link, after, token)


def _open(token: str) -> ReplyLink:
    """The link, held until the transaction ends: of two windows the second one waits here."""
    link = db.session.scalars(locked(queries.by_token(token))).one_or_none()
    if link is None:
        raise NotVisible
    if link.state is not LinkState.OPEN:
        raise Gone
    if queries.is_taken_back(link):
        raise NothingToAnswer
    return link


def _note_told(link: ReplyLink) -> None:
    """Whoever answers was told, though it was never noted that the letter went out.

    The mail server may have it and have said so too late.
    """
    if link.told_at is None:
        begin(link)


def _reduced(url: str) -> str:
    """An address as it is kept: without what follows people."""
    if not url.strip():
        return ""
    try:
        return recognise(url).url
    except RuleBroken as broken:
        raise RuleBroken(broken.message, field="link", **broken.params) from broken
