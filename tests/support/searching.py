"""What is found for words, with whatever is kept of them by now."""

from collections.abc import Iterable

from mobilizer.search import queries


def ranked(words: Iterable[str]) -> tuple[int, int, int]:
    """The sets of promises that have all of some words, the best first."""
    sought = tuple(words)
    return queries.ranked(sought, queries.kept_of(sought))


def each(words: Iterable[str]) -> dict[str, int]:
    """The set of promises for each of some words."""
    sought = tuple(words)
    return queries.each(sought, queries.kept_of(sought))
