"""What a mentor may decide, and what a decision needs."""

from mobilizer.core.words import N_, Word


class Verdict(Word):
    """The decision on one revision."""

    APPROVE = "approve", N_("Approve and publish")
    RETURN = "return", N_("Return for changes")
    REJECT = "reject", N_("Reject")
