"""Files that come in pieces: each byte once, in order, and whole before it is opened."""

import os
from datetime import timedelta
from itertools import product
from pathlib import Path

import pytest
from flask import current_app

from mobilizer.core import clock
from mobilizer.core.database import db
from mobilizer.core.errors import RuleBroken
from mobilizer.evidence.actions import append, examine, remove, settle, sweep
from mobilizer.evidence.models import Evidence, Media, Upload
from mobilizer.evidence.queries import file_of, is_complete, offset_of
from mobilizer.evidence.rules.copies import ENDINGS
from mobilizer.evidence.rules.faults import PHOTO_BYTES
from mobilizer.evidence.rules.links import EvidenceKind
from mobilizer.evidence.rules.uploads import (
    PIECE_MOST,
    TooLarge,
    UploadState,
    WrongHash,
    WrongOffset,
)
from tests.evidence import pictures
from tests.evidence.uploading import announced, send

PHOTO = pictures.jpeg((600, 450))


@pytest.fixture
def entry(make):
    return make.entry()


@pytest.fixture
def her(entry):
    return entry.assignment.mobilizer


def partials() -> list[Path]:
    folder = Path(current_app.config["MEDIA_FOLDER"])
    return sorted((folder / "partials").glob("*"))


def count(model) -> int:
    return len(db.session.scalars(db.select(model)).all())


@pytest.mark.parametrize("make_one", [pictures.jpeg, pictures.png, pictures.webp, pictures.heic])
def test_a_photo_that_came_in_pieces_is_as_safe_as_one_that_came_at_once(entry, make_one):
    content = make_one((600, 450))
    upload = announced(entry, content)

    send(upload, content, 50_000)

    media = upload.evidence.media
    assert (upload.state, upload.received) == (UploadState.COMPLETE, len(content))
    assert upload.evidence.kind is EvidenceKind.PHOTO
    assert is_complete(media)
    for width, ending in product(media.widths, ENDINGS):
        copy = file_of(media, width, ending)
        assert not [mark for mark in (*pictures.PLANTED, b"Exif") if mark in copy]
    assert partials() == []


def test_what_has_come_so_far_is_private(entry, her):
    upload = announced(entry, PHOTO)
    append(upload.id, 0, PHOTO[:1000], by=her)
    (file,) = partials()
    assert (file.stat().st_mode & 0o777, file.parent.stat().st_mode & 0o777) == (0o600, 0o700)
    assert upload.id not in str(file)


@pytest.mark.parametrize("offset", [1, 999, 1001, len(PHOTO), 10**9])
def test_a_piece_at_the_wrong_place_is_told_the_right_one(entry, her, offset):
    upload = announced(entry, PHOTO)
    append(upload.id, 0, PHOTO[:1000], by=her)
    with pytest.raises(WrongOffset) as refused:
        append(upload.id, offset, b"x", by=her)
    assert refused.value.right == upload.received == 1000


def test_a_piece_sent_again_is_told_where_to_go_on(entry, her):
    upload = announced(entry, PHOTO)
    append(upload.id, 0, PHOTO[:1000], by=her)
    with pytest.raises(WrongOffset) as refused:
        append(upload.id, 0, PHOTO[:1000], by=her)
    assert refused.value.right == 1000


def test_a_piece_after_the_end_is_refused(entry, her):
    upload = announced(entry, PHOTO[:1000])
    append(upload.id, 0, PHOTO[:500], by=her)
    with pytest.raises(TooLarge):
        append(upload.id, 500, PHOTO[500:1001], by=her)
    assert upload.received == 500


def test_a_piece_is_not_larger_than_pieces_are(entry, her):
    upload = announced(entry, PHOTO, size=PHOTO_BYTES)
    append(upload.id, 0, bytes(PIECE_MOST), by=her)
    with pytest.raises(TooLarge):
        append(upload.id, PIECE_MOST, bytes(PIECE_MOST + 1), by=her)


def test_an_empty_piece_changes_nothing(entry, her):
    upload = announced(entry, PHOTO)
    append(upload.id, 0, PHOTO[:1000], by=her)
    assert append(upload.id, 1000, b"", by=her).received == 1000


def test_bytes_whose_transaction_was_lost_are_cut_off(entry, her):
    upload = announced(entry, PHOTO)
    append(upload.id, 0, PHOTO[:1000], by=her)
    db.session.commit()
    append(upload.id, 1000, b"never committed" * 100, by=her)
    db.session.rollback()

    examined = send(upload, PHOTO, 1000)

    assert examined.fault is None
    assert upload.state is UploadState.COMPLETE


