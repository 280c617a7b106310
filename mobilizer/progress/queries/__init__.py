"""What may be counted, by whom, and what stands behind each number."""

from mobilizer.progress.queries.behind import Behind, behind
from mobilizer.progress.queries.pairs import Narrowed
from mobilizer.progress.queries.table import Line, Table, counts, table
from mobilizer.progress.queries.visible import (
    cycles_of,
    mentors_in,
    mobilizers_in,
    months_so_far,
    overseen_by,
    regions_in,
)

__all__ = [
    "Behind",
    "Line",
    "Narrowed",
    "Table",
    "behind",
    "counts",
    "cycles_of",
    "mentors_in",
    "mobilizers_in",
    "months_so_far",
    "overseen_by",
    "regions_in",
    "table",
]
