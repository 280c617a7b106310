"""What people are reminded of, in which ways, and when.

A message stands on a locked screen and in an inbox that others may read. So it says how many
reports and nothing about them: no promise, no party, no person, no comment.
"""

import re
from base64 import urlsafe_b64decode
from dataclasses import dataclass
from datetime import date, time, timedelta

from mobilizer.core import addresses
from mobilizer.core.errors import RuleBroken
from mobilizer.core.words import N_, Word

#: So many days before the due day people are reminded; a round that was missed is caught up.
DAYS_BEFORE = (1, 3)
#: From when in the day on: nobody is woken by a date.
HOUR = time(8)
#: What is older than this she has seen by herself: a worker that was away does not tell it.
STALE = timedelta(days=7)
#: To so many browsers of one person messages go; the oldest is let go of.
MOST_BROWSERS = 10
#: The push service keeps a message for a phone without a network for so long, in seconds.
KEPT_FOR = 24 * 60 * 60

ENDPOINT_LONGEST = 1000
#: An uncompressed point of the curve P-256, and the secret beside it, in bytes.
POINT, SECRET = 65, 16

_BASE64URL = re.compile(r"[A-Za-z0-9_-]+={0,2}")


class ReminderKind(Word):
    """What a reminder is about."""

    DUE = "due", N_("A report is due soon")
    RETURNED = "returned", N_("A report came back from your mentor")
    DECIDED = "decided", N_("A report was approved or rejected")
    HANDED_OVER = "handed_over", N_("Promises passed to you, or from you to somebody else")
    MESSAGE = "message", N_("Somebody wrote to you about a report")


class Way(Word):
    """How it reaches her."""

    EMAIL = "email", N_("E-mail")
    PUSH = "push", N_("Message on the phone")


@dataclass(frozen=True)
class Browser:
    """Where a browser takes messages, and with what they are closed for it alone."""

    endpoint: str
    p256dh: str
    auth: str


def round_of(due: date, today: date) -> int | None:
    """Which reminder before a due day it is time for, in days; None for none.

    A day that was missed is caught up: two days before, the reminder of three days is due still.
    """
    left = (due - today).days
    return next((days for days in DAYS_BEFORE if 0 <= left <= days), None)


def check_browser(endpoint: object, p256dh: object, auth: object) -> Browser:
    """What a browser says of where it takes messages, held to its shape.

    The address is a visitor's word, and this server will send to it: only ``https`` to a public
    name, at the usual port. What the name leads to is looked at each time it is used.

    Raises:
        RuleBroken: it cannot be one.
    """
    texts = [text for text in (endpoint, p256dh, auth) if isinstance(text, str)]
    if len(texts) < 3 or len(texts[0]) > ENDPOINT_LONGEST:
        raise _no_browser("endpoint")
    try:
        address = addresses.read(texts[0])
    except RuleBroken as broken:
        raise _no_browser("endpoint") from broken
    if (
        address.scheme != "https"
        or address.port
        or not texts[0].startswith(f"https://{address.host}/")
    ):
        raise _no_browser("endpoint")
    point, secret = _bytes(texts[1]), _bytes(texts[2])
    if len(point) != POINT or point[0] != 4:
        raise _no_browser("p256dh")
    if len(secret) != SECRET:
        raise _no_browser("auth")
    return Browser(*texts)


def _no_browser(field: str) -> RuleBroken:
    return RuleBroken(N_("This browser cannot be sent messages."), field=field)


def _bytes(text: str) -> bytes:
    if len(text) > 200 or not _BASE64URL.fullmatch(text):
        return b""
    bare = text.rstrip("=")
    return urlsafe_b64decode(bare + "=" * (-len(bare) % 4)) if len(bare) % 4 != 1 else b""
