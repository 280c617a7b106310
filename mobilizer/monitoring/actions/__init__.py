"""What mobilizers do to their monthly entries. The caller commits."""

from mobilizer.monitoring.actions.collecting import Given, add_evidence, drop_evidence
from mobilizer.monitoring.actions.drafts import Outdated, discard_draft, save_draft, start
from mobilizer.monitoring.actions.submitting import (
    ToldOtherwise,
    submit,
    submit_draft,
    submit_no_change,
    submit_not_found_out,
    withdraw,
)

__all__ = [
    "Given",
    "Outdated",
    "ToldOtherwise",
    "add_evidence",
    "discard_draft",
    "drop_evidence",
    "save_draft",
    "start",
    "submit",
    "submit_draft",
    "submit_no_change",
    "submit_not_found_out",
    "withdraw",
]
