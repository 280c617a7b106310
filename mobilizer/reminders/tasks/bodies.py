"""Letters to parties and institutions: one asks for a reply, one tells what became of it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from email.utils import format_datetime
from urllib.parse import urlsplit

from flask import current_app
from flask_babel import force_locale, gettext, ngettext
from sqlalchemy import select

from mobilizer.core import clock
from mobilizer.core.database import db, locked, reading
from mobilizer.core.formats import day, last_day
from mobilizer.core.language import LOCALES, said
from mobilizer.core.languages import TAGS
from mobilizer.jobs.rules import Hopeless, Leased
from mobilizer.reminders.tasks import sending
from mobilizer.reminders.tasks.delivering import name_of
from mobilizer.replies.actions import letter_sent, token_of
from mobilizer.replies.models import Reply, ReplyLink
from mobilizer.replies.queries import contact, reply_until
from mobilizer.replies.rules import READING_DAYS, LinkState, deadline, is_of

#: Where its link leads.
PLACE = "/account/reply/"


@dataclass(frozen=True)
class Asked:
    """All that a letter says, read before anybody is spoken to."""

    address: str
    language: str
    title: str
    paragraphs: tuple[str, ...]


def mail(leased: Leased) -> None:
    """Send one letter, and forget where to; nothing if its link works no longer.

    Raises:
        Hopeless: the link cannot be told any more: the server's secret was changed since.
    """
    with reading():
        asked = _asked(leased.payload["link"])
        db.session.rollback()
    if asked is None:
        return
    sending.send(letter(asked, leased.key))
    link = db.session.scalars(
        locked(select(ReplyLink).where(ReplyLink.id == leased.payload["link"]))
    ).one()
    if link.salt:
        letter_sent(link)


def mail_left_over(leased: Leased) -> None:
    """Tell a party that its accepted reply is kept, though its finding was taken back.

    Nothing is sent to a body whose address is not kept: the page of its link says the same.
    """
    with reading():
        told = _left_over(leased.payload["reply"])
        db.session.rollback()
    if told is not None:
        sending.send(letter(told, leased.key))


def letter(asked: Asked, key: str) -> EmailMessage:
    """A letter in plain text, whose Message-ID is the same however often its job runs."""
    written = EmailMessage()
    written["From"] = f"Mobilizer <{current_app.config['MAIL_FROM']}>"
    written["To"] = asked.address
    written["Subject"] = asked.title
    written["Date"] = format_datetime(clock.now())
    host = urlsplit(current_app.config["SITE_URL"]).hostname
    written["Message-ID"] = f"<{name_of(key)}@{host}>"
    written.set_content("\n\n".join(asked.paragraphs) + "\n")
    written["Content-Language"] = TAGS.get(asked.language, asked.language)
    return written


def _asked(link_id: int) -> Asked | None:
    link = db.session.get(ReplyLink, link_id)
    if link is None or link.state is not LinkState.OPEN or not link.address:
        return None
    token = token_of(link)
    if token is None:
        raise Hopeless
    with force_locale(LOCALES[link.language]):
        title = gettext("Right of reply: promise number %(number)s", number=link.promise.number)
        paragraphs = tuple(_paragraphs(link, f"{current_app.config['SITE_URL']}{PLACE}{token}"))
    return Asked(link.address, link.language, title, paragraphs)


def _left_over(reply_id: int) -> Asked | None:
    reply = db.session.get_one(Reply, reply_id)
    link, promise = reply.link, reply.link.promise
    kept = contact(promise)
    if kept is None or not is_of(link.kind, link.addressee, kept.party.names.values()):
        return None
    with force_locale(LOCALES[kept.language]):
        title = gettext("Your reply on promise number %(number)s", number=promise.number)
        paragraphs = (
            gettext("To: %(body)s", body=link.addressee),
            gettext(
                "Your reply of %(day)s was accepted. What it answers was taken back before it was "
                "published.",
                day=day(reply.received_at, promise.cycle.time_zone),
            ),
            gettext(
                "Your reply is kept. As soon as what replaces that is public, it stands beside it, "
                "with the day of the version you wrote about. The link by which you replied says "
                "how things stand, and lets you reply anew."
            ),
        )
    return Asked(kept.address, kept.language, title, paragraphs)


def _paragraphs(link: ReplyLink, address: str) -> Iterator[str]:
    promise = link.promise
    yield gettext("To: %(body)s", body=link.addressee)
    yield gettext(
        "Citizens follow what was promised in elections, and publish what they find. "
        "This is about the promise “%(title)s”.",
        title=said(promise.titles, link.language).text or promise.exact_words,
    )
    yield gettext(
        "You can reply to what was found. A reply is published as you write it, beside the rating "
        "and under your name, once a coordinator has read it. It changes no rating."
    )
    until = reply_until(link, told_at=clock.now())
    if until is not None:
        yield gettext(
            "Your days to reply before the finding is published end with %(day)s.",
            day=last_day(until, promise.cycle.time_zone),
        )
        yield ngettext(
            "A reply that comes by then holds it back until it was read, for %(num)s day at most.",
            "A reply that comes by then holds it back until it was read, for %(num)s days at most.",
            READING_DAYS,
        )
    yield address
    yield gettext(
        "The link works for one reply, until %(day)s. Whoever holds it can reply in your name: "
        "pass it on only within your house.",
        day=last_day(works_until(link), promise.cycle.time_zone),
    )


def works_until(link: ReplyLink) -> datetime:
    """When a link ends whose letter is sent now: not before the days that begin with it."""
    if link.held is None:
        return link.expires_at
    return max(link.expires_at, deadline(clock.now(), link.held.days, link.promise.cycle.time_zone))
