"""Which second looks there are, what a second mentor is shown, and what they come to."""

from mobilizer.agreement.queries.comparing import (
    Compared,
    Standing,
    compared,
    differing,
    figures,
    finding_beside,
    is_over,
    standing,
    taken_over,
)
from mobilizer.agreement.queries.looking import (
    Looked,
    evidence_of,
    looked,
    visible_to,
    waiting,
)

__all__ = [
    "Compared",
    "Looked",
    "Standing",
    "compared",
    "differing",
    "evidence_of",
    "figures",
    "finding_beside",
    "is_over",
    "looked",
    "standing",
    "taken_over",
    "visible_to",
    "waiting",
]
