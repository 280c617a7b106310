"""Taking in what was published elsewhere. The caller commits."""

from mobilizer.imports.actions.package import Taken, take_over
from mobilizer.imports.actions.taking import Run, take_in

__all__ = ["Run", "Taken", "take_in", "take_over"]
