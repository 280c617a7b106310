"""Jobs that deliver: the text is made now, if it is true now, and no transaction is open meanwhile.

Before a message goes out, everything that is needed is read and the transaction ended: a slow
server of somebody else's must not hold the database.
"""

from dataclasses import dataclass
from email.message import EmailMessage
from email.utils import format_datetime
from hashlib import sha256
from hmac import new as keyed
from urllib.parse import urlsplit

from flask import current_app
from flask_babel import force_locale, gettext

from mobilizer.accounts.models import User
from mobilizer.core import clock
from mobilizer.core.database import db, reading
from mobilizer.core.language import LOCALES
from mobilizer.core.languages import TAGS
from mobilizer.jobs.rules import Leased
from mobilizer.reminders.actions import forget
from mobilizer.reminders.models import PushSubscription
from mobilizer.reminders.queries import News, is_wanted, news
from mobilizer.reminders.rules import Browser, ReminderKind, Way
from mobilizer.reminders.tasks import pushing, sending

#: Where messages are switched off.
SWITCHES = "/account/reminders"


@dataclass(frozen=True)
class Message:
    """What one person is told, with all it takes to deliver it."""

    kind: ReminderKind
    language: str
    address: str
    news: News
    browser: Browser | None
    #: How it is switched off, in her language.
    off: str


def mail(leased: Leased) -> None:
    """Send one letter, if she still wants it and it is still true."""
    message = _message(leased, Way.EMAIL)
    if message is not None and message.address:
        sending.send(letter(message, leased.key))


def push(leased: Leased) -> None:
    """Send one message to one browser; forget the browser when it is gone for good."""
    message = _message(leased, Way.PUSH)
    if message is None or message.browser is None:
        return
    told = {
        "title": message.news.title,
        "body": message.news.body,
        "url": message.news.path,
        "tag": message.kind.value,
    }
    topic = name_of(f"{message.kind}:{leased.payload['user']}")
    if pushing.send(message.browser, told, topic) is pushing.Outcome.GONE:
        forget(leased.payload["browser"])


def letter(message: Message, key: str) -> EmailMessage:
    """A letter in plain text, whose Message-ID is the same however often its job runs."""
    site = current_app.config["SITE_URL"]
    written = EmailMessage()
    written["From"] = f"Mobilizer <{current_app.config['MAIL_FROM']}>"
    written["To"] = message.address
    written["Subject"] = message.news.title
    written["Date"] = format_datetime(clock.now())
    written["Message-ID"] = f"<{name_of(key)}@{urlsplit(site).hostname}>"
    written["Auto-Submitted"] = "auto-generated"
    lines = (
        f"{message.news.title}.",
        f"{message.news.body}\n{site}{message.news.path}",
        f"{message.off}\n{site}{SWITCHES}",
    )
    written.set_content("\n\n".join(lines) + "\n")
    written["Content-Language"] = TAGS.get(message.language, message.language)
    return written


def name_of(key: str) -> str:
    """A name for what is sent, always the same, which tells nothing of what it is made from."""
    secret = str(current_app.config["SECRET_KEY"]).encode()
    return keyed(secret, f"message:{key}".encode(), sha256).hexdigest()[:32]


def _message(leased: Leased, way: Way) -> Message | None:
    with reading():
        message = _told(leased, way)
        db.session.rollback()
    return message


def _told(leased: Leased, way: Way) -> Message | None:
    payload = leased.payload
    kind, user = ReminderKind(payload["kind"]), db.session.get(User, payload["user"])
    if user is None or not is_wanted(user, kind, way):
        return None
    with force_locale(LOCALES[user.language]):
        said = news(user, kind, payload["about"])
        off = gettext("These messages can be switched off:")
    if said is None:
        return None
    browser = _browser(user, payload["browser"]) if way is Way.PUSH else None
    return Message(kind, user.language, user.email or "", said, browser, off)


def _browser(user: User, browser_id: int) -> Browser | None:
    """Her browser as it is kept; None when it is gone, or somebody else's by now."""
    row = db.session.get(PushSubscription, browser_id)
    if row is None or row.user_id != user.id:
        return None
    return Browser(row.endpoint, row.p256dh, row.auth)
