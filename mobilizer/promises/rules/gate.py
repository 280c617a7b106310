"""The testability gate: what a promise passes before it is published or assigned.

- A mentor checks the promises of her regions (those with a place in one of them) and, of her
  cycle, those made for the whole country. A coordinator checks any of her cycle.
- Nobody checks a promise that she logged or handed in from a phone's file, or that she changed
  after it was first checked.
- A promise that is found not testable needs a reason. It may be published all the same: it
  then stands in public as one that cannot be rated, with that reason.
- Whoever logged a checked promise and changes it sends it back to be checked anew. A change by
  somebody who may check it stands, with its reason. After publication only a coordinator
  changes a promise.
- A duplicate is neither checked nor published. What is published stays: its double is then
  the other one.
"""

from mobilizer.core.errors import RuleBroken
from mobilizer.core.words import N_
from mobilizer.promises.rules import PromiseState, Testability

SHORTEST_REASON, LONGEST_REASON = 10, 600


def check_finding(testability: Testability, reason: str) -> None:
    """Hold what a check found to the rules.

    Raises:
        RuleBroken: a promise that is not testable is left without a reason, or it is too long.
    """
    if testability is Testability.NOT_TESTABLE or reason:
        check_reason(reason)


def check_reason(reason: str) -> None:
    """Hold a reason, which will be published, to its length.

    Raises:
        RuleBroken: it is too short or too long.
    """
    if not SHORTEST_REASON <= len(reason.strip()) <= LONGEST_REASON:
        raise RuleBroken(
            N_("Give a reason of %(least)s to %(most)s characters."),
            field="reason",
            least=SHORTEST_REASON,
            most=LONGEST_REASON,
        )


class Overtaken(RuleBroken):
    """Somebody took a step on the promise, or changed it, since it was looked at."""

    def __init__(self, field: str | None = None) -> None:
        """Say what happened and what to do."""
        super().__init__(
            N_("Somebody has changed or checked this promise meanwhile. Look at it again."),
            field=field,
        )


def check_seen(seen: int | str | None, stands: int | str, field: str | None = None) -> None:
    """A step is about what was seen; None where nobody looked, as in an import.

    Args:
        seen: the version, or the mark, of the promise that was looked at.
        stands: what it is now.
        field: beside which it is said.

    Raises:
        Overtaken: the promise has been changed since.
    """
    if seen is not None and seen != stands:
        raise Overtaken(field)


def state_after_change(state: PromiseState, *, by_who_may_check: bool) -> PromiseState:
    """Where a change leaves a promise."""
    if state is PromiseState.CHECKED and not by_who_may_check:
        return PromiseState.DRAFT
    return state
