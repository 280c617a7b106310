"""Pictures and charts: of what is public, drawn once, kept for good under what they say."""

from contextlib import suppress
from functools import partial

from flask import Response, redirect
from flask.typing import ResponseReturnValue

from mobilizer.core.policy import public
from mobilizer.core.storage import as_drawing, media
from mobilizer.cycles.queries import public_cycle
from mobilizer.sharing.queries import Subject, subject
from mobilizer.sharing.rules.cards import Card, Kind
from mobilizer.sharing.rules.looks import SHAPES
from mobilizer.sharing.rules.painting import png
from mobilizer.sharing.rules.writing import svg
from mobilizer.sharing.views import addresses
from mobilizer.sharing.views.cards import card
from mobilizer.sharing.views.easel import AGAIN, Easel
from mobilizer.sharing.views.frame import bp

#: How many drawn pictures are kept; the oldest give way. They are drawn again when asked for.
MOST_KEPT = 2000
#: In each process one is drawn, and one more waits for it.
EASEL = Easel(most=2, patience=2.0)

_SHAPE = "<any(wide, square, tall, chart):shape>-<mark>.<any(png, svg):ending>"
_KINDS = "<any(topics, parties, regions, municipalities, promises):kind>"


@bp.get(f"/share/<lang>/<cycle>/{_SHAPE}")
@public
def picture_of_cycle(cycle: str, shape: str, mark: str, ending: str) -> ResponseReturnValue:
    found = public_cycle(cycle)
    return _answer(subject(Kind.CYCLE, cycle, found), shape, mark, ending)


@bp.get(f"/share/<lang>/<cycle>/{_KINDS}/<code>/{_SHAPE}")
@public
def picture(
    cycle: str, kind: str, code: str, shape: str, mark: str, ending: str
) -> ResponseReturnValue:
    found = subject(Kind(kind), code, public_cycle(cycle))
    return _answer(found, shape, mark, ending)


def _answer(found: Subject, shape: str, mark: str, ending: str) -> ResponseReturnValue:
    """The picture if it says what its address says; else lead to the one of today.

    A hash that was guessed draws nothing: only what is said now is ever drawn.
    """
    said = card(found)
    served = ending if shape == "chart" else "png"
    if mark != said.mark(shape) or ending != served:
        return redirect(addresses.picture(found, said, shape, served))
    content = svg(said, SHAPES[shape]).encode() if ending == "svg" else _drawn(said, shape)
    if content is None:
        return Response("", 503, {"Retry-After": str(AGAIN)}, mimetype="text/plain")
    answer = as_drawing(content, ending)
    answer.headers["Cache-Control"] = "public, max-age=31536000, immutable"
    return answer


def _drawn(said: Card, shape: str) -> bytes | None:
    """A picture as PNG, drawn the first time it is asked for; None while others are drawn."""
    name = f"drawn/{said.digest(shape)}.png"
    if (kept := media().get(name)) is not None:
        return kept
    return EASEL.draw(partial(_kept, name, said, shape))


def _kept(name: str, said: Card, shape: str) -> bytes:
    """Draw a picture, unless it was drawn while one waited, and keep it."""
    if (kept := media().get(name)) is not None:
        return kept
    content = png(said, SHAPES[shape])
    with suppress(OSError):  # On a full disk it is drawn again next time.
        media().put(name, content)
        media().keep_newest("drawn", MOST_KEPT)
    return content
