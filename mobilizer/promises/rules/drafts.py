"""What was typed of a promise and not saved yet."""

from collections.abc import Mapping

from mobilizer.core import marks

#: What was typed, as the forms' fields have it.
Typed = Mapping[str, list[str]]


def part(kept: Typed, screen: Typed) -> Typed:
    """Of all that is kept, what stands on the screen that these fields are of."""
    names = {name.partition("-")[0] for name in screen}
    return {name: texts for name, texts in kept.items() if name.partition("-")[0] in names}


def mark(typed: Typed) -> str:
    """A short name for exactly what stands on a screen, to tell by whether it has changed since."""
    there = {name: list(texts) for name, texts in typed.items() if any(texts)}
    return marks.mark(there)
