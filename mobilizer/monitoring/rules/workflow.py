"""What may happen to a monthly entry, and who may do it."""

from enum import StrEnum

from mobilizer.core.errors import RuleBroken
from mobilizer.core.words import N_, Word


class EntryState(Word):
    """Where an entry stands between the mobilizer and her mentor."""

    DRAFT = "draft", N_("Draft")
    SUBMITTED = "submitted", N_("Waiting for review")
    RETURNED = "returned", N_("Returned for changes")
    APPROVED = "approved", N_("Approved")
    REJECTED = "rejected", N_("Rejected")
    WITHDRAWN = "withdrawn", N_("Withdrawn")


class RevisionKind(Word):
    """What a revision says: the whole matrix, or one of the two one-tap reports."""

    FULL = "full", N_("Full report")
    NO_CHANGE = "no_change", N_("Same as last month")
    NOT_FOUND_OUT = "not_found_out", N_("Could not find out")


class Verb(StrEnum):
    """The steps of an entry."""

    SUBMIT = "submit"
    WITHDRAW = "withdraw"
    APPROVE = "approve"
    RETURN = "return"
    REJECT = "reject"
    REOPEN = "reopen"


#: (state, verb) -> (next state, permission it takes). What is absent is forbidden.
WORKFLOW: dict[tuple[EntryState, Verb], tuple[EntryState, str]] = {
    (EntryState.DRAFT, Verb.SUBMIT): (EntryState.SUBMITTED, "entry.write"),
    (EntryState.SUBMITTED, Verb.SUBMIT): (EntryState.SUBMITTED, "entry.write"),
    (EntryState.RETURNED, Verb.SUBMIT): (EntryState.SUBMITTED, "entry.write"),
    (EntryState.DRAFT, Verb.WITHDRAW): (EntryState.WITHDRAWN, "entry.write"),
    (EntryState.SUBMITTED, Verb.WITHDRAW): (EntryState.WITHDRAWN, "entry.write"),
    (EntryState.SUBMITTED, Verb.APPROVE): (EntryState.APPROVED, "entry.review"),
    (EntryState.SUBMITTED, Verb.RETURN): (EntryState.RETURNED, "entry.review"),
    (EntryState.SUBMITTED, Verb.REJECT): (EntryState.REJECTED, "entry.review"),
    (EntryState.APPROVED, Verb.REOPEN): (EntryState.RETURNED, "finding.correct"),
}


def after(state: EntryState, verb: Verb) -> tuple[EntryState, str]:
    """The state a step leads to, and the permission it takes.

    Raises:
        RuleBroken: the step is not open from this state.
    """
    step = WORKFLOW.get((state, verb))
    if step is None:
        raise RuleBroken(
            N_("This step is not open to an entry in the state “%(state)s”."), state=state
        )
    return step
