"""Deciding on a report, and letting in what came after the close. The caller commits."""

from dataclasses import dataclass

from sqlalchemy import select

from mobilizer.accounts.models import User
from mobilizer.audit.actions import record
from mobilizer.core import clock
from mobilizer.core.database import db, locked
from mobilizer.core.errors import RuleBroken
from mobilizer.core.words import N_
from mobilizer.evidence.models import Evidence
from mobilizer.findings.actions import Verdict as Finding
from mobilizer.findings.actions import publish
from mobilizer.findings.models import Finding as Published
from mobilizer.findings.queries import of_promise
from mobilizer.findings.rules import Shown, public_content
from mobilizer.jobs.actions import enqueue
from mobilizer.monitoring.models import Comment, Entry, Revision
from mobilizer.monitoring.rules.answers import Incomplete
from mobilizer.monitoring.rules.talk import asks
from mobilizer.review.models import Decision
from mobilizer.review.queries.case import Case, brought, case
from mobilizer.review.rules import (
    DECIDED,
    WHOLE,
    Ruling,
    Superseded,
    Verdict,
    check_may_decide,
    check_may_release,
    lacking,
    published_rating,
    read_ruling,
    released,
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
            N_(
                "%(name)s has decided on this report meanwhile: %(verdict)s. "
                "What you typed still stands below."
            ),
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
        RuleBroken: it is her own, or not hers to decide on.
    """
    found = _held(entry_id, by)
    if (made := _made(found, ruling, by)) is not None:
        return made
    state = check_may_decide(found.standing, ruling.verdict or Verdict.APPROVE)
    if (ruling.revision, ruling.sha256) != (found.newest.number, found.newest.sha256):
        raise Superseded
    verdict, comments = read_ruling(ruling, found.commentable)
    if verdict is Verdict.APPROVE and (faults := lacking(brought(found, looks_at_files=True))):
        raise Incomplete(faults)
    decision = _note(found, verdict, comments, by)
    finding = _publish(found, by) if verdict is Verdict.APPROVE else None
    before, found.entry.state = found.entry.state, state
    record(
        by,
        f"entry.{verdict.value}",
        found.entry,
        revision=found.newest.number,
        sha256=found.newest.sha256,
        state={"from": before.value, "to": state.value},
        comments=len(comments),
        finding=finding.number if finding else None,
    )
    enqueue(DECIDED, f"{DECIDED}:{decision.id}", {"decision": decision.id})
    return Outcome(decision, finding)


def release(entry_id: str, *, by: User) -> Entry:
    """Let in a report that came after the close: it counts as late, and waits for its decision.

    Raises:
        NotVisible: she may not know of the entry.
        RuleBroken: it counts already, or is not hers to let in.
    """
    found = _held(entry_id, by)
    check_may_release(found.standing)
    entry = found.entry
    before = entry.timeliness
    entry.is_quarantined = False
    entry.timeliness = released(before)
    record(
        by,
        "entry.release",
        entry,
        timeliness={
            "from": before.value if before else None,
            "to": entry.timeliness.value if entry.timeliness else None,
        },
    )
    return entry


def _held(entry_id: str, by: User) -> Case:
    """The case as it is now, held until the transaction ends: whoever comes second waits here."""
    db.session.scalars(locked(select(Entry).where(Entry.id == entry_id))).one_or_none()
    return case(by, entry_id)


def _made(found: Case, ruling: Ruling, by: User) -> Outcome | None:
    """The same decision, if she made it before: the button was pressed twice.

    Raises:
        DecidedAlready: somebody decided otherwise on what she saw.
    """
    decision = next((one for one in found.decisions if one.sha256 == ruling.sha256), None)
    if decision is None or decision.revision.number != ruling.revision:
        return None
    if decision.by_id != by.id or decision.verdict is not ruling.verdict:
        raise DecidedAlready(decision)
    published = select(Published).where(Published.revision_id == decision.revision_id)
    return Outcome(decision, db.session.scalar(published))


def _note(found: Case, verdict: Verdict, comments: dict[str, str], by: User) -> Decision:
    decision = Decision(
        revision=found.newest,
        sha256=found.newest.sha256,
        verdict=verdict,
        reason=comments.get(WHOLE, "") if verdict is Verdict.REJECT else "",
        by=by,
        decided_at=clock.now(),
    )
    db.session.add(decision)
    for about, text in comments.items():
        db.session.add(
            Comment(
                entry=found.entry,
                revision=found.newest,
                field=about,
                text=text,
                author=by,
                said_at=decision.decided_at,
                asks=verdict is Verdict.RETURN and asks(about, is_author=False, is_return=True),
            )
        )
    db.session.flush()
    return decision


# --- what the public gets of it


def _publish(found: Case, by: User) -> Published | None:
    """Publish what a revision says, if it says anything new."""
    entry, newest, assignment = found.entry, found.newest, found.assignment
    until_then = (
        of_promise(assignment.promise_id)
        .where(Published.place_id == assignment.place_id, Published.month <= entry.month)
        .limit(1)
    )
    reading = db.session.scalars(until_then).first()
    rating = published_rating(newest.kind, newest.rating, reading.rating if reading else None)
    if rating is None:
        return None
    return publish(
        Finding(
            promise=assignment.promise,
            place=assignment.place,
            month=entry.month,
            rating=rating,
            content=content_of(newest),
            revision_id=newest.id,
        ),
        by=by,
    )


def content_of(revision: Revision) -> dict[str, object]:
    """All that the public gets to read of a revision."""
    return public_content(
        kind=revision.kind.value,
        language=revision.author.language,
        answers=revision.answers,
        evidence=[shown(piece) for piece in revision.evidence if may_be_shown(piece)],
        contradiction_reason=revision.contradiction_reason,
    )


def may_be_shown(piece: Evidence) -> bool:
    """Whether a piece of evidence may be published: nothing of ours without consent."""
    return piece.has_consent if piece.media else bool(piece.address)


def shown(piece: Evidence) -> Shown:
    """A piece of evidence as the public gets it."""
    return Shown(
        kind=piece.kind.value,
        address=piece.address,
        provider=piece.provider,
        media=piece.media_sha256,
        width=piece.media.width if piece.media else None,
        height=piece.media.height if piece.media else None,
        caption=piece.caption,
        source_kind=piece.source_kind,
        taken_on=piece.taken_on.isoformat() if piece.taken_on else None,
    )
