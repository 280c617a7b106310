"""Cards to draw: a score and a promise, with whatever a test changes of them."""

from dataclasses import replace
from typing import Any

from mobilizer.scoring.rules import Rating
from mobilizer.sharing.rules.cards import Card, Piece

NOTES = ("57 of 146 promises are rated, as of 29 November 2026.", "Method, version 1.0")


def pieces(*counts: int) -> tuple[Piece, ...]:
    """A piece for each rating, in order."""
    return tuple(
        Piece(rating, rating.label, count, str(count))
        for rating, count in zip(Rating, counts, strict=True)
    )


def a_score(**changed: Any) -> Card:
    card = Card(
        language="en",
        over="Elections 2024",
        title="Health",
        notes=NOTES,
        source="promises.example",
        figure="41\u00a0%",
        words="fulfilled, of 57 rated promises.",
        pieces=pieces(12, 9, 20, 8, 4, 4, 2, 87),
        has_score=True,
        covered="25 of 80 municipalities are monitored; no conclusion about the others.",
    )
    return replace(card, **changed)


def a_promise(**changed: Any) -> Card:
    card = Card(
        language="en",
        over="Elections 2024",
        title="New kindergartens",
        notes=NOTES[1:],
        source="promises.example",
        quote="We will build twenty-five kindergartens.",
        quoted_in="en",
        author="Bridge Party",
        verdict=Piece(Rating.KEPT, "Kept", 1, "1"),
    )
    return replace(card, **changed)
