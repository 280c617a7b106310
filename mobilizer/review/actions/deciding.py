"""Deciding on a report, and letting in what came after the close."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import select

from mobilizer.accounts.models import User
from mobilizer.accounts.rules import Reach
from mobilizer.assignments.queries import in_place_of
from mobilizer.audit.actions import record
from mobilizer.core import clock
from mobilizer.core.database import db, locked
from mobilizer.core.errors import NotVisible, RuleBroken
from mobilizer.core.words import N_
from mobilizer.findings.models import Finding as Published
from mobilizer.jobs.actions import enqueue
from mobilizer.monitoring.models import Entry
from mobilizer.monitoring.rules.answers import Incomplete, clean
from mobilizer.review.actions.holding import held, say
from mobilizer.review.actions.publishing import publish_approved
from mobilizer.review.models import Decision
from mobilizer.review.queries.case import Case, brought, case
from mobilizer.review.rules import (
    DECIDED,
    WHOLE,
    Ruling,
    Superseded,
    Verdict,
    check_may_be_together,
    check_may_decide,
    check_may_release,
    lacking,
    read_ruling,
    released,
)

GONE = N_(
    "Whoever filed this report is no longer a mobilizer of the cycle, so nobody could send it "
    "again. Approve or reject it; to return it, let a coordinator give her the role again first."
)


@dataclass(frozen=True)
class Outcome:
    """What a decision came to."""

    decision: Decision
    #: What was published; None where there was nothing to publish.
    finding: Published | None = None


class DecidedAlready(RuleBroken):
    """Somebody else was faster."""

    def __init__(self, decision: Decision) -> None:
        """Say who, and what."""
        super().__init__(
            N_("%(name)s has decided on this report meanwhile: %(verdict)s."),
            name=decision.by.shown_name,
            verdict=decision.verdict.outcome,
        )


def decide(entry_id: str, ruling: Ruling, *, by: User) -> Outcome:
    """Decide on one revision: approve and publish it, return it, or reject it.

    Asked for twice by the same person, it is done once.

    Raises:
        NotVisible: she may not know of the entry.
        Superseded: a newer revision came in since she looked.
        DecidedAlready: somebody else decided since she looked.
        Incomplete: the decision lacks something; every fault names its field.
        RuleBroken: it is her own, or not hers to decide on; or it would be returned to nobody.
    """
    return _decide(held(entry_id, by), ruling, by)


def approve_together(seen: Mapping[str, Ruling], *, by: User) -> dict[str, Outcome | RuleBroken]:
    """Approve reports that say "same as last month", each exactly as it was seen in the list.

    Each is decided on as if it stood alone: what cannot be approved stays as it is, is told with
    its reason, and holds up none of the others. Nothing is told of what she may not know of.

    Args:
        seen: for each report the approval, with the revision and the hash of its line.
        by: who approves.
    """
    # All of them first, in one order: whoever decides on one of them meanwhile waits or is
    # waited for, and nobody waits for each other.
    db.session.scalars(locked(select(Entry).where(Entry.id.in_(seen)).order_by(Entry.id))).all()
    came: dict[str, Outcome | RuleBroken] = {}
    for entry_id in sorted(seen):
        try:
            with db.session.begin_nested():
                found = case(by, entry_id)
                check_may_be_together(
                    found.newest.kind, found.contradictions, found.standing.returns
                )
                came[entry_id] = _decide(found, seen[entry_id], by)
        except NotVisible:
            continue
        except RuleBroken as fault:
            came[entry_id] = fault
    return came


def _decide(found: Case, ruling: Ruling, by: User) -> Outcome:
    if (made := _made(found, ruling, by)) is not None:
        return made
    state = check_may_decide(found.standing, ruling.verdict or Verdict.APPROVE)
    if (ruling.revision, ruling.sha256) != (found.newest.number, found.newest.sha256):
        raise Superseded
    verdict, comments = read_ruling(ruling, found.commentable)
    if verdict is Verdict.RETURN and not found.can_be_mended:
        raise RuleBroken(GONE, field="verdict")
    if verdict is Verdict.APPROVE and (faults := lacking(brought(found, looks_at_files=True))):
        raise Incomplete(faults)
    decision = _note(found, verdict, comments, by)
    finding = publish_approved(found, by) if verdict is Verdict.APPROVE else None
    before, found.entry.state = found.entry.state, state
    record(
        by,
        f"entry.{verdict.value}",
        found.entry,
        vouches=(decision, found.entry),
        revision=found.newest.number,
        sha256=found.newest.sha256,
        state={"from": before.value, "to": state.value},
        comments=len(comments),
        finding=finding.number if finding else None,
        stands_in_for=decision.stands_in_for_id,
    )
    enqueue(DECIDED, f"{DECIDED}:{decision.id}", {"decision": decision.id})
    return Outcome(decision, finding)


def release(entry_id: str, *, by: User) -> Entry:
    """Let in a report that came after the close: it counts as late, and waits for its decision.

    Raises:
        NotVisible: she may not know of the entry.
        RuleBroken: it counts already, or is not hers to let in.
    """
    found = held(entry_id, by)
    check_may_release(found.standing)
    entry = found.entry
    before = entry.timeliness
    entry.is_quarantined = False
    entry.timeliness = released(before)
    record(
        by,
        "entry.release",
        entry,
        vouches=entry,
        timeliness={
            "from": before.value if before else None,
            "to": entry.timeliness.value if entry.timeliness else None,
        },
    )
    return entry


def _made(found: Case, ruling: Ruling, by: User) -> Outcome | None:
    """The same decision, if she made it before: the button was pressed twice.

    Raises:
        DecidedAlready: somebody decided otherwise on what she saw.
    """
    decision = next((one for one in found.decisions if one.sha256 == ruling.sha256), None)
    if decision is None or decision.revision.number != ruling.revision:
        return None
    said = {(one.field, one.text) for one in found.comments if one.author_id == by.id}
    is_same = all((about, clean(text)) in said for about, text in ruling.comments.items() if text)
    if decision.by_id != by.id or decision.verdict is not ruling.verdict or not is_same:
        raise DecidedAlready(decision)
    published = select(Published).where(Published.revision_id == decision.revision_id)
    return Outcome(decision, db.session.scalar(published))


def _absent(found: Case, by: User) -> int | None:
    """In whose place she decides; None for whoever decides in her own right."""
    return in_place_of(by, found.assignment) if found.standing.reach is Reach.REGION else None


def _note(found: Case, verdict: Verdict, comments: dict[str, str], by: User) -> Decision:
    decision = Decision(
        revision=found.newest,
        sha256=found.newest.sha256,
        verdict=verdict,
        reason=comments.get(WHOLE, "") if verdict is Verdict.REJECT else "",
        by=by,
        decided_at=clock.now(),
        stands_in_for_id=_absent(found, by),
    )
    db.session.add(decision)
    say(found, comments, by, is_return=verdict is Verdict.RETURN)
    db.session.flush()
    return decision
