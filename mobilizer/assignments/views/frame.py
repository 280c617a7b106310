"""What the pages below ``/desk/assignments`` share."""

from flask import Blueprint, request
from flask_login import current_user

from mobilizer.core.database import db
from mobilizer.cycles.models import Cycle
from mobilizer.cycles.queries import run_by

bp = Blueprint("assignments", __name__, url_prefix="/desk/assignments")


def cycle_of_now() -> Cycle | None:
    """The cycle asked for, of those she coordinates; else the current or latest of them."""
    own = run_by(current_user)
    if code := request.args.get("cycle"):
        return db.one_or_404(own.where(Cycle.code == code))
    best_first = own.order_by(None).order_by(Cycle.is_current.desc(), Cycle.id.desc())
    return db.session.scalars(best_first).first()
