"""The public page of a promise."""

from flask.typing import ResponseReturnValue

from mobilizer.core.database import db
from mobilizer.core.policy import public
from mobilizer.findings.queries import of_promise
from mobilizer.findings.queries.telling import media_of, tell
from mobilizer.promises.models import Promise, PromiseChange
from mobilizer.promises.queries.telling import told
from mobilizer.replies.queries import being_read, beside
from mobilizer.requests.queries import answered_on
from mobilizer.scorecards import queries
from mobilizer.scorecards.rules import lateness, latest_by_place
from mobilizer.scorecards.views.frame import as_of, bp, page
from mobilizer.scoring.rules import Rating


@bp.get("/promises/<int:number>")
@public
def promise(number: int) -> ResponseReturnValue:
    found = db.one_or_404(queries.public_promise(number))
    findings = list(db.session.scalars(of_promise(found.id)))
    media = media_of(one.content for one in findings)
    rating = queries.board(found.cycle).headlines[found.id]
    return page(
        "promise.html",
        found.cycle,
        promise=found,
        rating=rating,
        unread=rating if not findings else Rating.NOT_YET_RATED,
        corrected={one.corrects: one.number for one in findings if one.corrects},
        told=[tell(finding, finding.rating, finding.content, found, media) for finding in findings],
        readings=latest_by_place(findings),
        replies=beside(found),
        being_read=being_read(found),
        requests=answered_on(found),
        changes=changes_since_publication(found),
        late=lateness(found.due_on, rating, as_of(found.cycle)),
    )


def changes_since_publication(found: Promise) -> list[tuple[PromiseChange, dict[str, str]]]:
    """What was changed in a promise after the public could read it, and how it is told."""
    return [
        (change, told(change))
        for change in found.changes
        if found.published_at and change.changed_at >= found.published_at
    ]
