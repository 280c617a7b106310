"""The limits of photos."""

from io import BytesIO

import pillow_heif
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from PIL import Image

from mobilizer.core.errors import RuleBroken
from mobilizer.evidence.rules.copies import LONGEST_SIDE, copies, fitted, name_of, widths_of
from mobilizer.evidence.rules.faults import MAX_PIXELS, PHOTO_BYTES, Fault, Unfit, refusal, refused
from mobilizer.evidence.rules.photos import (
    FORMATS,
    MAX_SIDE,
    check_file,
    check_picture,
    format_of,
)

JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01\x01\x00\x00"
sides = st.integers(1, MAX_SIDE)


def drawn(name):
    pillow_heif.register_heif_opener()
    file = BytesIO()
    Image.new("RGB", (8, 6)).save(file, name)
    return file.getvalue()


def refusal_of(check, *values):
    with pytest.raises((RuleBroken, Unfit)) as refusal:
        check(*values)
    fault = refusal.value
    told = refused(fault.fault) if isinstance(fault, Unfit) else fault
    assert told.field == "photo"
    return str(told)


@pytest.mark.parametrize("name", FORMATS)
def test_what_pillow_writes_in_an_accepted_format_is_taken(name):
    content = drawn(name)

    check_file(len(content), content[:16])

    assert format_of(content[:16]) == name


@pytest.mark.parametrize(
    "head",
    [
        b"GIF89a" + bytes(10),
        b"<svg xmlns='http",
        b"<?xml version='1",
        b"%PDF-1.7" + bytes(8),
        b"BM" + bytes(14),
        b"II*\x00" + bytes(12),
        b"PK\x03\x04" + bytes(12),
        b"RIFF\x00\x00\x00\x00WAVEfmt ",
        b"\x89PNG\n\x1a\n" + bytes(9),
        b"\x00" + JPEG,
        b"ftyp" + bytes(12),
    ],
)
def test_what_is_no_photo_by_its_first_bytes_is_refused_whatever_its_name(head):
    assert "JPEG" in refusal_of(check_file, 1000, head)


@pytest.mark.parametrize("brand", [b"heic", b"heix", b"mif1"])
def test_a_heic_photo_is_taken_by_its_brand(brand):
    assert format_of(b"\x00\x00\x00\x18ftyp" + brand + bytes(4)) == "HEIF"


@pytest.mark.parametrize("brand", [b"avif", b"avis", b"msf1", b"hevc"])
def test_what_moves_or_is_an_avif_is_no_heic_photo(brand):
    assert "not a photo" in refusal_of(check_file, 1000, bytes(4) + b"ftyp" + brand + bytes(4))


@pytest.mark.parametrize("start", [b"\x00\x00\x00\x18ftypisom", b"\x00\x00\x00\x18moovheic"])
def test_a_film_is_not_taken_for_a_heic_photo(start):
    assert "not a photo" in refusal_of(check_file, 1000, start + bytes(4))


def test_an_empty_file_is_refused():
    assert "empty" in refusal_of(check_file, 0, b"")


def test_a_file_has_at_most_sixteen_megabytes():
    check_file(PHOTO_BYTES, JPEG)

    assert "16 MB" in refusal_of(check_file, PHOTO_BYTES + 1, JPEG)


@pytest.mark.parametrize("size", [(1, 1), (4032, 3024), (8192, 6144), (8000, 6500), (20_000, 2600)])
def test_what_phones_make_is_taken(size):
    width, height = size
    check_picture("JPEG", width, height, 1)


@pytest.mark.parametrize(
    ("size", "reason"),
    [
        ((0, 10), "not a photo"),
        ((10, 0), "not a photo"),
        ((8000, 6501), "52 million"),
        ((MAX_SIDE + 1, 1), "pixels"),
        ((1, MAX_SIDE + 1), "pixels"),
        ((65_000, 65_000), "pixels"),
    ],
)
def test_a_picture_out_of_bounds_is_refused_before_it_is_decoded(size, reason):
    assert reason in refusal_of(check_picture, "PNG", *size, 1)


@given(sides, sides)
def test_the_bound_of_pixels_holds_exactly(width, height):
    if width * height > MAX_PIXELS:
        refusal_of(check_picture, "JPEG", width, height, 1)
    else:
        check_picture("JPEG", width, height, 1)


@pytest.mark.parametrize(
    ("name", "most"), [("JPEG", 4), ("MPO", 4), ("HEIF", 4), ("PNG", 1), ("WEBP", 1)]
)
def test_previews_behind_a_phones_photo_are_taken_but_nothing_that_moves(name, most):
    check_picture(name, 8, 6, most)

    assert "moving" in refusal_of(check_picture, name, 8, 6, most + 1)


@example(1, MAX_SIDE)
@example(MAX_SIDE, 1)
@given(sides, sides)
def test_a_public_copy_is_in_proportion_and_never_larger(width, height):
    new_width, new_height = fitted(width, height)

    assert 1 <= new_width <= min(width, LONGEST_SIDE)
    assert 1 <= new_height <= min(height, LONGEST_SIDE)
    assert fitted(new_width, new_height) == (new_width, new_height)
    if max(width, height) > LONGEST_SIDE:
        assert max(new_width, new_height) == LONGEST_SIDE
    else:
        assert (new_width, new_height) == (width, height)
    assert abs(new_width * height - new_height * width) <= max(width, height)


@pytest.mark.parametrize(
    ("width", "widths"),
    [(1600, (320, 800, 1600)), (800, (320, 800)), (801, (320, 800, 801)), (320, (320,)), (9, (9,))],
)
def test_a_copy_is_offered_in_smaller_widths_and_its_own(width, widths):
    assert widths_of(width) == widths


def test_every_refusal_is_found_again_by_the_message_that_was_kept():
    for fault in Fault:
        first = refused(fault)
        again = refusal(first.message)
        assert (str(again), again.field) == (str(first), first.field)
        assert "%(" not in str(again)


def test_old_photos_have_no_copies_in_webp():
    assert copies(900, 0, has_webp=False) == ["-320.jpg", "-800.jpg", "-900.jpg"]
    assert copies(400, 0, has_webp=True) == ["-320.jpg", "-320.webp", "-400.jpg", "-400.webp"]


def test_a_clip_has_a_face_and_a_film_and_is_named_by_the_film():
    assert copies(320, 900, has_webp=True) == ["-320.jpg", "-320.webp", ".mp4"]
    assert (name_of(320, 900), name_of(320, 0)) == (".mp4", "-320.jpg")
