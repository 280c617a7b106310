"""Letters to whoever asked about a promise: that it was received, and that it was answered.

No letter holds a word that anybody typed: an address that was given may be somebody else's.
"""

from flask import current_app
from flask_babel import force_locale, gettext
from sqlalchemy import select

from mobilizer.core.database import db, locked, reading
from mobilizer.core.formats import last_day
from mobilizer.core.language import LOCALES, said
from mobilizer.jobs.rules import Hopeless, Leased
from mobilizer.reminders.tasks import sending
from mobilizer.reminders.tasks.bodies import Asked, letter
from mobilizer.requests.actions import letter_sent, link_of
from mobilizer.requests.models import PublicRequest

#: Where the link leads.
PLACE = "/ask/requests/"


def mail_received(leased: Leased) -> None:
    """Send the link by which a request is followed; nothing if it is answered by now."""
    _mail(leased, is_open=True)


def mail_closed(leased: Leased) -> None:
    """Tell that a request was answered or declined, and forget where to."""
    _mail(leased, is_open=False)


def _mail(leased: Leased, *, is_open: bool) -> None:
    with reading():
        told = _told(leased.payload["request"], is_open=is_open)
        db.session.rollback()
    if told is None:
        return
    sending.send(letter(told, leased.key))
    sent = select(PublicRequest).where(PublicRequest.id == leased.payload["request"])
    letter_sent(db.session.scalars(locked(sent)).one())


def _told(request_id: int, *, is_open: bool) -> Asked | None:
    sent = db.session.get(PublicRequest, request_id)
    if sent is None or not sent.address or sent.is_open is not is_open:
        return None
    token = link_of(sent)
    if token is None:
        raise Hopeless
    link = f"{current_app.config['SITE_URL']}{PLACE}{token}?lang={sent.language}"
    with force_locale(LOCALES[sent.language]):
        title = gettext("Your request number %(number)s", number=sent.number)
        paragraphs = (
            gettext(
                "It is about the promise “%(title)s”.",
                title=said(sent.promise.titles, sent.language).text or sent.promise.exact_words,
            ),
            _how_it_stands(sent),
            link,
            gettext(
                "Whoever has this link reads what was sent. If you have sent nothing, somebody "
                "gave your address by mistake: then do nothing, it is erased by itself."
            ),
        )
    return Asked(sent.address, sent.language, title, paragraphs)


def _how_it_stands(sent: PublicRequest) -> str:
    if not sent.is_open:
        return gettext("You are answered. The answer stands on this page:")
    day = last_day(sent.answer_by, sent.promise.cycle.time_zone)
    return gettext("It was received, and is answered by %(day)s on this page:", day=day)
