"""The worker lets go of files that never came whole."""

import os
from datetime import timedelta

from mobilizer.core import clock
from mobilizer.core.database import db
from mobilizer.core.storage import media as store
from mobilizer.evidence.actions.uploads import announce, append
from mobilizer.evidence.models import Upload
from mobilizer.evidence.queries import partial_name
from mobilizer.evidence.rules.details import Details
from mobilizer.evidence.rules.uploads import KEPT_DAYS, MediaKind
from mobilizer.working import worker

NAMES = {
    "uid": "2f9d1d4e-7a0a-4f0f-9a54-3a6c3c1b1c11",
    "media_id": "9b1f6a0c-3f7e-4a55-8d7c-0d2f6f0f2a22",
}


def test_pieces_that_lie_for_a_month_are_let_go_of_once_a_day(make):
    entry = make.entry()
    her = entry.assignment.mobilizer
    upload = announce(
        entry.id, **NAMES, kind=MediaKind.PHOTO, sha256="0" * 64, size=10, details=Details(), by=her
    )
    append(upload.id, 0, b"half", by=her)
    db.session.commit()
    piece = store().folder / partial_name(upload.id)

    hand = worker()
    hand.plan()
    hand.drain()
    assert piece.exists()

    long_ago = (clock.now() - timedelta(days=KEPT_DAYS + 1)).timestamp()
    os.utime(piece, (long_ago, long_ago))
    with clock.at(clock.now() + timedelta(days=1)):
        hand.plan()
        hand.drain()
    assert not piece.exists()
    assert db.session.get(Upload, NAMES["media_id"]).received == 0
