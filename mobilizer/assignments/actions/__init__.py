"""Putting promises into mobilizers' hands, and taking them out again. The caller commits."""

from mobilizer.assignments.actions.single import assign, withdraw
from mobilizer.assignments.actions.table import assign_all, planned

__all__ = ["assign", "assign_all", "planned", "withdraw"]
