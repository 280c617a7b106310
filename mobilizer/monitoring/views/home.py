"""The first page of the phone: what came back, what is due, what is still open."""

from flask import render_template
from flask.typing import ResponseReturnValue
from flask_login import current_user

from mobilizer.core.policy import requires
from mobilizer.monitoring import queries
from mobilizer.monitoring.rules.matrix import BECAUSE, TRIED
from mobilizer.monitoring.views.shared import bp, find


@bp.get("/")
@requires("entry.write")
def home() -> ResponseReturnValue:
    return render_template("monitoring/home.html", months=queries.months_of(current_user))


@bp.get("/reports/<uuid:assignment_id>/<month>/")
@requires("entry.write")
def show(assignment_id: str, month: str) -> ResponseReturnValue:
    return render_template(
        "monitoring/show.html",
        report=find(assignment_id, month),
        short_fields={one.name: one for one in (BECAUSE, TRIED)},
    )
