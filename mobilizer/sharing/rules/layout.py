"""Where everything on a picture stands. Pure: given how wide texts are, nothing is drawn here."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from mobilizer.core.drawing import segments
from mobilizer.core.text import excerpt
from mobilizer.scoring.rules import Rating
from mobilizer.sharing.rules.cards import Card, Piece, quoted
from mobilizer.sharing.rules.fitting import Width, fitted, plain, wrapped
from mobilizer.sharing.rules.items import Block, Box, Item, Sign, Text
from mobilizer.sharing.rules.looks import PATTERNS, Face, Shape

#: How wide a text is in a face and a size.
Measure = Callable[[str, Face, int], float]

BRAND = "Mobilizer"
#: The whole is made smaller in these steps until it fits.
SCALES = (1.0, 0.93, 0.86, 0.79, 0.72, 0.66, 0.6, 0.54, 0.48)
LEADING = 1.3
LEADING_OF_TITLES = 1.12
QUOTE_LINES = 16


def laid_out(card: Card, shape: Shape, measure: Measure) -> list[Item]:
    """Everything on a picture of this shape, inside its edges however long the texts are."""
    setting = set_in(card, shape, measure)
    top, bottom = setting.top(card), setting.bottom(card)
    items = top.at(shape.margin, shape.edge)
    # What is left over stands above and below; a little more below looks calm.
    y = shape.edge + top.height + max(0.0, setting.leaves(card)) * 0.45
    for block in setting.middle(card):
        y += block.above * setting.text
        items += block.at(shape.margin, y)
        y += block.height
    return items + bottom.at(shape.margin, shape.height - shape.edge - bottom.height)


def set_in(card: Card, shape: Shape, measure: Measure) -> "Setting":
    """The largest setting in which everything fits, with the whole name if that is possible."""
    settings = [Setting(shape, scale, measure) for scale in SCALES]
    fit = [one for one in settings if one.leaves(card) >= 0] or settings[-1:]
    return next((one for one in fit if one.names_all(card)), fit[0])


@dataclass(frozen=True)
class Setting:
    """Sets a card's texts in the sizes of a shape, made smaller by a scale."""

    shape: Shape
    scale: float
    measure: Measure

    @property
    def text(self) -> int:
        """The size of plain text."""
        return round(self.shape.text * self.scale)

    def leaves(self, card: Card) -> float:
        """How much of the height is left over; less than nothing where the card does not fit."""
        needed = sum(block.height + block.above * self.text for block in self.middle(card))
        room = self.shape.height - 2 * self.shape.edge
        return room - self.top(card).height - self.bottom(card).height - needed

    def names_all(self, card: Card) -> bool:
        """Whether the name is told without leaving anything out."""
        size = self.title(card)
        found = wrapped(plain(card.title), self.shape.room, self.width(Face.TITLE, size))
        return len(found) <= self.shape.lines

    def title(self, card: Card) -> int:
        """The size of the name; of a promise the words are the hero, and its title says less."""
        return round(self.shape.title * self.scale * (0.62 if card.verdict else 1))

    def width(self, face: Face, size: int) -> Width:
        """How wide a text is in this face and size."""
        return lambda text: self.measure(text, face, size)

    def lines(
        self, text: str, face: Face, size: int, *, most: int, fill: str = "ink", above: float = 0.6
    ) -> Block:
        """A text in lines of the whole width."""
        leading = LEADING_OF_TITLES if face is Face.TITLE else LEADING
        room = self.shape.room
        found = fitted(plain(text), room, most, self.width(face, size))
        height = size * leading
        items = tuple(
            Text(0, at * height + size, line, face, size, fill) for at, line in enumerate(found)
        )
        return Block(height * len(found), items, above)

    def top(self, card: Card) -> Block:
        """Whose it is, and that it is a demonstration where it is one."""
        size = round(self.shape.text * 1.15)
        rule = Box(0, size * 1.5, self.shape.room, 2, "line")
        items: list[Item] = [Text(0, size, BRAND, Face.TITLE, size), rule]
        if plain(card.banner):
            room = self.shape.room - self.measure(BRAND, Face.TITLE, size) - 3 * size
            small = self.within(room, plain(card.banner), Face.STRONG)
            said = fitted(plain(card.banner), room, 1, self.width(Face.STRONG, small))[0]
            wide = self.measure(said, Face.STRONG, small) + small * 1.2
            x = self.shape.room - wide
            items += [
                Box(x, -small * 0.2, wide, small * 1.7, "warn-ground", small * 0.35, "warn"),
                Text(x + small * 0.6, small, said, Face.STRONG, small, "warn"),
            ]
        return Block(size * 1.5 + 2, tuple(items), 0)

    def within(self, room: float, text: str, face: Face) -> int:
        """The largest small size in which a text keeps to one line; it may have to be cut then."""
        sizes = [round(self.shape.text * share) for share in (0.85, 0.75, 0.65, 0.55)]
        return next((one for one in sizes if self.measure(text, face, one) <= room), sizes[-1])

    def middle(self, card: Card) -> list[Block]:
        """The name of the thing, and the number or the promise."""
        over = round(self.text * 0.95)
        blocks = [
            self.lines(card.over, Face.TEXT, over, most=2, fill="muted"),
            self.lines(card.title, Face.TITLE, self.title(card), most=self.shape.lines, above=0.15),
        ]
        return blocks + (self.of_promise(card) if card.verdict else self.of_score(card))

    def of_score(self, card: Card) -> list[Block]:
        """The number with its words, the bar, what its colours mean."""
        bar = Block(self.text * 2.4, tuple(self.bar(card.pieces)), 0.9)
        return [*self.number(card), bar, self.legend(card.pieces)]

    def number(self, card: Card) -> list[Block]:
        """The figure, and what it counts beside it or below."""
        share = self.shape.figure * self.scale
        size = round(share if card.has_score else share * 0.45)
        wide = self.measure(card.figure, Face.TITLE, size)
        words = round(self.text * 1.25)
        gap = words * 0.9
        room = self.shape.room - wide - gap
        if not self.shape.is_beside or room < words * 6:
            figure = self.lines(card.figure, Face.TITLE, size, most=2)
            return [figure, self.lines(card.words, Face.TEXT, words, most=4, above=0.1)]
        found = fitted(plain(card.words), room, 4, self.width(Face.TEXT, words))
        tall, step = size * 0.98, words * LEADING
        height = max(tall, step * len(found))
        first = height - step * len(found) + words - (0.12 * size if card.has_score else 0)
        lines = [
            Text(wide + gap, max(first, words) + at * step, line, Face.TEXT, words)
            for at, line in enumerate(found)
        ]
        base = height - tall + size * 0.84
        return [Block(height, (Text(0, base, card.figure, Face.TITLE, size), *lines), 0.5)]

    def bar(self, pieces: Sequence[Piece]) -> list[Item]:
        """One rectangle a rating, with its sign and count where they fit."""
        room, height = self.shape.room, self.text * 2.4
        by_rating = {piece.rating: piece for piece in pieces}
        items: list[Item] = []
        for one in segments((piece.rating, piece.count) for piece in pieces):
            x, width = one.x * room / 100, one.width * room / 100
            pattern = PATTERNS.get(one.key, "")
            outline = "edge" if pattern else ""
            items.append(Box(x, 0, width, height, one.key.css, 4, outline, pattern))
            items += self._inside(by_rating[one.key], x, width, height)
        return items or [Box(0, 0, room, height, "line", 4)]

    def _inside(self, piece: Piece, x: float, width: float, height: float) -> list[Item]:
        size, sign = round(self.text * 1.05), self.text * 1.3
        fill, pad = f"on-{piece.rating.css}", self.text * 0.4
        number = self.measure(piece.shown, Face.STRONG, size)
        base = height / 2 + size * 0.36
        if width >= sign + number + 2.6 * pad:
            ground = self._ground(piece, x + pad * 0.6, sign + number + pad * 1.4, height)
            return [
                *ground,
                Sign(x + pad, (height - sign) / 2, sign, piece.rating, fill),
                Text(x + pad * 1.5 + sign, base, piece.shown, Face.STRONG, size, fill),
            ]
        if width >= number + pad:
            middle = x + (width - number) / 2
            ground = self._ground(piece, middle - 3, number + 6, height)
            return [*ground, Text(middle, base, piece.shown, Face.STRONG, size, fill)]
        return []

    def _ground(self, piece: Piece, x: float, width: float, height: float) -> list[Item]:
        """A plain ground under what is written on a pattern."""
        if piece.rating not in PATTERNS:
            return []
        tall = self.text * 1.5
        return [Box(x, (height - tall) / 2, width, tall, "card", 4)]

    def legend(self, pieces: Sequence[Piece]) -> Block:
        """What the colours and signs mean, and how many bear each."""
        size = round(self.text * 0.92)
        sign, gap, step = size * 1.25, size * 1.1, size * 1.75
        items: list[Item] = []
        x = y = 0.0
        for piece in pieces:
            if not piece.count:
                continue
            said = f"{plain(piece.label)} "
            label = self.measure(said, Face.TEXT, size)
            number = self.measure(piece.shown, Face.STRONG, size)
            wide = sign + size * 0.4 + label + number
            if x and x + wide > self.shape.room:
                x, y = 0.0, y + step
            at = x + sign + size * 0.4
            items += [
                *self._swatch(piece.rating, x, y, sign, size * 0.2),
                Text(at, y + size, said.rstrip(), Face.TEXT, size),
                Text(at + label, y + size, piece.shown, Face.STRONG, size),
            ]
            x += wide + gap
        return Block(y + step if items else 0, tuple(items), 0.7)

    def _swatch(self, rating: Rating, x: float, y: float, size: float, radius: float) -> list[Item]:
        outline = "edge" if rating in PATTERNS else ""
        return [
            Box(x, y, size, size, rating.css, radius, outline),
            Sign(x, y, size, rating, f"on-{rating.css}"),
        ]

    def of_promise(self, card: Card) -> list[Block]:
        """The exact words, who gave them, and what is found about them."""
        if card.verdict is None:
            return []
        words = plain(excerpt(card.quote, self.shape.quote))
        size = round(self.shape.text * 1.42 * self.scale)
        said = quoted(words, card.quoted_in)
        quote = self.lines(said, Face.QUOTE, size, most=QUOTE_LINES, above=0.7)
        author = self.lines(card.author, Face.STRONG, self.text, most=2, above=0.5)
        return [quote, author, self.chip(card.verdict)]

    def chip(self, verdict: Piece) -> Block:
        """The rating as on the pages: sign and word in a round frame."""
        size = round(self.text * 1.25)
        sign, pad = size * 1.3, size * 0.45
        tall = sign + 2 * pad
        wide = sign + self.measure(plain(verdict.label), Face.STRONG, size) + pad * 3.4
        inside = self._swatch(verdict.rating, pad, pad, sign, sign / 2)
        frame = Box(0, 0, wide, tall, "card", tall / 2, "ink")
        said = Text(sign + pad * 2, tall / 2 + size * 0.36, plain(verdict.label), Face.STRONG, size)
        return Block(tall, (frame, *inside, said), 0.9)

    def bottom(self, card: Card) -> Block:
        """What a number owes: how many are rated, the day, the method, and where to look it up."""
        size = round(self.shape.text * 0.86)
        height, items = 0.0, list[Item]()
        *notes, last = card.notes
        if card.covered:
            notes.append(card.covered)
        for note in (*notes, f"{last} · {card.source}" if card.source else last):
            block = self.lines(note, Face.TEXT, size, most=2, fill="muted")
            items += block.at(0, height)
            height += block.height
        return Block(height, tuple(items), 0)
