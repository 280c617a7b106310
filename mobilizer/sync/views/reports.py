"""Reports, as the phone's outbox sends them."""

from uuid import UUID

from flask.typing import ResponseReturnValue

from mobilizer.core.database import db
from mobilizer.core.policy import person, requires
from mobilizer.sync import actions, queries
from mobilizer.sync.rules import MOST_NUMBER
from mobilizer.sync.views.frame import bp, parcel, sent_at


@bp.put(f"/entries/<uuid:uid>/revisions/<int(min=1, max={MOST_NUMBER}):number>")
@requires("entry.write")
def report(uid: UUID, number: int) -> ResponseReturnValue:
    receipt, is_new = actions.take_report(parcel(uid, number), sent_at=sent_at(), by=person())
    db.session.commit()
    return queries.told([receipt])[0], 201 if is_new else 200
