"""What is typed of a promise: shape, not meaning."""

from collections.abc import Mapping
from typing import Any

from mobilizer.cycles.models import Cycle
from mobilizer.promises.forms.about import AboutScreen
from mobilizer.promises.forms.measure import MeasureScreen
from mobilizer.promises.forms.source import SourceScreen
from mobilizer.promises.forms.steps import Screen
from mobilizer.promises.forms.typed import typed_of
from mobilizer.promises.forms.words import WordsScreen
from mobilizer.promises.rules.values import PromiseValues

__all__ = ["SCREENS", "Screen", "screens", "typed_of", "values_of"]

#: The screens of logging, in their order, by name.
SCREENS: dict[str, type[Screen]] = {
    screen.name: screen for screen in (WordsScreen, SourceScreen, AboutScreen, MeasureScreen)
}


def screens(cycle: Cycle, typed: Mapping[str, Any]) -> dict[str, Screen]:
    """All screens, filled from what was typed; they are to be read, not sent."""
    return {name: screen(cycle, typed, guarded=False) for name, screen in SCREENS.items()}


def values_of(cycle: Cycle, filled: Mapping[str, Screen]) -> PromiseValues:
    """What the screens say together. They must be valid."""
    parts: dict[str, Any] = {"cycle_id": cycle.id}
    for screen in filled.values():
        parts |= screen.part()
    return PromiseValues(**parts)
