"""Clips for tests: with everything planted in them that must not come out."""

import struct
from fractions import Fraction
from io import BytesIO
from typing import Any

import av
from PIL import Image

#: What is planted. None of it may stand in any byte that is served.
PLANTED = (
    b"+41.9981+021.4254/",
    b"planted comment",
    b"planted title",
    b"Planted Maker",
    b"Planted Model 4711",
    b"planted box",
    b"planted handler",
)

_GPS = {
    "location": "+41.9981+021.4254/",
    "com.apple.quicktime.location.ISO6709": "+41.9981+021.4254/",
}
_SAID = {
    **_GPS,
    "comment": "planted comment",
    "title": "planted title",
    "make": "Planted Maker",
    "model": "Planted Model 4711",
    "creation_time": "2026-11-20T11:22:33Z",
}

#: Encoders for each container.
_CODECS = {
    "mp4": ("libx264", "aac"),
    "mov": ("libx264", "aac"),
    "webm": ("libvpx", "libopus"),
}


def film(
    name: str = "mp4",
    *,
    size: tuple[int, int] = (320, 180),
    seconds: float = 1,
    rate: int = 10,
    codec: str = "",
    has_sound: bool = True,
    sound_seconds: float = 0,
    is_planted: bool = True,
) -> bytes:
    """A clip whose upper left quarter is red, with metadata of every kind."""
    written = BytesIO()
    options = {"movflags": "use_metadata_tags"} if name == "mp4" else {}
    with av.open(written, "w", format=name, options=options) as target:
        if is_planted:
            target.metadata.update(_SAID)
        pictures = _pictures(target, codec or _CODECS[name][0], size, rate)
        sound = target.add_stream(_CODECS[name][1], rate=48_000) if has_sound else None
        if is_planted:
            pictures.metadata["handler_name"] = "planted handler"
        frame = av.VideoFrame.from_image(_picture(size))
        for at in range(max(1, round(seconds * rate))):
            frame.pts, frame.time_base = at, Fraction(1, rate)
            target.mux(pictures.encode(frame))
        target.mux(pictures.encode(None))
        if sound is not None:
            for one in _silence(sound_seconds or seconds):
                target.mux(sound.encode(one))
            target.mux(sound.encode(None))
    return written.getvalue() + (_boxes() if is_planted and name != "webm" else b"")


def chosen(content: bytes) -> tuple[BytesIO, str]:
    """A file as a form sends it."""
    return BytesIO(content), "VID_20261120_112233.mp4"


def turned(content: bytes) -> bytes:
    """The same clip of a phone that was held upright: to be shown turned clockwise."""
    at = content.index(b"tkhd") + 4
    matrix = at + (40 if content[at] == 0 else 52)
    quarter = struct.pack(">9i", 0, 1 << 16, 0, -1 << 16, 0, 0, 180 << 16, 0, 1 << 30)
    return content[:matrix] + quarter + content[matrix + 36 :]


def with_track(kind: bytes = b"sbtl", coded: bytes = b"tx3g") -> bytes:
    """A clip with a track of texts beside the film, or of positions as action cameras write it."""
    written, said = BytesIO(), b"planted telemetry 41.9981 21.4254"
    with av.open(written, "w", format="mp4") as target:
        pictures = _pictures(target, "libx264", (320, 180), 10)
        track = target.add_mux_stream("mov_text", rate=10)
        frame = av.VideoFrame.from_image(_picture((320, 180)))
        for at in range(10):
            frame.pts, frame.time_base = at, Fraction(1, 10)
            target.mux(pictures.encode(frame))
            note = av.Packet(struct.pack(">H", len(said)) + said)
            note.stream, note.time_base = track, Fraction(1, 10)
            note.pts = note.dts = at
            note.duration = 1
            target.mux(note)
        target.mux(pictures.encode(None))
    return written.getvalue().replace(b"sbtl", kind).replace(b"tx3g", coded)


def lying(content: bytes, *, seconds: int) -> bytes:
    """The same clip, whose headers say that it is shorter."""
    for box, clock, length in ((b"mvhd", 12, 16), (b"mdhd", 12, 16), (b"tkhd", 0, 20)):
        at = content.index(box) + 4
        a_second = struct.unpack(">I", content[at + clock : at + clock + 4])[0] if clock else 1000
        said = struct.pack(">I", seconds * a_second)
        content = content[: at + length] + said + content[at + length + 4 :]
    return content


def sound_alone() -> bytes:
    """An MP4 without pictures."""
    written = BytesIO()
    with av.open(written, "w", format="mp4") as target:
        sound = target.add_stream("aac", rate=48_000)
        for one in _silence(1):
            target.mux(sound.encode(one))
        target.mux(sound.encode(None))
    return written.getvalue()


def _pictures(target: Any, codec: str, size: tuple[int, int], rate: int) -> Any:
    stream = target.add_stream(codec, rate=rate)
    stream.width, stream.height = size
    stream.pix_fmt = "yuv420p"
    stream.codec_context.gop_size = 5
    return stream


def _picture(size: tuple[int, int]) -> Image.Image:
    picture = Image.effect_noise(size, 40).convert("RGB")
    picture.paste("red", (0, 0, size[0] // 2, size[1] // 2))
    return picture


def _silence(seconds: float) -> Any:
    for at in range(max(1, round(seconds * 48_000 / 1024))):
        frame = av.AudioFrame(format="fltp", layout="stereo", samples=1024)
        for plane in frame.planes:
            plane.update(bytes(plane.buffer_size))
        frame.sample_rate, frame.pts, frame.time_base = 48_000, at * 1024, Fraction(1, 48_000)
        yield frame


def _boxes() -> bytes:
    """Boxes that no player knows, behind the film."""
    said = b"planted box" + bytes(16)
    return b"".join(
        struct.pack(">I", 8 + len(said)) + kind + said for kind in (b"free", b"udta", b"uuid")
    )
