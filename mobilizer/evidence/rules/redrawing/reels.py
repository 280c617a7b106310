"""One clip being wound from its own file onto a new one."""

import os
from collections.abc import Iterable, Iterator
from contextlib import suppress
from fractions import Fraction
from math import inf
from typing import Any, Protocol

import av
from av.audio.stream import AudioStream
from av.bitstream import BitStreamFilterContext
from av.container import InputContainer, OutputContainer
from av.filter import Graph
from av.packet import Packet
from av.stream import Stream
from av.video.stream import VideoStream
from PIL import Image

from mobilizer.evidence.rules.clips import check_film
from mobilizer.evidence.rules.faults import Fault, Unfit

#: The codecs that are opened, as FFmpeg names them; others are not even tried.
CODECS = (
    *("h264", "hevc", "vp8", "vp9", "mpeg4", "h263"),
    *("aac", "mp3", "mp3float", "opus", "libopus", "vorbis", "amrnb", "amrwb"),
    *("pcm_s16le", "pcm_s16be"),
)

#: Only pictures and what it takes to decode them pass: no notes (SEI), whatever stands in them.
_BARE = "filter_units=pass_types=1-5|7-8"

#: Not who wrote it nor when; the table of contents first, so that it plays before it is all there.
_WRITTEN = {"movflags": "+faststart", "fflags": "+bitexact"}

#: Film that is filmed anew has at most so many pixels a side and frames a second.
_THREADS = 2
_CLOCK = Fraction(1, 90_000)
_SIDE = 1280
_RATE = 30
_LEAST = 0.9 / _RATE
_FILMED = {
    "preset": "superfast",
    "crf": "27",
    "maxrate": "2000k",
    "bufsize": "4000k",
    "a53cc": "0",
    "udu_sei": "0",  # Captions and notes of the old film do not come along.
}

_SOUND = 64_000
_SAMPLES = 48_000

#: How a frame is set upright, by what its file says of how the phone was held, in degrees.
_TURNS: dict[int, tuple[tuple[str, str], ...]] = {
    90: (("transpose", "cclock"),),
    -90: (("transpose", "clock"),),
    180: (("hflip", ""), ("vflip", "")),
    -180: (("hflip", ""), ("vflip", "")),
}
_TRANSPOSED = {
    90: Image.Transpose.ROTATE_90,
    -90: Image.Transpose.ROTATE_270,
    180: Image.Transpose.ROTATE_180,
    -180: Image.Transpose.ROTATE_180,
}


class Reel:
    """What is known of a clip once its first picture has been seen.

    Raises:
        Unfit: no picture can be seen, or it is larger than the file says.
    """

    def __init__(self, source: InputContainer) -> None:
        """Look at the first picture."""
        film = source.streams.video[0]
        frame = next(source.decode(film), None)
        if frame is None:
            raise Unfit(Fault.CLIP_DAMAGED)
        check_film(frame.width, frame.height, 0, 1)
        self.turned = round(frame.rotation / 90) * 90
        self.still = _upright(frame.to_image(), self.turned)  # type: ignore[no-untyped-call]  # PyAV's
        self.is_played_everywhere = film.codec_context.name == "h264" and frame.format.name in (
            "yuv420p",
            "yuvj420p",
        )

    def wound(self, source: InputContainer) -> bytes:
        """The new file. It stands in memory, under a name that the library can open twice."""
        memory = os.memfd_create("film")
        film = source.streams.video[0]
        sound = next((one for one in source.streams.audio if is_opened(one)), None)
        with av.open(f"/proc/self/fd/{memory}", "w", format="mp4", options=_WRITTEN) as target:
            carriers: dict[int, Carrier] = {film.index: self._film(film, target)}
            if sound is not None:
                carriers[sound.index] = _Sound(sound, target)
            for packet in source.demux([one for one in (film, sound) if one is not None]):
                target.mux(list(carriers[packet.stream.index].carry(packet)))
        with os.fdopen(memory, "rb") as whole:
            whole.seek(0)
            return whole.read()

    def _film(self, film: VideoStream, target: OutputContainer) -> "Carrier":
        if self.is_played_everywhere:
            return _Copied(film, target)
        return _Filmed(film, target, self.still.size, self.turned)


