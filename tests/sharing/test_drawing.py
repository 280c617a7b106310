"""Pictures as files: their size, what is in them, and that nothing tells who made them or when."""

import re
import struct
from io import BytesIO
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from PIL import Image

from mobilizer.scoring.rules import Rating
from mobilizer.sharing.rules.letters import letters, measure
from mobilizer.sharing.rules.looks import COLOURS, HATCH, SHAPES, Face
from mobilizer.sharing.rules.painting import png
from mobilizer.sharing.rules.writing import svg
from tests.sharing.cards import a_promise, a_score, pieces

TOKENS = Path(__file__).resolve().parents[2] / "static/css/tokens.css"
SIZES = {"wide": (1200, 630), "square": (1080, 1080), "tall": (1080, 1920), "chart": (1200, 480)}
#: Every letter that our four languages and the quotations in Turkish and Spanish are written in.
ALPHABETS = (
    "ABCÇDEËFGHIJKLMNOPQRSTUVXYZabcçdeëfghijklmnopqrstuvxyzČĆĐŠŽčćđšžĞİÖŞÜğıöşüÁÉÍÑÓÚáéíñóú¿¡"
    "АБВГДЃЕЖЗЅИЈКЛЉМНЊОПРСТЌУФХЦЧЏШабвгдѓежзѕијклљмнњопрстќуфхцчџшЂЋђћЀЍѐѝ"
    "0123456789.,;:!?%½–—…„“”‘’'\"()·×№€\u00a0"
)


def chunks(content: bytes) -> list[str]:
    """The names of a PNG's chunks."""
    found, at = [], 8
    while at < len(content):
        (length,) = struct.unpack(">I", content[at : at + 4])
        found.append(content[at + 4 : at + 8].decode())
        at += length + 12
    return found


@pytest.mark.parametrize("name", SHAPES)
def test_a_picture_has_its_size_and_nothing_but_pixels(name: str) -> None:
    content = png(a_score(), SHAPES[name])
    with Image.open(BytesIO(content)) as picture:
        assert (picture.format, picture.size, picture.info) == ("PNG", SIZES[name], {})
    assert set(chunks(content)) == {"IHDR", "PLTE", "IDAT", "IEND"}
    assert len(content) < 150_000


def test_the_same_words_are_the_same_bytes() -> None:
    assert png(a_promise(), SHAPES["wide"]) == png(a_promise(), SHAPES["wide"])


def test_a_pattern_is_drawn_in_its_own_colour() -> None:
    """Of few colours each of ours is one: none is drawn in one that is only near it."""
    card = a_score(pieces=pieces(1, 1, 1, 1, 1, 1, 1, 1))
    with Image.open(BytesIO(png(card, SHAPES["wide"]))) as picture:
        colours = {colour for _, colour in picture.convert("RGB").getcolors(1 << 24) or ()}
    assert rgb(HATCH) in colours


def test_a_picture_shows_the_colours_of_its_ratings() -> None:
    card = a_score(pieces=pieces(5, 0, 0, 0, 0, 5, 0, 0))
    with Image.open(BytesIO(png(card, SHAPES["wide"]))) as picture:
        colours = {colour for _, colour in picture.convert("RGB").getcolors(1 << 24) or ()}
    shown = {rating for rating in Rating if rgb(COLOURS[rating.css]) in colours}
    assert {Rating.KEPT, Rating.BROKEN} <= shown
    assert not {Rating.PARTLY_KEPT, Rating.IN_PROGRESS, Rating.STALLED} & shown


def rgb(colour: str) -> tuple[int, ...]:
    return tuple(bytes.fromhex(colour.removeprefix("#")))


def test_the_colours_are_those_of_the_pages_by_day() -> None:
    by_day = TOKENS.read_text("utf-8").partition("@media")[0]
    named = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", by_day))
    assert {name: named[name] for name in COLOURS} == COLOURS


@pytest.mark.parametrize("face", Face)
def test_every_letter_of_our_languages_is_in_the_fonts(face: Face) -> None:
    font = letters(face, 40)
    missing = bytes(font.getmask("\U0010fffe"))
    without = [sign for sign in ALPHABETS if bytes(font.getmask(sign)) == missing]
    assert not without
    assert measure("Ќе", face, 40) > measure("Ќ", face, 40) > 0


def test_a_chart_is_a_drawing_without_script_or_anything_from_elsewhere() -> None:
    said = svg(a_score(title='<script>alert("x")</script> & "more"'), SHAPES["chart"])
    tree = ET.fromstring(said)
    names = {element.tag.rpartition("}")[2] for element in tree.iter()}
    assert names <= set("svg title defs pattern rect circle text g path polyline".split())
    assert not re.search(r"href|style=|url\((?!#)|on\w+=", said)
    assert "&lt;script&gt;" in said


def test_a_chart_says_in_words_what_it_shows() -> None:
    tree = ET.fromstring(svg(a_score(), SHAPES["chart"]))
    title = tree.findtext("{http://www.w3.org/2000/svg}title") or ""
    for must in ("Health", "41\u00a0% fulfilled", "Kept: 12", "as of 29 November 2026"):
        assert must in title
