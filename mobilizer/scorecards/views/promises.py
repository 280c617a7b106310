"""The public register of promises, and the page of one."""

from flask import request
from flask.typing import ResponseReturnValue

from mobilizer.core.database import db
from mobilizer.core.pages import asked_page, paged
from mobilizer.core.policy import public
from mobilizer.findings.queries import of_promise
from mobilizer.findings.queries.telling import media_of, tell
from mobilizer.promises.models import Promise, PromiseChange
from mobilizer.promises.queries.telling import told
from mobilizer.replies.queries import being_read, beside
from mobilizer.requests.queries import answered_on
from mobilizer.scorecards import queries
from mobilizer.scorecards.forms import Filters
from mobilizer.scorecards.rules import By, lateness, latest_by_place
from mobilizer.scorecards.views.frame import as_of, bp, page, the_cycle
from mobilizer.scorecards.views.rows import named
from mobilizer.scoring.rules import Rating


@bp.get("/promises/")
@public
def promises() -> ResponseReturnValue:
    cycle = the_cycle()
    filters = Filters(request.args)
    filters.offer(
        {
            by: [(line.thing.code, named(line.thing.names)) for line in queries.lines(cycle, by)]
            for by in (By.TOPIC, By.PARTY, By.REGION)
        }
    )
    found = queries.filtered(cycle, filters.wanted())
    return page(
        "promises.html",
        cycle,
        filters=filters,
        promises=paged(found, asked_page()),
        ratings_of=queries.board(cycle).headlines,
    )


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
