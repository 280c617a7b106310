"""The public page of a promise."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from flask.typing import ResponseReturnValue

from mobilizer.core.database import db
from mobilizer.core.policy import public
from mobilizer.findings.models import Finding
from mobilizer.findings.queries import of_promise, until
from mobilizer.findings.queries.telling import media_of, tell
from mobilizer.monitoring.rules.words import Stagnation
from mobilizer.promises.models import Promise, PromiseChange
from mobilizer.promises.queries.telling import told
from mobilizer.promises.rules import Testability
from mobilizer.replies.models import Reply
from mobilizer.replies.queries import being_read, beside
from mobilizer.requests.queries import answered_on
from mobilizer.scorecards import queries
from mobilizer.scorecards.rules.promise import (
    Due,
    Rung,
    due,
    kept_since,
    ladder,
    latest_by_place,
    monthly,
    reasons,
)
from mobilizer.scorecards.views.days import Chosen, chosen_day
from mobilizer.scorecards.views.frame import bp, page
from mobilizer.scoring.rules import Rating, headline


@dataclass(frozen=True)
class Standing:
    """How a promise stands in one place: what was found last, what in each month, and why."""

    latest: Finding
    months: Sequence[Finding]
    reasons: Sequence[Stagnation]


@dataclass(frozen=True)
class Overview:
    """How a promise stands as a whole."""

    rating: Rating
    #: What it is in places where nothing was found.
    unread: Rating
    due: Due | None
    places: Sequence[Standing]
    #: The finding that tells of steps last, and the steps.
    steps_of: Finding | None
    ladder: Sequence[Rung]


@bp.get("/promises/<int:number>")
@public
def promise(number: int) -> ResponseReturnValue:
    found = db.one_or_404(queries.public_promise(number))
    chosen = chosen_day(found.cycle, found)
    findings = list(db.session.scalars(until(of_promise(found.id), chosen.moment)))
    media = media_of(one.content for one in findings)
    stands = overview(found, findings, chosen.day)
    return page(
        "promise.html",
        found.cycle,
        chosen,
        promise=found,
        overview=stands,
        rating=stands.rating,
        readings=[place.latest for place in stands.places],
        corrected={one.corrects: one.number for one in findings if one.corrects},
        told=[tell(finding, finding.rating, finding.content, found, media) for finding in findings],
        replies=replies_by(chosen, found),
        being_read=being_read(found),
        requests=[one for one in answered_on(found) if is_by(chosen, one.published_at)],
        changes=changes_since_publication(found, chosen),
        changed_later=any(not is_by(chosen, change.changed_at) for change in found.changes),
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


def overview(found: Promise, findings: Sequence[Finding], today: date) -> Overview:
    """How a promise stands by its findings, the newest first, as of a day."""
    latest = latest_by_place(findings)
    rating = headline(one.rating for one in latest) if latest else unread(found)
    months = monthly(findings)
    steps_of = next((one for one in findings if ladder(one)), None)
    return Overview(
        rating=rating,
        unread=Rating.NOT_YET_RATED if latest else rating,
        due=due(found.due_on, rating, today, kept_since(findings)),
        places=[Standing(one, months[one.place_id], reasons(one)) for one in latest],
        steps_of=steps_of,
        ladder=ladder(steps_of) if steps_of else [],
    )


def unread(found: Promise) -> Rating:
    """What a promise is before anything was found."""
    untestable = found.testability is Testability.NOT_TESTABLE
    return Rating.CANNOT_BE_RATED if untestable else Rating.NOT_YET_RATED


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
