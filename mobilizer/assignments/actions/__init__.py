"""Putting promises into mobilizers' hands, and taking them out again. The caller commits."""

from mobilizer.assignments.actions.single import add, assign, hold, withdraw
from mobilizer.assignments.actions.table import assign_all, planned

__all__ = ["add", "assign", "assign_all", "hold", "planned", "withdraw"]
