"""The first page of the phone, and what stands beside it: evidence."""

from flask import render_template
from flask.typing import ResponseReturnValue
from flask_login import current_user

from mobilizer.core.pages import asked_page, paged
from mobilizer.core.policy import requires
from mobilizer.monitoring import queries
from mobilizer.monitoring.rules.matrix import BECAUSE, TRIED
from mobilizer.monitoring.views.shared import bp, find


@bp.get("/")
@requires("entry.write")
def home() -> ResponseReturnValue:
    return render_template(
        "monitoring/home.html",
        months=queries.months_of(current_user),
        beside=queries.beside(current_user),
    )


@bp.get("/evidence")
@requires("entry.write")
def evidence() -> ResponseReturnValue:
    page = paged(queries.evidence_of(current_user), asked_page())
    return render_template("monitoring/all_evidence.html", page=page)


@bp.get("/reports/<uuid:assignment_id>/<month>/")
@requires("entry.write")
def show(assignment_id: str, month: str) -> ResponseReturnValue:
    report = find(assignment_id, month)
    return render_template(
        "monitoring/show.html",
        report=report,
        history=queries.history(report),
        short_fields={one.name: one for one in (BECAUSE, TRIED)},
    )
