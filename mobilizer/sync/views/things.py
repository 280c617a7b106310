"""Reports and promises, as the phone's outbox sends them."""

from uuid import UUID

from flask.typing import ResponseReturnValue

from mobilizer.core.bodies import MOST, takes
from mobilizer.core.database import db
from mobilizer.core.policy import person, requires
from mobilizer.sync import actions, queries
from mobilizer.sync.forms import promise_values
from mobilizer.sync.models import Receipt
from mobilizer.sync.rules import MOST_NUMBER
from mobilizer.sync.views.frame import bp, parcel, sent_at


@bp.put(f"/entries/<uuid:uid>/revisions/<int(min=1, max={MOST_NUMBER}):number>")
@requires("entry.write")
@takes(MOST)
def report(uid: UUID, number: int) -> ResponseReturnValue:
    return taken(*actions.take_report(parcel(uid, number), sent_at=sent_at(), by=person()))


@bp.put("/promises/<uuid:uid>")
@requires("promise.write")
@takes(MOST)
def promise(uid: UUID) -> ResponseReturnValue:
    return taken(*actions.take_promise(parcel(uid), promise_values, by=person()))


def taken(receipt: Receipt, is_new: bool) -> ResponseReturnValue:  # a pair from the action
    """Keep it for good, and then say so: what is said is looked up while it is at hand."""
    (told,) = queries.told([receipt])
    db.session.commit()
    return told, 201 if is_new else 200
