"""What may be shown elsewhere, and what search engines are told of."""

from mobilizer.sharing.queries.listing import last_finding, listed_cycles, part, parts_of
from mobilizer.sharing.queries.subjects import Subject, subject

__all__ = [
    "Subject",
    "last_finding",
    "listed_cycles",
    "part",
    "parts_of",
    "subject",
]
