"""A letter to somebody who follows, as mail programs take it."""

from collections.abc import Iterable
from email.message import EmailMessage
from email.policy import EmailPolicy
from email.utils import format_datetime
from typing import Any
from urllib.parse import urlsplit

from flask import current_app

from mobilizer.core import clock
from mobilizer.core.languages import TAGS
from mobilizer.reminders.tasks.delivering import name_of

LEAVE = "List-Unsubscribe"


class Unbroken(EmailPolicy):
    """Leaves one header in one piece.

    Python's own folding writes an address longer than a line as if it were not plain ASCII, and
    no mail program would find the way out in it.
    """

    def fold(self, name: str, value: Any) -> str:
        return self._whole(value) if name == LEAVE else super().fold(name, value)

    def fold_binary(self, name: str, value: Any) -> bytes:
        return self._whole(value).encode() if name == LEAVE else super().fold_binary(name, value)

    def _whole(self, value: Any) -> str:
        return f"{LEAVE}: {value}{self.linesep}"


def written(
    address: str, title: str, paragraphs: Iterable[str], secret: str, language: str, key: str
) -> EmailMessage:
    """A letter in plain text that can be left by one click (RFC 8058).

    Args:
        address: whom it is for.
        title: its subject.
        paragraphs: what it says.
        secret: that of her links.
        language: in which it is written.
        key: that of its job: however often that runs, the Message-ID is the same.
    """
    letter = EmailMessage(Unbroken())
    letter["From"] = f"Mobilizer <{current_app.config['MAIL_FROM']}>"
    letter["To"] = address
    letter["Subject"] = " ".join(title.split())
    letter["Date"] = format_datetime(clock.now())
    host = urlsplit(current_app.config["SITE_URL"]).hostname
    letter["Message-ID"] = f"<{name_of(key)}@{host}>"
    letter["Auto-Submitted"] = "auto-generated"
    letter[LEAVE] = f"<{address_of('leave', secret, language)}>"
    letter[f"{LEAVE}-Post"] = f"{LEAVE}=One-Click"
    letter.set_content("\n\n".join(paragraphs) + "\n")
    letter["Content-Language"] = TAGS.get(language, language)
    return letter


def address_of(page: str, secret: str, language: str) -> str:
    """One of the pages that her secret leads to."""
    return f"{current_app.config['SITE_URL']}/follow/{page}/{secret}?lang={language}"
