"""What all pages of promises share.

Everybody logs under ``/field/promises/``, on short screens made for a phone, and reads and
checks under ``/desk/promises/``. The frame around a page follows the person, not the address.
"""

from typing import Any

from flask import Blueprint, url_for
from flask_login import current_user
from sqlalchemy.orm import joinedload, selectinload

from mobilizer.core.database import db, locked
from mobilizer.core.errors import NotVisible
from mobilizer.core.policy import allowed
from mobilizer.places.models import Place
from mobilizer.promises import queries
from mobilizer.promises.models import Promise
from mobilizer.promises.queries.telling import told
from mobilizer.promises.rules import Method

bp = Blueprint("promises", __name__)

WHOLE = (
    joinedload(Promise.cycle),
    joinedload(Promise.party),
    joinedload(Promise.topic),
    joinedload(Promise.source),
    joinedload(Promise.duplicate_of),
    selectinload(Promise.places).joinedload(Place.parent),
    selectinload(Promise.indicators),
    selectinload(Promise.changes),
)


def find(number: int) -> Promise:
    """The promise of this number with all that belongs to it, if this person may see it."""
    listing = queries.visible_to(current_user).where(Promise.number == number)
    return db.one_or_404(listing.options(*WHOLE))


def find_to_change(number: int, *named: int) -> Promise:
    """The same, held until the transaction ends, with those that the step will name.

    They are held in one order: who names each other's promise at once waits for one of the two.
    """
    hers = queries.visible_to(current_user).where(Promise.number.in_({number, *named}))
    held = db.session.scalars(locked(hers.order_by(Promise.number))).all()
    found = next((one for one in held if one.number == number), None)
    if found is None:
        raise NotVisible
    return found


def address(promise: Promise) -> str:
    """Where a promise is shown."""
    return url_for("promises.show", number=promise.number)


@bp.context_processor
def frame() -> dict[str, Any]:
    """The frame of the page, and what tells the history."""
    return {
        "layout": "layout/desk.html" if allowed("desk.open") else "layout/field.html",
        "told": told,
        "methods": list(Method),
    }
