"""Who may decide on, let in or reopen a report, and for how long it may wait."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from mobilizer.accounts.rules import Reach
from mobilizer.core.errors import RuleBroken
from mobilizer.core.words import N_, Word
from mobilizer.cycles.rules import Timeliness
from mobilizer.monitoring.rules.contradictions import Contradiction
from mobilizer.monitoring.rules.workflow import EntryState, RevisionKind, Verb, after

#: So often a mentor sends a report back; then the coordinator decides.
MOST_RETURNS = 2
#: The kinds of the jobs that a decision or a reopening causes: somebody waits for it.
DECIDED, REOPENED = "entry.decided", "entry.reopened"


class Verdict(Word):
    """The decision on one revision."""

    APPROVE = "approve", N_("Approve and publish")
    RETURN = "return", N_("Return for changes")
    REJECT = "reject", N_("Reject")

    @property
    def outcome(self) -> EntryState:
        """The state in which it leaves a report."""
        return after(EntryState.SUBMITTED, Verb(self.value)).to


@dataclass(frozen=True)
class Standing:
    """How an entry and a person stand to each other."""

    state: EntryState
    is_own: bool
    #: How far her permission to review goes in the entry's cycle; None when she lacks it.
    reach: Reach | None
    #: How often the entry was sent back so far.
    returns: int = 0
    is_quarantined: bool = False
    #: She brought a revision of it from a phone's file: nobody but its author knows what is in it.
    has_handed_in: bool = False


def check_may_decide(standing: Standing, verdict: Verdict) -> EntryState:
    """The state to which a decision leads.

    Raises:
        RuleBroken: it is her own entry or one she handed in, or not hers to decide on, or
            not to be decided on now.
    """
    if standing.is_own:
        raise RuleBroken(N_("This is your own report: nobody decides on her own."))
    if standing.has_handed_in:
        raise RuleBroken(
            N_("You handed in this report from a phone's file: somebody else decides on it.")
        )
    state = after(standing.state, Verb(verdict.value)).to
    if standing.reach in (None, Reach.OWN):
        raise RuleBroken(N_("Only a mentor of the region or a coordinator decides on this report."))
    if standing.is_quarantined:
        raise RuleBroken(
            N_("This report came in after the close: the coordinator must let it in first.")
        )
    if standing.returns >= MOST_RETURNS and standing.reach == Reach.REGION:
        raise RuleBroken(N_("This report was returned twice: now the coordinator decides."))
    return state


def check_may_release(standing: Standing) -> None:
    """Hold letting in what came after the close to the rules.

    Raises:
        RuleBroken: it is her own, she does not coordinate the cycle, or there is nothing to let in.
    """
    if standing.is_own:
        raise RuleBroken(N_("This is your own report: nobody decides on her own."))
    if standing.reach not in (Reach.CYCLE, Reach.ALL):
        raise RuleBroken(N_("Only a coordinator lets in what came after the close."))
    if not standing.is_quarantined:
        raise RuleBroken(N_("This report is let in already, and counts."))
    after(standing.state, Verb.RELEASE)


def check_may_reopen(standing: Standing) -> EntryState:
    """The state to which reopening leads.

    Raises:
        RuleBroken: it is her own, she does not coordinate the cycle, or it is not approved.
    """
    if standing.is_own:
        raise RuleBroken(N_("This is your own report: nobody decides on her own."))
    if standing.reach not in (Reach.CYCLE, Reach.ALL):
        raise RuleBroken(N_("Only a coordinator reopens what was approved."))
    return after(standing.state, Verb.REOPEN).to


def check_may_be_together(
    kind: RevisionKind, contradictions: Iterable[Contradiction], returns: int
) -> None:
    """Hold approving a report among others to the rules: only what brings nothing to look into.

    Raises:
        RuleBroken: it has to be looked at by itself.
    """
    if kind is not RevisionKind.NO_CHANGE:
        raise RuleBroken(N_("It does not say “same as last month”: look at it by itself."))
    if any(True for _ in contradictions):
        raise RuleBroken(N_("Rating and answers disagree: look at it by itself."))
    if returns >= MOST_RETURNS:
        raise RuleBroken(N_("It was returned twice: look at it by itself."))


def released(timeliness: Timeliness | None) -> Timeliness | None:
    """How timely a report is that the coordinator has let in: what came after the close is late."""
    return Timeliness.LATE if timeliness is Timeliness.AFTER_CLOSE else timeliness


def due_on(received: date, review_days: int) -> date:
    """The last day on which a decision is not overdue."""
    return received + timedelta(days=review_days)


def is_overdue(received: date, review_days: int, today: date) -> bool:
    """Whether a mentor has let a report wait for too long."""
    return today > due_on(received, review_days)
