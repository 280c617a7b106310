"""A chart as SVG: the same layout, written for whoever wants to enlarge or to print it."""

from collections.abc import Iterator
from xml.sax.saxutils import escape, quoteattr

from mobilizer.sharing.rules.cards import Card
from mobilizer.sharing.rules.items import Box, Item, Sign, Text
from mobilizer.sharing.rules.layout import laid_out
from mobilizer.sharing.rules.letters import measure
from mobilizer.sharing.rules.looks import COLOURS, HATCH, SIGNS, Face, Ring, Shape, Stroke

#: The letters are those of the reader's own machine: the file names them and brings none along.
FAMILIES = {
    Face.TITLE: ("IBM Plex Serif, Georgia, serif", 700),
    Face.QUOTE: ("IBM Plex Serif, Georgia, serif", 400),
    Face.TEXT: ("IBM Plex Sans, Arial, sans-serif", 400),
    Face.STRONG: ("IBM Plex Sans, Arial, sans-serif", 700),
}
PATTERNS = (
    '<defs><pattern id="hatch" width="10" height="10" patternUnits="userSpaceOnUse" '
    f'patternTransform="rotate(45)"><rect width="10" height="10" fill="{COLOURS["card"]}"/>'
    f'<rect width="4" height="10" fill="{HATCH}"/></pattern>'
    '<pattern id="dots" width="14" height="14" patternUnits="userSpaceOnUse">'
    f'<rect width="14" height="14" fill="{COLOURS["card"]}"/>'
    f'<circle cx="7" cy="7" r="2.2" fill="{COLOURS["muted"]}"/></pattern></defs>'
)


def svg(card: Card, shape: Shape) -> str:
    """The picture of a card as a drawing that holds nothing but shapes and words."""
    items = laid_out(card, shape, measure)
    drawn = "\n".join(line for item in items for line in _written(item))
    size = f'width="{shape.width}" height="{shape.height}"'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {shape.width} {shape.height}" '
        f'{size} role="img" xml:lang={quoteattr(card.language)}>\n'
        f"<title>{escape(card.in_words)}</title>\n{PATTERNS}\n"
        f'<rect {size} fill="{COLOURS["paper"]}"/>\n{drawn}\n</svg>\n'
    )


def _written(item: Item) -> Iterator[str]:
    if isinstance(item, Box):
        yield _box(item)
    elif isinstance(item, Sign):
        yield from _sign(item)
    else:
        yield _text(item)


def _text(item: Text) -> str:
    family, weight = FAMILIES[item.face]
    return (
        f'<text x="{item.x:.1f}" y="{item.y:.1f}" font-family={quoteattr(family)} '
        f'font-size="{item.size}" font-weight="{weight}" fill="{COLOURS[item.fill]}">'
        f"{escape(item.text)}</text>"
    )


def _box(item: Box) -> str:
    fill = f"url(#{item.pattern})" if item.pattern else COLOURS[item.fill]
    inset = 1 if item.outline else 0
    outline = f' stroke="{COLOURS[item.outline]}" stroke-width="2"' if item.outline else ""
    width, height = max(0, item.width - 2 * inset), max(0, item.height - 2 * inset)
    return (
        f'<rect x="{item.x + inset:.1f}" y="{item.y + inset:.1f}" width="{width:.1f}" '
        f'height="{height:.1f}" rx="{item.radius:.1f}" fill="{fill}"{outline}/>'
    )


def _sign(item: Sign) -> Iterator[str]:
    colour = COLOURS[item.fill]
    place = f"translate({item.x:.1f} {item.y:.1f}) scale({item.size / 16:.3f})"
    yield (
        f'<g transform="{place}" fill="none" stroke="{colour}" stroke-width="2" '
        'stroke-linecap="round" stroke-linejoin="round">'
    )
    for part in SIGNS[item.rating]:
        yield from _part(part, colour)
    yield "</g>"


def _part(part: Stroke | Ring, colour: str) -> Iterator[str]:
    if isinstance(part, Ring):
        r = part.radius
        yield f'<circle cx="8" cy="8" r="{r}"/>'
        if part.half:
            yield f'<path d="M8 {8 - r}a{r} {r} 0 010 {2 * r}z" fill="{colour}" stroke="none"/>'
        return
    points = " ".join(f"{x},{y}" for x, y in part.points)
    yield f'<polyline points="{points}"/>'
