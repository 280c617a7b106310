"""Photos come out as bare pixels, or not at all."""

import stat
from io import BytesIO
from pathlib import Path

import pytest
from flask import current_app
from PIL import Image

from mobilizer.core.database import db
from mobilizer.core.errors import RuleBroken
from mobilizer.evidence.actions import keep_photo, remove
from mobilizer.evidence.models import Media
from mobilizer.evidence.queries import file_of, is_complete
from mobilizer.evidence.rules.copies import ENDINGS, widths_of
from mobilizer.evidence.rules.faults import Fault, Unfit
from mobilizer.evidence.rules.redrawing.pictures import redrawn_photo
from mobilizer.working import worker
from tests.evidence import pictures

pytestmark = pytest.mark.usefixtures("app")

SVG = b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"
GIF_AND_SCRIPT = b"GIF89a/*\x00\x00*/=1;alert(1)//"


def served(media: Media) -> list[bytes]:
    """Every copy that can be asked for."""
    copies = [
        file_of(media, width, ending) for width in widths_of(media.width) for ending in ENDINGS
    ]
    assert all(copies)
    return [copy for copy in copies if copy]


def kept() -> list[Path]:
    folder = Path(current_app.config["MEDIA_FOLDER"])
    return sorted(file for file in folder.rglob("*") if file.is_file())


@pytest.mark.parametrize(
    "content",
    [
        pictures.jpeg(),
        pictures.jpeg(profiled=False),
        pictures.jpeg((2400, 1800), progressive=True),
        pictures.png(),
        pictures.png(mode="P"),
        pictures.png(mode="LA"),
        pictures.png(mode="1"),
        pictures.webp(),
        pictures.heic(),
    ],
    ids=[
        "jpeg",
        "upright jpeg",
        "large jpeg",
        "png",
        "palette",
        "grey with alpha",
        "black and white",
        "webp",
        "heic",
    ],
)
def test_nothing_that_was_planted_is_served(content):
    media = keep_photo(content)

    for copy in served(media):
        for mark in pictures.PLANTED:
            assert mark not in copy
        with Image.open(BytesIO(copy)) as image:
            assert image.format in ("JPEG", "WEBP")
            assert image.mode == "RGB"
            assert not image.getexif()
            assert not {"comment", "icc_profile", "xmp", "exif"} & set(image.info)


def test_what_is_planted_is_really_in_the_pictures():
    """Or the test above would be blind."""
    together = pictures.jpeg() + pictures.png()
    assert b"SERIAL-4711-PLANTED" in pictures.heic()
    assert all(mark in together for mark in pictures.PLANTED)


def test_a_turned_photo_stands_upright():
    for content in (pictures.jpeg((400, 300)), pictures.heic((400, 300))):
        media = keep_photo(content)
        assert (media.width, media.height) == (300, 400)


def test_a_large_photo_comes_in_three_widths():
    media = keep_photo(pictures.webp((3000, 2000)))
    kept = [Image.open(BytesIO(copy)) for copy in served(media)]
    assert [(copy.size, copy.format) for copy in kept] == [
        (size, name)
        for size in ((320, 480), (800, 1200), (1067, 1600))
        for name in ("JPEG", "WEBP")
    ]


def test_the_original_stays_private_and_the_names_are_hashes():
    content = pictures.jpeg()
    media = keep_photo(content)

    originals = [file for file in kept() if file.parent.name == "originals"]
    assert [file.read_bytes() for file in originals] == [content]
    assert stat.S_IMODE(originals[0].stat().st_mode) == 0o600
    assert stat.S_IMODE(originals[0].parent.stat().st_mode) == 0o700
    assert originals[0].name == media.original_sha256 != media.sha256
    assert file_of(media, 0) is None
    assert is_complete(media)


def test_the_same_photo_is_kept_once():
    content = pictures.webp((100, 80))
    assert keep_photo(content) is keep_photo(content)
    assert len(kept()) == 3


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"hello",
        SVG,
        GIF_AND_SCRIPT,
        b"\xff\xd8\xff" + SVG,
        b"\x89PNG\r\n\x1a\n" + SVG,
        pictures.jpeg()[:3000],
        pictures.png()[:3000],
        pictures.webp()[:3000],
        pictures.moving("GIF"),
        pictures.moving("WEBP"),
        pictures.moving("PNG"),
        pictures.png_of(60_000, 60_000),
        pictures.png_of(1, 30_000),
        pictures.png_of(9_000, 9_000),
        pictures.png_of(0, 10),
        pictures.png_of(3_000, 3_000),
        b"\xff\xd8\xff" + bytes(17 * 1024 * 1024),
        b"%PDF-1.7 not a picture",
        b"\x00\x00\x00\x18ftypheic" + bytes(100),
    ],
)
def test_what_is_no_photo_is_refused_in_a_sentence_and_nothing_is_kept(content):
    with pytest.raises(RuleBroken) as refused:
        keep_photo(content)
    assert refused.value.field == "photo"
    assert kept() == []
    assert db.session.scalar(db.select(Media)) is None


@pytest.mark.parametrize("side", [9_000, 30_000])
def test_a_bomb_is_refused_before_it_unfolds(monkeypatch, side):
    monkeypatch.setattr("PIL.ImageFile.ImageFile.load", lambda _: pytest.fail("It was decoded."))
    with pytest.raises(Unfit) as unfit:
        redrawn_photo(pictures.png_of(side, side))
    assert unfit.value.fault is Fault.PIXELS


def test_a_photo_taken_back_is_gone_with_its_files(make):
    entry = make.entry()
    mobilizer = entry.assignment.mobilizer
    piece = make.photo(entry)
    db.session.commit()

    remove(piece, by=mobilizer)
    db.session.commit()
    worker().drain()

    assert kept() == []
    assert db.session.scalar(db.select(Media)) is None


def test_a_photo_that_another_entry_rests_on_stays(make):
    one, other = make.entry(), make.entry()
    content = pictures.webp()
    first, second = make.photo(one, content), make.photo(other, content)

    remove(first, by=one.assignment.mobilizer)
    db.session.commit()
    worker().drain()

    assert is_complete(second.media)


def test_a_removal_that_is_put_back_loses_no_file(make):
    entry = make.entry()
    piece = make.photo(entry)
    db.session.commit()
    before = kept()

    remove(piece, by=entry.assignment.mobilizer)
    db.session.rollback()
    db.session.commit()
    worker().drain()

    assert kept() == before
