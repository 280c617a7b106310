"""Taking another tracker's promises and verdicts in. The caller commits."""

from mobilizer.imports.actions.taking import Run, take_in

__all__ = ["Run", "take_in"]
