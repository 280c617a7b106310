"""Sending a message to a browser through its push service, which cannot read it."""

import json
from collections.abc import Mapping
from enum import Enum, auto
from importlib import import_module
from typing import Any
from urllib.parse import urlsplit

from flask import current_app
from py_vapid import Vapid02

from mobilizer.core import clock
from mobilizer.core.outside import Inside, post
from mobilizer.jobs.rules import Hopeless
from mobilizer.reminders.queries.vapid import private_key
from mobilizer.reminders.rules import KEPT_FOR, Browser

GONE = (404, 410)
#: Refusals that another try may mend; every other one stands.
LATER = (408, 425, 429)
#: How long a signed word about this server holds, in seconds: half of what is allowed.
SIGNED_FOR = 12 * 60 * 60


class Outcome(Enum):
    """What became of a message."""

    TAKEN = auto()
    #: The browser takes no messages any more.
    GONE = auto()


class NotNow(Exception):
    """The push service does not take the message now."""


class Refused(Exception):
    """The push service will not take the message."""


def send(browser: Browser, told: Mapping[str, str], topic: str) -> Outcome:
    """Send a message to a browser.

    Args:
        browser: where, and with what it is closed.
        told: what the service worker shows: ``title``, ``body``, ``url``, ``tag``.
        topic: a name under which a message that was not fetched yet is replaced by the next.

    Raises:
        Hopeless: it will never be taken.
        NotNow, OSError, HTTPException: it is not taken now.
    """
    headers = {
        "Content-Encoding": "aes128gcm",
        "Content-Type": "application/octet-stream",
        "TTL": str(KEPT_FOR),
        "Topic": topic,
        "Urgency": "normal",
        **signature(browser.endpoint),
    }
    try:
        status = post(browser.endpoint, closed(browser, told), headers)
    except Inside as inside:
        raise Hopeless from inside
    if status in GONE:
        return Outcome.GONE
    if 200 <= status < 300:
        return Outcome.TAKEN
    if status >= 500 or status in LATER:
        raise NotNow
    raise Hopeless from Refused()


def closed(browser: Browser, told: Mapping[str, str]) -> bytes:
    """A message that only this browser can open."""
    keys = {"p256dh": browser.p256dh, "auth": browser.auth}
    # Loaded when there is a message to send: it brings ten megabytes along.
    pusher = import_module("pywebpush").WebPusher({"endpoint": browser.endpoint, "keys": keys})
    content: bytes = pusher.encode(json.dumps(told, ensure_ascii=False).encode())["body"]
    return content


def signature(endpoint: str) -> dict[str, Any]:
    """What tells a push service that it is this server which speaks."""
    parts = urlsplit(endpoint)
    site, sender = current_app.config["SITE_URL"], current_app.config["MAIL_FROM"]
    claims = {
        "aud": f"https://{parts.hostname}",
        "exp": int(clock.now().timestamp()) + SIGNED_FOR,
        "sub": site if site.startswith("https://") else f"mailto:{sender}",
    }
    headers: dict[str, Any] = Vapid02(private_key()).sign(claims)
    return headers
