"""What may happen to a monthly entry, who may do it, and what it takes: one table.

The code goes by it, the page "How a report is decided on" and ``docs/workflow.md`` are printed
from it, and a test walks all of it.
"""

from dataclasses import dataclass
from itertools import groupby

from mobilizer.core.errors import RuleBroken
from mobilizer.core.words import N_, Word


class EntryState(Word):
    """Where an entry stands between the mobilizer and her mentor."""

    DRAFT = "draft", N_("Draft")
    SUBMITTED = "submitted", N_("Waiting for review")
    RETURNED = "returned", N_("Returned for changes")
    APPROVED = "approved", N_("Approved")
    REJECTED = "rejected", N_("Rejected")
    WITHDRAWN = "withdrawn", N_("Taken back")


class RevisionKind(Word):
    """What a revision says: the whole matrix, or one of the two one-tap reports."""

    FULL = "full", N_("Full report")
    NO_CHANGE = "no_change", N_("Same as last month")
    NOT_FOUND_OUT = "not_found_out", N_("Could not find out")


class Verb(Word):
    """The steps of an entry."""

    SUBMIT = "submit", N_("Send")
    WITHDRAW = "withdraw", N_("Take back")
    RELEASE = "release", N_("Let in after the close")
    APPROVE = "approve", N_("Approve and publish")
    RETURN = "return", N_("Return for changes")
    REJECT = "reject", N_("Reject")
    REOPEN = "reopen", N_("Reopen, to be corrected")


class Who(Word):
    """Whose step it is. Nobody but the author takes one on her own report."""

    AUTHOR = "author", N_("the mobilizer whose report it is")
    REVIEWER = "reviewer", N_("a mentor of the region, her stand-in, or a coordinator")
    COORDINATOR = "coordinator", N_("a coordinator of the cycle")


@dataclass(frozen=True)
class Step:
    """One step: where it leads, whose it is, the permission it takes, and what else."""

    to: EntryState
    who: Who
    permission: str
    needs: str = ""


_SEND = Step(
    EntryState.SUBMITTED,
    Who.AUTHOR,
    "entry.write",
    N_("all that the matrix asks; each comment answered, or its field changed"),
)
_TAKE_BACK = Step(EntryState.WITHDRAWN, Who.AUTHOR, "entry.write")

#: (state, verb) -> the step. What is absent is forbidden.
WORKFLOW: dict[tuple[EntryState, Verb], Step] = {
    (EntryState.DRAFT, Verb.SUBMIT): _SEND,
    (EntryState.DRAFT, Verb.WITHDRAW): _TAKE_BACK,
    (EntryState.SUBMITTED, Verb.SUBMIT): _SEND,
    (EntryState.SUBMITTED, Verb.WITHDRAW): _TAKE_BACK,
    (EntryState.SUBMITTED, Verb.RELEASE): Step(
        EntryState.SUBMITTED,
        Who.COORDINATOR,
        "entry.extend",
        N_("that it came in after the close: until then nobody decides on it"),
    ),
    (EntryState.SUBMITTED, Verb.APPROVE): Step(
        EntryState.APPROVED,
        Who.REVIEWER,
        "entry.review",
        N_("evidence, or what was tried; all files there; a reason for every contradiction"),
    ),
    (EntryState.SUBMITTED, Verb.RETURN): Step(
        EntryState.RETURNED,
        Who.REVIEWER,
        "entry.review",
        N_("at least one comment; after two returns the coordinator decides"),
    ),
    (EntryState.SUBMITTED, Verb.REJECT): Step(
        EntryState.REJECTED, Who.REVIEWER, "entry.review", N_("a reason")
    ),
    (EntryState.RETURNED, Verb.SUBMIT): _SEND,
    (EntryState.APPROVED, Verb.REOPEN): Step(
        EntryState.RETURNED,
        Who.COORDINATOR,
        "finding.correct",
        N_("a reason that is published; the finding stays until a newer one corrects it"),
    ),
}


def after(state: EntryState, verb: Verb) -> Step:
    """The step that a verb means in a state.

    Raises:
        RuleBroken: the step is not open from this state.
    """
    step = WORKFLOW.get((state, verb))
    if step is None:
        raise RuleBroken(
            N_("This step is not open to a report in the state “%(state)s”."), state=state
        )
    return step


def steps_by_state() -> list[tuple[EntryState, list[tuple[Verb, Step]]]]:
    """The whole table as people read it: every state, and the steps that are open from it."""
    rows = sorted(WORKFLOW.items(), key=lambda row: list(EntryState).index(row[0][0]))
    found = {
        state: [(verb, step) for (_, verb), step in steps]
        for state, steps in groupby(rows, key=lambda row: row[0][0])
    }
    return [(state, found.get(state, [])) for state in EntryState]
