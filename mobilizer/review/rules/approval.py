"""What it takes to approve a revision, and what that publishes."""

from dataclasses import dataclass

from mobilizer.core.errors import RuleBroken
from mobilizer.core.words import N_
from mobilizer.evidence.rules.uploads import UploadState
from mobilizer.monitoring.rules.answers import without_evidence
from mobilizer.monitoring.rules.contradictions import Contradiction
from mobilizer.monitoring.rules.matrix import Answers, Matrix
from mobilizer.monitoring.rules.words import Because
from mobilizer.monitoring.rules.workflow import RevisionKind
from mobilizer.scoring.rules import Rating


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
