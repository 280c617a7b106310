"""The public page of a promise."""

from datetime import datetime

from flask.typing import ResponseReturnValue

from mobilizer.core.database import db
from mobilizer.core.policy import public
from mobilizer.findings.queries import of_promise, until
from mobilizer.findings.queries.telling import media_of, tell
from mobilizer.promises.models import Promise, PromiseChange
from mobilizer.promises.queries.telling import told
from mobilizer.replies.models import Reply
from mobilizer.replies.queries import being_read, beside
from mobilizer.requests.queries import answered_on
from mobilizer.scorecards import queries
from mobilizer.scorecards.rules import lateness, latest_by_place
from mobilizer.scorecards.views.days import Chosen, chosen_day
from mobilizer.scorecards.views.frame import bp, page
from mobilizer.scoring.rules import Rating


@bp.get("/promises/<int:number>")
@public
def promise(number: int) -> ResponseReturnValue:
    found = db.one_or_404(queries.public_promise(number))
    chosen = chosen_day(found.cycle, found)
    findings = list(db.session.scalars(until(of_promise(found.id), chosen.moment)))
    media = media_of(one.content for one in findings)
    rating = queries.board(found.cycle, chosen.past).headlines[found.id]
    return page(
        "promise.html",
        found.cycle,
        chosen,
        promise=found,
        rating=rating,
        unread=rating if not findings else Rating.NOT_YET_RATED,
        corrected={one.corrects: one.number for one in findings if one.corrects},
        told=[tell(finding, finding.rating, finding.content, found, media) for finding in findings],
        readings=latest_by_place(findings),
        replies=replies_by(chosen, found),
        being_read=being_read(found),
        requests=[one for one in answered_on(found) if is_by(chosen, one.published_at)],
        changes=changes_since_publication(found, chosen),
        changed_later=any(not is_by(chosen, change.changed_at) for change in found.changes),
        late=lateness(found.due_on, rating, chosen.day),
    )


def is_by(chosen: Chosen, moment: datetime | None) -> bool:
    """Whether something had happened by the end of the day the page is of."""
    return chosen.moment is None or (moment is not None and moment <= chosen.moment)


def replies_by(chosen: Chosen, found: Promise) -> dict[int, list[Reply]]:
    """The replies that stood beside the findings of a promise by the end of the day."""
    return {
        number: [reply for reply in replies if is_by(chosen, reply.shown_at)]
        for number, replies in beside(found).items()
    }


def changes_since_publication(
    found: Promise, chosen: Chosen
) -> list[tuple[PromiseChange, dict[str, str]]]:
    """What was changed in a promise after the public could read it, and how it is told."""
    return [
        (change, told(change))
        for change in found.changes
        if found.published_at
        and change.changed_at >= found.published_at
        and is_by(chosen, change.changed_at)
    ]
