"""What may be shown elsewhere, and what search engines are told of."""

from mobilizer.sharing.queries.listing import last_finding, listed_cycles, lists_of_parts, part
from mobilizer.sharing.queries.subjects import Subject, subject

__all__ = [
    "Subject",
    "last_finding",
    "listed_cycles",
    "lists_of_parts",
    "part",
    "subject",
]
