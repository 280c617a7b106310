"""The pages on which promises are put into mobilizers' hands."""

from mobilizer.assignments.views import listing, single, table
from mobilizer.assignments.views.frame import bp

__all__ = ["bp", "listing", "single", "table"]
