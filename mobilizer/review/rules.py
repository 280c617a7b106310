"""What a mentor may decide, and what a decision needs.

The steps themselves stand in ``monitoring.rules.workflow``. Here stands what it takes to go them:

- Nobody decides on her own entry.
- A decision names the revision that was seen, by its number and its hash.
- A return needs a comment, a rejection a reason, an approval evidence.
- Whoever was sent back twice is decided on by the coordinator.
- What came in after the close is decided on once the coordinator has let it in.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from mobilizer.accounts.rules import Reach
from mobilizer.core.errors import RuleBroken
from mobilizer.core.words import N_, Word
from mobilizer.cycles.rules import Timeliness
from mobilizer.evidence.rules.uploads import UploadState
from mobilizer.monitoring.rules.answers import Incomplete, clean, without_evidence
from mobilizer.monitoring.rules.contradictions import Contradiction
from mobilizer.monitoring.rules.matrix import Answers, Matrix
from mobilizer.monitoring.rules.words import Because
from mobilizer.monitoring.rules.workflow import EntryState, RevisionKind, Verb, after
from mobilizer.scoring.rules import Rating

#: So often a mentor sends a report back; then the coordinator decides.
MOST_RETURNS = 2
COMMENT_LONGEST = 2000
#: The kind of the job that a decision causes: somebody waits for it.
DECIDED = "entry.decided"
#: What a comment is about when it is about the whole.
WHOLE = ""


class Verdict(Word):
    """The decision on one revision."""

    APPROVE = "approve", N_("Approve and publish")
    RETURN = "return", N_("Return for changes")
    REJECT = "reject", N_("Reject")

    @property
    def outcome(self) -> EntryState:
        """The state in which it leaves a report."""
        return after(EntryState.SUBMITTED, Verb(self.value))[0]


class Superseded(RuleBroken):
    """The decision is about a revision that is no longer the newest."""

    def __init__(self) -> None:
        """Say what happened, what was kept and what to do."""
        super().__init__(
            N_(
                "A newer version of this report came in while you were deciding: it is shown now. "
                "Nothing was decided. Your comments are kept; look again, then decide."
            )
        )


@dataclass(frozen=True)
class Ruling:
    """A decision as it is asked for: on which revision, and with what comments, by field."""

    verdict: Verdict | None
    revision: int
    sha256: str
    comments: Mapping[str, str] = field(default_factory=dict)


# --- who may


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


def check_may_decide(standing: Standing, verdict: Verdict) -> EntryState:
    """The state to which a decision leads.

    Raises:
        RuleBroken: it is her own entry, or not hers to decide on, or not to be decided on now.
    """
    if standing.is_own:
        raise RuleBroken(N_("This is your own report: nobody decides on her own."))
    state, _ = after(standing.state, Verb(verdict.value))
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
        raise RuleBroken(N_("This report counts already."))


def released(timeliness: Timeliness | None) -> Timeliness | None:
    """How timely a report is that the coordinator has let in: what came after the close is late."""
    return Timeliness.LATE if timeliness is Timeliness.AFTER_CLOSE else timeliness


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


def due_on(received: date, review_days: int) -> date:
    """The last day on which a decision is not overdue."""
    return received + timedelta(days=review_days)


def is_overdue(received: date, review_days: int, today: date) -> bool:
    """Whether a mentor has let a report wait for too long."""
    return today > due_on(received, review_days)


# --- what it takes


def comment_name(about: str) -> str:
    """The name under which a comment on a field is typed, and faults of it are told."""
    return f"comment_{about or 'whole'}"


def read_ruling(ruling: Ruling, known: Iterable[str]) -> tuple[Verdict, dict[str, str]]:
    """The verdict, and the comments by field without the empty ones.

    Args:
        ruling: as it is asked for.
        known: the fields that can be commented on.

    Raises:
        Incomplete: a comment is too long, or the decision lacks one.
    """
    comments = {about: text for about in known if (text := clean(ruling.comments.get(about, "")))}
    faults = [
        RuleBroken(
            N_("At most %(most)s characters; this has %(n)s."),
            field=comment_name(about),
            most=COMMENT_LONGEST,
            n=len(text),
        )
        for about, text in comments.items()
        if len(text) > COMMENT_LONGEST
    ]
    if ruling.verdict is None:
        faults.append(RuleBroken(N_("Choose a decision."), field="verdict"))
    if ruling.verdict is Verdict.RETURN and not comments:
        faults.append(
            RuleBroken(
                N_("Say what to change: comment on the report as a whole, or on a field."),
                field=comment_name(WHOLE),
            )
        )
    if ruling.verdict is Verdict.REJECT and WHOLE not in comments:
        faults.append(RuleBroken(N_("A rejection needs a reason."), field=comment_name(WHOLE)))
    if faults or ruling.verdict is None:
        raise Incomplete(faults)
    return ruling.verdict, comments


@dataclass(frozen=True)
class Brought:
    """What a revision brings, as far as approving it is concerned."""

    kind: RevisionKind
    matrix: Matrix
    answers: Answers
    #: For each piece of evidence the indicators it is about; none named means all.
    evidence: tuple[tuple[int, ...], ...] = ()
    contradictions: tuple[Contradiction, ...] = ()
    contradiction_reason: str = ""
    #: Whether every file of every photo is there, in our own copies.
    is_media_complete: bool = True
    #: How far the files have come that come in pieces.
    uploads: tuple[UploadState, ...] = ()
    is_promise_published: bool = True


def lacking(brought: Brought) -> list[RuleBroken]:
    """All that stands against approving a revision."""
    faults = []
    if not brought.is_promise_published:
        faults.append(
            RuleBroken(
                N_("The promise is not public yet. Once it is published, this can be approved."),
                field="verdict",
            )
        )
    faults += _without_proof(brought)
    if not brought.is_media_complete:
        faults.append(
            RuleBroken(N_("A photo is not there in full. Ask for it again."), field="verdict")
        )
    faults += _not_yet_there(brought.uploads)
    if brought.contradictions and not brought.contradiction_reason:
        faults.append(
            RuleBroken(
                N_("Rating and answers disagree, and nobody has said why: return it and ask."),
                field="verdict",
            )
        )
    return faults


def _not_yet_there(uploads: tuple[UploadState, ...]) -> list[RuleBroken]:
    """Whatever is still to come may show what the rest does not."""
    faults = []
    if UploadState.OPEN in uploads:
        faults.append(
            RuleBroken(
                N_("A photo or clip is still on its way: wait for it, or return the report."),
                field="verdict",
            )
        )
    if UploadState.REFUSED in uploads:
        faults.append(
            RuleBroken(
                N_("A photo or clip cannot be read: return the report and ask for another."),
                field="verdict",
            )
        )
    return faults


def _without_proof(brought: Brought) -> list[RuleBroken]:
    answers = brought.answers
    if brought.kind is RevisionKind.NOT_FOUND_OUT:
        # Every reason but "something else" says by itself what was tried.
        told = answers.get("tried") or answers.get("because") not in (None, Because.OTHER)
        return [] if told else [_no_try()]
    if brought.kind is RevisionKind.NO_CHANGE:
        return [] if answers.get("tried") or brought.evidence else [_no_try()]
    if not brought.evidence and not brought.matrix.measures:
        return [RuleBroken(N_("There is no evidence."), field="verdict")]
    missing = without_evidence(brought.matrix, answers, brought.evidence)
    return [RuleBroken(fault.message, field="verdict", **fault.params) for fault in missing]


def _no_try() -> RuleBroken:
    return RuleBroken(
        N_("There is neither evidence nor a word on what was tried."), field="verdict"
    )


def published_rating(kind: RevisionKind, said: Rating, published: Rating | None) -> Rating | None:
    """What an approval publishes as the rating; None when it publishes nothing.

    Args:
        kind: of the revision.
        said: the rating it gives.
        published: what the public reads about this promise in this place up to this month.
    """
    if kind is RevisionKind.NOT_FOUND_OUT:
        return published  # Who found nothing out leaves things as they stand.
    return None if said is Rating.NOT_YET_RATED else said
