"""What a mentor may decide, and what a decision needs.

The steps themselves stand in ``monitoring.rules.workflow``. Here stands what it takes to go them:

- Nobody decides on her own entry.
- A decision names the revision that was seen, by its number and its hash.
- A return needs a comment, a rejection a reason, an approval evidence.
- Whoever was sent back twice is decided on by the coordinator.
- What came in after the close is decided on once the coordinator has let it in.
- What was approved is reopened by the coordinator alone, with a reason that is published.
"""

from mobilizer.review.rules.approval import (
    Brought,
    lacking,
    published_rating,
)
from mobilizer.review.rules.ruling import (
    COMMENT_LONGEST,
    REASON_LONGEST,
    REASON_SHORTEST,
    WHOLE,
    Ruling,
    Superseded,
    comment_name,
    read_reason,
    read_ruling,
)
from mobilizer.review.rules.standing import (
    DECIDED,
    MOST_RETURNS,
    REOPENED,
    Standing,
    Verdict,
    check_may_be_together,
    check_may_decide,
    check_may_release,
    check_may_reopen,
    due_on,
    is_overdue,
    released,
)

__all__ = [
    "COMMENT_LONGEST",
    "DECIDED",
    "MOST_RETURNS",
    "REASON_LONGEST",
    "REASON_SHORTEST",
    "REOPENED",
    "WHOLE",
    "Brought",
    "Ruling",
    "Standing",
    "Superseded",
    "Verdict",
    "check_may_be_together",
    "check_may_decide",
    "check_may_release",
    "check_may_reopen",
    "comment_name",
    "due_on",
    "is_overdue",
    "lacking",
    "published_rating",
    "read_reason",
    "read_ruling",
    "released",
]
