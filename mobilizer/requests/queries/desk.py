"""What a coordinator may know of: the public requests of her cycles.

Nobody else does, mentors neither: a tip can point at a mobilizer, at her mentor, or at whoever sent
it, and then the fewer have read it the better.
"""

from collections.abc import Sequence

from sqlalchemy import Select, case, func, select
from sqlalchemy.orm import contains_eager, joinedload

from mobilizer.accounts.models import User
from mobilizer.core import clock
from mobilizer.core.database import db
from mobilizer.core.storage import media as store
from mobilizer.findings.models import Finding
from mobilizer.monitoring.models import Revision
from mobilizer.promises.models import Promise
from mobilizer.promises.queries.visibility import cycle_ids
from mobilizer.replies.queries import readings
from mobilizer.requests.models import PublicRequest
from mobilizer.requests.rules import RequestState

PERMISSION = "request.answer"


def visible_to(user: User) -> Select[PublicRequest]:
    """The requests about promises of the cycles she coordinates."""
    return (
        select(PublicRequest)
        .join(PublicRequest.promise)
        .where(Promise.cycle_id.in_(cycle_ids(user, PERMISSION)))
        .options(
            contains_eager(PublicRequest.promise).joinedload(Promise.cycle),
            joinedload(PublicRequest.shown),
        )
    )


def listed(user: User, state: RequestState) -> Select[PublicRequest]:
    """Those in a state. What waits: worked for first, then by its day; what is closed: newest."""
    found = visible_to(user).where(PublicRequest.state == state)
    if state is not RequestState.RECEIVED:
        return found.order_by(PublicRequest.closed_at.desc(), PublicRequest.id.desc())
    return found.order_by(PublicRequest.is_worked.desc(), PublicRequest.answer_by, PublicRequest.id)


def waiting(user: User) -> Select[PublicRequest]:
    """Those that nobody has closed yet."""
    return listed(user, RequestState.RECEIVED)


def how_many_wait(user: User, cycle_id: int) -> tuple[int, int]:
    """How many requests of a cycle wait, and how many of them for too long."""
    late = case((PublicRequest.answer_by <= clock.now(), 1))
    hers = waiting(user).where(Promise.cycle_id == cycle_id).order_by(None)
    row = db.session.execute(
        hers.with_only_columns(func.count(PublicRequest.id), func.count(late))
    ).one()
    return row[0], row[1]


def photo_of(sent: PublicRequest) -> bytes | None:
    """The photo of a tip; None where it has none, or none any more."""
    return store().get(sent.photo) if sent.photo else None


def counts(user: User) -> dict[RequestState, int]:
    """How many there are in each state."""
    hers = visible_to(user).with_only_columns(PublicRequest.state, func.count(PublicRequest.id))
    found = dict(db.session.execute(hers.group_by(PublicRequest.state)).all())
    return {state: found.get(state, 0) for state in RequestState}


def reports_behind(promise: Promise) -> Sequence[tuple[Finding, str]]:
    """What the public reads of a promise now, each finding with the report that is to be reopened.

    Where a correction is right, this is where it is mended. Findings that were imported have none.
    """
    latest = {one.revision_id: one for one in readings(promise.id) if one.revision_id}
    rows = db.session.execute(
        select(Revision.id, Revision.entry_id).where(Revision.id.in_(latest)).order_by(Revision.id)
    )
    return [(latest[revision_id], entry_id) for revision_id, entry_id in rows]
