"""Which promises may be read, and by whom. Every list and look-up of promises starts here."""

from mobilizer.promises.queries.drafts import (
    draft_of,
    drafts_of,
    institutions,
    known_parties,
    promisers,
    sources_of,
)
from mobilizer.promises.queries.duplicates import likely_duplicates
from mobilizer.promises.queries.gate import (
    checkable_by,
    editable_by,
    overseen_by,
    publishable_by,
    reaches,
    waiting_for,
)
from mobilizer.promises.queries.naming import named_to
from mobilizer.promises.queries.search import search
from mobilizer.promises.queries.visibility import (
    cycles_of,
    inside_places,
    public_promises,
    visible_to,
)

__all__ = [
    "checkable_by",
    "cycles_of",
    "draft_of",
    "drafts_of",
    "editable_by",
    "inside_places",
    "institutions",
    "known_parties",
    "likely_duplicates",
    "named_to",
    "overseen_by",
    "promisers",
    "public_promises",
    "publishable_by",
    "reaches",
    "search",
    "sources_of",
    "visible_to",
    "waiting_for",
]
