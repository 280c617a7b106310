"""Telling the demonstration: through the same actions as people take, at the story's own times."""

from mobilizer.demo.actions.telling import tell

__all__ = ["tell"]
