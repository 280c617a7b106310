"""Clips: the film and the sound taken out of their file and put into a new one.

Place, time, camera, owner, comments, tracks of positions or subtitles: none of it is in the new
file, because two streams are carried over and nothing else. Film that every browser plays is
carried over as it is, but for the notes that can stand between its pictures; other film is
filmed anew, smaller. Sound is always decoded and written anew.
"""

from io import BytesIO

import av
from av.container import InputContainer

from mobilizer.evidence.rules.clips import check_film, container_of
from mobilizer.evidence.rules.copies import FILM
from mobilizer.evidence.rules.faults import Fault, Unfit
from mobilizer.evidence.rules.redrawing import Redrawn
from mobilizer.evidence.rules.redrawing.pictures import bared, copies_of
from mobilizer.evidence.rules.redrawing.reels import CODECS, Reel, is_opened

_OPENED = {"codec_whitelist": ",".join(CODECS), "protocol_whitelist": "", "max_streams": "20"}

#: A file that ends so many seconds before it says it does was cut off.
_CUT_OFF = 2

#: What PyAV says of a file that is broken, and what it cannot do with one.
_UNREADABLE = (av.FFmpegError, OSError, ValueError, RuntimeError, IndexError)


def redrawn_film(content: bytes) -> Redrawn:
    """Film a clip anew, with a still as its face.

    Raises:
        Unfit: it is not a film that can be read, or out of bounds.
    """
    try:
        with _opened(content) as source:
            said, seconds = _measured(source)
        if seconds < said - _CUT_OFF:
            raise Unfit(Fault.CLIP_DAMAGED)
        with _opened(content) as source:
            reel = Reel(source)
            still = bared(reel.still)
        with _opened(content) as source:
            film = reel.wound(source)
    except _UNREADABLE:
        raise Unfit(Fault.CLIP_DAMAGED) from None
    duration = max(1, round(seconds * 1000))
    return Redrawn(still.width, still.height, duration, {**copies_of(still), FILM: film})


def _opened(content: bytes) -> InputContainer:
    name = container_of(content[:16])
    if name is None:
        raise Unfit(Fault.NO_CLIP)
    return av.open(BytesIO(content), "r", format=name, options=_OPENED)


def _measured(source: InputContainer) -> tuple[float, float]:
    """How long a clip says it lasts, and how long it does; what it says is not believed.

    Raises:
        Unfit: it has no film, or is out of bounds.
    """
    film = next(iter(source.streams.video), None)
    if film is None or not is_opened(film):
        raise Unfit(Fault.NO_CLIP)
    said = float((film.duration or 0) * (film.time_base or 0))
    check_film(film.width, film.height, said, film.frames)
    first, last, frames = None, 0.0, 0
    for packet in source.demux(film):
        if packet.pts is None or packet.time_base is None:
            continue
        at = float(packet.pts * packet.time_base)
        first = at if first is None else min(first, at)
        last = max(last, at + float((packet.duration or 0) * packet.time_base))
        frames += 1
        check_film(film.width, film.height, last - first, frames)
    if first is None:
        raise Unfit(Fault.CLIP_DAMAGED)
    return said, last - first
