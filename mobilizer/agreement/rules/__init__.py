"""Which reports are looked at twice, by whom, and how far the two agree."""

from mobilizer.agreement.rules.answer import (
    CANNOT_TELL,
    REASON_LONGEST,
    Answer,
    NoLongerAsked,
    read_answer,
)
from mobilizer.agreement.rules.drawing import (
    Asked,
    Candidate,
    choose,
    commitment,
    is_drawn,
    may_look,
)

__all__ = [
    "CANNOT_TELL",
    "REASON_LONGEST",
    "Answer",
    "Asked",
    "Candidate",
    "NoLongerAsked",
    "choose",
    "commitment",
    "is_drawn",
    "may_look",
    "read_answer",
]
