"""The photo of a tip: redrawn as every photo here, and then nothing of the original is kept.

It is no evidence of a report: it has no public address, lies in the private part of the store
under a random name, and goes with the sender's words.
"""

import secrets
from threading import BoundedSemaphore

from sqlalchemy import select

from mobilizer.core import clock
from mobilizer.core.database import db
from mobilizer.core.errors import RuleBroken
from mobilizer.core.storage import media as store
from mobilizer.core.words import N_
from mobilizer.evidence.actions import Busy, opened, remove_after_commit
from mobilizer.evidence.rules.copies import name_of
from mobilizer.evidence.rules.uploads import MediaKind
from mobilizer.requests.models import PublicRequest
from mobilizer.requests.rules import ORPHAN_KEPT

#: The folder of these photos.
FOLDER = "tips"
#: Of the files that a process opens at once, strangers have one: no mobilizer waits for them.
TURN = BoundedSemaphore(1)
BUSY = N_("Many photos come in just now. Send it once more in a minute, or without the photo.")


def redrawn(content: bytes) -> bytes:
    """The picture alone, without anything else that was in the file. No transaction may be open.

    Raises:
        RuleBroken: it is too large, no picture that can be read, or others' are being opened.
    """
    if not TURN.acquire(blocking=False):
        raise RuleBroken(BUSY, field="photo")
    try:
        made = opened(MediaKind.PHOTO, content, waits=False)
    except Busy:
        raise RuleBroken(BUSY, field="photo") from None
    except RuleBroken as broken:
        raise RuleBroken(broken.message, field="photo", **broken.params) from None
    finally:
        TURN.release()
    return made.files[name_of(made.width, made.duration)]


def keep(picture: bytes) -> str:
    """Keep a redrawn photo; its name, "" where there is none."""
    if not picture:
        return ""
    name = f"{FOLDER}/{secrets.token_hex(32)}.jpg"
    store().put(name, picture, is_private=True)
    return name


def let_go(sent: PublicRequest) -> None:
    """Let the photo of a request go, once the transaction holds."""
    if sent.photo:
        remove_after_commit([sent.photo])
        sent.photo = ""


def forget_orphans() -> None:
    """Let photos go that no request names: their request was never stored, or its end was lost."""
    names = store().untouched(FOLDER, clock.now() - ORPHAN_KEPT)
    named = set(db.session.scalars(select(PublicRequest.photo).where(PublicRequest.photo != "")))
    for name in names:
        if name not in named:
            store().remove(name)
