"""What the public gets of an approved revision."""

from sqlalchemy import Select, exists, select

from mobilizer.accounts.models import User
from mobilizer.core.database import db
from mobilizer.core.errors import RuleBroken
from mobilizer.core.words import N_
from mobilizer.evidence.models import Evidence
from mobilizer.evidence.rules.links import EvidenceKind
from mobilizer.findings.actions import Verdict as Finding
from mobilizer.findings.models import Finding as Published
from mobilizer.findings.rules import Shown, public_content
from mobilizer.monitoring.models import Entry, Revision
from mobilizer.monitoring.rules.answers import Incomplete
from mobilizer.monitoring.rules.workflow import RevisionKind
from mobilizer.replies.actions import publish_or_hold
from mobilizer.replies.queries import is_held_before, rating_up_to
from mobilizer.review.models import Reopening
from mobilizer.review.queries.case import Case
from mobilizer.review.rules import published_rating

NEEDS_RATING = N_(
    "This corrects a published finding, which takes a rating: return the report and ask for one."
)


def publish_approved(found: Case, by: User) -> Published | None:
    """Publish what a revision says, if it says anything new.

    While an earlier month is held back, who found nothing out says nothing new: it would tell how
    things stand without what is held. "The same as last month" waits its turn (``replies``).
    """
    entry, newest, assignment = found.entry, found.newest, found.assignment
    mended = db.session.scalar(_uncorrected(entry))
    # What corrects a finding says itself how things stand: the wrong one is no help.
    until_then = (assignment.promise_id, assignment.place_id, entry.month)
    says_nothing = newest.kind is RevisionKind.NOT_FOUND_OUT and mended is None
    if says_nothing and is_held_before(*until_then):
        return None
    stands = None if mended else rating_up_to(*until_then)
    rating = published_rating(newest.kind, newest.rating, stands)
    if rating is None and mended is not None:
        raise Incomplete([RuleBroken(NEEDS_RATING, field="verdict")])
    if rating is None:
        return None
    return publish_or_hold(
        Finding(
            promise=assignment.promise,
            place=assignment.place,
            month=entry.month,
            rating=rating,
            content=content_of(newest) | (_correction(mended) if mended else {}),
            revision_id=newest.id,
            corrects=mended.finding_number if mended else None,
        ),
        by=by,
    )


def published_of(entry: Entry) -> Select[Published]:
    """What an entry has published so far, the newest first."""
    of_it = Published.revision_id.in_(select(Revision.id).where(Revision.entry_id == entry.id))
    return select(Published).where(of_it).order_by(Published.number.desc())


def _uncorrected(entry: Entry) -> Select[Reopening]:
    """The reopening whose finding still waits for the one that corrects it."""
    later = exists().where(Published.corrects == Reopening.finding_number)
    waits = Reopening.finding_number.is_not(None)
    listing = select(Reopening).where(Reopening.entry_id == entry.id, waits, ~later)
    return listing.order_by(Reopening.id.desc()).limit(1)


def _correction(mended: Reopening) -> dict[str, object]:
    """What the public reads of why a finding is corrected."""
    return {"correction": {"reason": mended.reason, "language": mended.language}}


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
        address="" if piece.kind is EvidenceKind.REQUEST else piece.address,
        provider=piece.provider,
        media=piece.media_sha256,
        width=piece.media.width if piece.media else None,
        height=piece.media.height if piece.media else None,
        caption=piece.caption,
        source_kind=piece.source_kind,
    )