class Carrier(Protocol):
    """Takes one stream to the new file."""

    def carry(self, packet: "Packet[Any]") -> "Iterable[Packet[Any]]":
        """What stands in the new file for a packet of the old one; an empty packet ends it."""


class _Copied:
    """Film as it is, but for its notes."""

    def __init__(self, film: VideoStream, target: OutputContainer) -> None:
        self.stream = target.add_stream_from_template(film, opaque=True)
        self.bare = BitStreamFilterContext(_BARE, film, self.stream)

    def carry(self, packet: "Packet[Any]") -> "Iterator[Packet[Any]]":
        for one in self.bare.filter(packet if packet.size else None):
            one.stream = self.stream
            yield one


class _Filmed:
    """Film that is decoded, set upright, made smaller and encoded."""

    def __init__(
        self, film: VideoStream, target: OutputContainer, size: tuple[int, int], turned: int
    ) -> None:
        self.stream = target.add_stream("libx264", rate=_RATE, options=_FILMED)
        self.stream.width, self.stream.height = _fitted(size)
        self.stream.pix_fmt = "yuv420p"
        self.stream.thread_count = film.codec_context.thread_count = _THREADS
        self.stream.codec_context.time_base = _CLOCK
        self.bare = BitStreamFilterContext(_BARE, "h264")
        self.not_before = -inf
        self.graph = _graph(film, (self.stream.width, self.stream.height), turned)

    def carry(self, packet: "Packet[Any]") -> "Iterator[Packet[Any]]":
        for frame in packet.decode():
            check_film(frame.width, frame.height, 0, 1)
            if frame.pts is None or frame.time < self.not_before:
                continue
            self.not_before = frame.time + _LEAST
            self.graph.vpush(frame)
            yield from self._encoded()
        if not packet.size:
            self.graph.vpush(None)
            yield from self._encoded()
            yield from self._without_notes(self.stream.encode(None))

    def _encoded(self) -> "Iterator[Packet[Any]]":
        with suppress(av.BlockingIOError, av.EOFError):
            while True:
                frame = self.graph.vpull()
                frame.pict_type = 0
                yield from self._without_notes(self.stream.encode(frame))

    def _without_notes(self, packets: "Iterable[Packet[Any]]") -> "Iterator[Packet[Any]]":
        for packet in packets:
            for one in self.bare.filter(packet):
                one.stream = self.stream
                yield one


class _Sound:
    """Sound that is decoded and encoded."""

    def __init__(self, sound: AudioStream, target: OutputContainer) -> None:
        layout = "stereo" if sound.channels > 1 else "mono"
        self.stream = target.add_stream("aac", rate=_SAMPLES, layout=layout, bit_rate=_SOUND)

    def carry(self, packet: "Packet[AudioStream]") -> "Iterator[Packet[Any]]":
        for frame in packet.decode():
            check_film(1, 1, frame.time or 0, 0)
            yield from self.stream.encode(frame)
        if not packet.size:
            yield from self.stream.encode(None)


def is_opened(stream: Stream) -> bool:
    """Whether a stream is of a kind that is opened at all."""
    context: Any = stream.codec_context  # None where no decoder is known, whatever its type says.
    return context is not None and context.name in CODECS


def _graph(film: VideoStream, size: tuple[int, int], turned: int) -> Graph:
    graph = Graph()
    nodes = [
        graph.add_buffer(template=film),
        *(graph.add(name, way) for name, way in _TURNS.get(turned, ())),
        graph.add("scale", f"{size[0]}:{size[1]}"),
        graph.add("format", "yuv420p"),
        graph.add("setsar", "1"),
        graph.add("buffersink"),
    ]
    graph.link_nodes(*nodes).configure()
    return graph


def _fitted(size: tuple[int, int]) -> tuple[int, int]:
    """The size of film that is filmed anew: in proportion, bounded, and even as encoders ask."""
    scale = min(1, _SIDE / max(size))
    width, height = (max(2, round(side * scale / 2) * 2) for side in size)
    return width, height


def _upright(picture: Image.Image, turned: int) -> Image.Image:
    return picture.transpose(_TRANSPOSED[turned]) if turned in _TRANSPOSED else picture
