"""Which tables hold what the public sees: whatever changes one of them is a publication.

A new public page that reads a further table names it here; a test listens to what the pages read
and names what is missing.
"""

import re

#: A change of these may be seen by the public.
SHOWN = frozenset(
    {
        "cycle",
        "finding",
        "finding_set",
        "held_finding",
        "indicator",
        "listing",
        "month_package",
        "number_set",
        "party",
        "place",
        "promise",
        "promise_change",
        "promise_place",
        "promise_word",
        "published_answer",
        "reopening",
        "reply",
        "reply_link",
        "reply_ruling",
        "second_look",
        "side_tally",
        "source",
        "standing",
        "taken_figures",
        "tally",
        "topic",
    }
)

#: What public pages read as well, and why no change of it alone can be seen. Mobilizers and
#: mentors write to these all day: they must not make the public's pages anew each time.
FOLLOWS = {
    "alembic_version": "changes while no server runs",
    "audit_event": "of it a cycle's changes are told: the cycle changes in the same transaction",
    "common_term": "a shorter way to what promises and findings say, in the transaction of these",
    "decision": "counts once its revision's finding is there, which comes with it or later",
    "entry": "counts while approved: a held finding comes with that, a reopening ends it",
    "evidence": "shown by what a finding's content names, and not added to afterwards",
    "media": "is there before a finding's content can name it, and never changes",
    "revision": "never changes; its finding or held finding comes later",
    "revision_evidence": "comes with its revision and never changes",
}

_WRITES = re.compile(
    r"\s*(?:INSERT\s+(?:OR\s+\w+\s+)?INTO|UPDATE(?:\s+ONLY)?|DELETE\s+FROM(?:\s+ONLY)?"
    r"|REPLACE\s+INTO|TRUNCATE(?:\s+TABLE)?)\s+(?:\w+\.)?[\"`]?(\w+)",
    re.IGNORECASE,
)


def written(statement: str) -> str | None:
    """The table that a statement of SQL writes to; None if it writes to none."""
    found = _WRITES.match(statement)
    return found[1] if found else None


def is_publication(statement: str) -> bool:
    """Whether a statement may change what the public sees."""
    return written(statement) in SHOWN
