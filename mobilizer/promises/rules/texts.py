"""The texts of a promise in which people search."""

from collections.abc import Mapping
from typing import Protocol


class Said(Protocol):
    """A promise, as far as it is searched."""

    @property
    def exact_words(self) -> str:
        """Word by word."""

    @property
    def titles(self) -> Mapping[str, str]:
        """Its names, by language."""

    @property
    def speaker(self) -> str:
        """Who said it."""

    @property
    def institution(self) -> str:
        """Who is to do it."""


def searched(promise: Said) -> tuple[str, ...]:
    """Its exact words, its names in each language, who said it and who is to do it."""
    return (promise.exact_words, *promise.titles.values(), promise.speaker, promise.institution)
