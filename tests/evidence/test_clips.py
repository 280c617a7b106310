"""Clips come out as film and sound, with nothing beside them, or not at all."""

from io import BytesIO
from pathlib import Path
from typing import Any

import av
import pytest
from flask import current_app
from PIL import Image

from mobilizer.core.errors import RuleBroken
from mobilizer.evidence.actions import opening
from mobilizer.evidence.queries import film_of, is_complete
from mobilizer.evidence.rules.faults import CLIP_BYTES, Fault
from mobilizer.evidence.rules.redrawing import Redrawn
from mobilizer.evidence.rules.uploads import MediaKind, UploadState
from tests.evidence import films
from tests.evidence.uploading import announced, send

KINDS: dict[str, Any] = {
    "mp4": lambda: films.film("mp4"),
    "mov": lambda: films.film("mov"),
    "webm": lambda: films.film("webm"),
    "hevc": lambda: films.film("mp4", codec="libx265"),
    "mpeg4": lambda: films.film("mov", codec="mpeg4"),
    "silent": lambda: films.film("mp4", has_sound=False),
    "turned": lambda: films.turned(films.film("mp4")),
    "turned hevc": lambda: films.turned(films.film("mp4", codec="libx265")),
}


def opened(content: bytes) -> Redrawn:
    return opening.opened(MediaKind.CLIP, content)


def fault_of(content: bytes) -> str:
    with pytest.raises(RuleBroken) as refused:
        opened(content)
    assert refused.value.field == "clip"
    return refused.value.message


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_that_was_planted_is_in_what_is_served(kind):
    made = opened(KINDS[kind]())

    for content in made.files.values():
        assert not [mark for mark in (*films.PLANTED, b"x264 - core") if mark in content]
    with av.open(BytesIO(made.files[".mp4"])) as film:
        assert {stream.type for stream in film.streams} <= {"video", "audio"}
        assert set(film.metadata) <= {"major_brand", "minor_version", "compatible_brands"}
        for stream in film.streams:
            assert set(stream.metadata) <= {"language", "handler_name"}
            assert stream.metadata["handler_name"] in ("VideoHandler", "SoundHandler")


@pytest.mark.parametrize(
    ("track", "kind"), [((), "subtitle"), ((b"meta", b"gpmd"), "data")], ids=["texts", "positions"]
)
def test_a_track_beside_film_and_sound_does_not_come_along(track, kind):
    content = films.with_track(*track)
    with av.open(BytesIO(content)) as source:
        assert [stream.type for stream in source.streams] == ["video", kind]
    assert b"planted telemetry" in content

    film = opened(content).files[".mp4"]
    assert b"telemetry" not in film
    with av.open(BytesIO(film)) as made:
        assert [stream.type for stream in made.streams] == ["video"]


def test_what_is_planted_is_really_in_the_clips():
    """Or the test above would be blind."""
    together = films.film("mp4") + films.film("mov") + films.film("webm")
    assert all(mark in together for mark in films.PLANTED)
    assert b"x264 - core" in together


@pytest.mark.parametrize("kind", KINDS)
def test_what_comes_out_plays_in_every_browser_from_its_first_byte_on(kind):
    film = opened(KINDS[kind]()).files[".mp4"]

    assert film.index(b"moov") < film.index(b"mdat")
    with av.open(BytesIO(film)) as played:
        assert played.streams.video[0].codec_context.name == "h264"
        assert [sound.codec_context.name for sound in played.streams.audio] in ([], ["aac"])
        assert len(list(played.decode(video=0))) == 10


@pytest.mark.parametrize("kind", KINDS)
def test_a_clip_has_its_length_and_a_face_that_stands_upright(kind):
    made = opened(KINDS[kind]())

    is_turned = kind.startswith("turned")
    assert (made.width, made.height) == ((180, 320) if is_turned else (320, 180))
    assert 900 <= made.duration <= 1100
    with Image.open(BytesIO(made.files[f"-{made.width}.jpg"])) as face:
        red = (face.width * 3 // 4 if is_turned else face.width // 4, face.height // 4)
        assert is_red(face.getpixel(red))
        assert not is_red(face.getpixel((face.width - red[0], red[1])))


@pytest.mark.parametrize("kind", ["turned", "turned hevc"])
def test_a_film_is_shown_as_its_phone_was_held(kind):
    with av.open(BytesIO(opened(KINDS[kind]()).files[".mp4"])) as played:
        frame = next(played.decode(video=0))
    size = (frame.width, frame.height)
    assert (size, frame.rotation) in (((320, 180), -90), ((180, 320), 0))


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        (b"", Fault.CLIP_EMPTY),
        (b"hello", Fault.NO_CLIP),
        (b"\x00\x00\x00\x18ftypisom" + bytes(CLIP_BYTES), Fault.CLIP_TOO_LARGE),
        (b"\x00\x00\x00\x18ftypisom" + bytes(100), Fault.CLIP_DAMAGED),
        (b"\x1aE\xdf\xa3" + bytes(100), Fault.CLIP_DAMAGED),
        (b"\x1aE\xdf\xa3<script>alert(1)</script>", Fault.CLIP_DAMAGED),
    ],
)
def test_what_is_no_clip_is_refused_in_a_sentence(content, fault):
    assert fault_of(content) == fault.label


def test_a_clip_lasts_at_most_a_minute():
    opened(films.film(seconds=60, rate=2, size=(64, 48), has_sound=False))
    long = films.film(seconds=62, rate=2, size=(64, 48), has_sound=False)
    assert fault_of(long) == Fault.CLIP_TOO_LONG.label


def test_what_a_clip_says_of_its_length_is_not_believed():
    long = films.film(seconds=62, rate=2, size=(64, 48), has_sound=False, is_planted=False)
    assert fault_of(films.lying(long, seconds=3)) == Fault.CLIP_TOO_LONG.label


def test_sound_does_not_last_longer_than_film_may():
    assert fault_of(films.film(sound_seconds=70)) == Fault.CLIP_TOO_LONG.label


def test_a_clip_is_not_wider_than_full_hd():
    opened(films.film(size=(1920, 16), has_sound=False))
    assert fault_of(films.film(size=(1936, 16), has_sound=False)) == Fault.CLIP_TOO_WIDE.label


def test_sound_alone_is_no_clip():
    assert fault_of(films.sound_alone()) == Fault.NO_CLIP.label


@pytest.mark.usefixtures("app")
def test_a_clip_that_came_in_pieces_is_kept_with_its_face_and_its_original_apart(make):
    content = films.turned(films.film())
    upload = announced(make.entry(), content, MediaKind.CLIP)

    send(upload, content, 20_000)

    media = upload.evidence.media
    assert upload.state is UploadState.COMPLETE
    assert is_complete(media)
    assert 900 <= media.duration <= 1100
    with film_of(media) as film:
        served = film.read()
    assert not [mark for mark in films.PLANTED if mark in served]
    original = Path(current_app.config["MEDIA_FOLDER"]) / "originals" / media.original_sha256
    assert original.read_bytes() == content
    assert original.stat().st_mode & 0o777 == 0o600


def is_red(pixel: tuple[int, int, int]) -> bool:
    red, green, blue = pixel
    return red > 180 and green < 80 and blue < 80