def test_a_file_that_was_lost_begins_anew(entry, her):
    upload = announced(entry, PHOTO)
    append(upload.id, 0, PHOTO[:1000], by=her)
    db.session.commit()
    partials()[0].write_bytes(PHOTO[:10])

    assert offset_of(upload) == 0
    with pytest.raises(WrongOffset) as refused:
        append(upload.id, 1000, PHOTO[1000:2000], by=her)
    assert refused.value.right == 0
    assert append(upload.id, 0, PHOTO[:2000], by=her).received == 2000


def test_what_is_not_what_was_announced_begins_anew(entry):
    upload = announced(entry, PHOTO)

    examined = send(upload, PHOTO[:-1] + b"x")

    assert isinstance(examined.fault, WrongHash)
    assert (upload.state, upload.received, partials()) == (UploadState.OPEN, 0, [])
    send(upload, PHOTO)
    assert upload.state is UploadState.COMPLETE


def test_what_cannot_be_read_is_refused_with_the_sentence_of_the_form(entry, her):
    content = pictures.jpeg()[:3000]
    upload = announced(entry, content)

    examined = send(upload, content)

    assert upload.state is UploadState.REFUSED
    assert upload.fault == examined.fault.message
    assert examined.fault.field == "photo"
    assert upload.evidence.media is None
    assert partials() == []
    with pytest.raises(RuleBroken, match="damaged"):
        append(upload.id, 0, content, by=her)


def test_the_last_piece_sent_again_finishes_what_was_cut_short(entry, her):
    upload = announced(entry, PHOTO)
    append(upload.id, 0, PHOTO[:1000], by=her)
    assert append(upload.id, 1000, PHOTO[1000:], by=her).whole
    db.session.commit()  # And the server dies.

    again = append(upload.id, 1000, PHOTO[1000:], by=her)
    assert again.whole == append(upload.id, len(PHOTO), b"", by=her).whole
    db.session.commit()
    settle(examine(again.whole))

    assert upload.state is UploadState.COMPLETE


def test_a_piece_for_what_is_complete_does_nothing(entry, her):
    upload = announced(entry, PHOTO)
    send(upload, PHOTO)
    for offset in (0, len(PHOTO), 10**9):
        progress = append(upload.id, offset, PHOTO[:100], by=her)
        assert (progress.received, progress.whole) == (len(PHOTO), None)


def test_two_who_finish_the_same_file_finish_it_once(entry, her):
    upload = announced(entry, PHOTO)
    whole = append(upload.id, 0, PHOTO, by=her).whole
    db.session.commit()
    first, second = examine(whole), examine(whole)
    settle(first)
    db.session.commit()

    assert settle(second).state is UploadState.COMPLETE
    assert count(Media) == 1


def test_who_examines_too_late_spoils_nothing(entry, her):
    """The first has finished and let the pieces go; the second finds none."""
    upload = announced(entry, PHOTO)
    whole = append(upload.id, 0, PHOTO, by=her).whole
    db.session.commit()
    settle(examine(whole))
    db.session.commit()

    late = examine(whole)
    assert isinstance(late.fault, WrongHash)
    assert settle(late).state is UploadState.COMPLETE


def test_the_same_photo_twice_is_two_pieces_and_one_file(make, entry):
    uploads = [announced(one, PHOTO) for one in (entry, entry, make.entry())]
    for upload in uploads:
        send(upload, PHOTO)
    assert {upload.state for upload in uploads} == {UploadState.COMPLETE}
    assert (count(Evidence), count(Media)) == (3, 1)


def test_what_was_never_sent_is_taken_back_with_its_pieces(entry, her):
    upload = announced(entry, PHOTO)
    append(upload.id, 0, PHOTO[:1000], by=her)
    db.session.commit()

    remove(upload.evidence, by=her)
    db.session.commit()

    assert (count(Evidence), count(Upload), partials()) == (0, 0, [])


def test_what_lies_unfinished_for_a_month_is_let_go_and_can_begin_anew(entry, her):
    old, young = announced(entry, PHOTO), announced(entry, PHOTO)
    append(old.id, 0, PHOTO[:1000], by=her)
    (left,) = partials()
    append(young.id, 0, PHOTO[:1000], by=her)
    db.session.commit()
    then = (clock.now() - timedelta(days=31)).timestamp()
    os.utime(left, (then, then))

    assert sweep() == 1
    db.session.commit()

    assert (old.received, young.received, len(partials())) == (0, 1000, 1)
    send(old, PHOTO)
    assert old.state is UploadState.COMPLETE
