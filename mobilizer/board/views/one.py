"""Handing over one assignment: what a drop on the board leads to as well."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_login import current_user

from mobilizer.accounts.models import Posting
from mobilizer.assignments.models import Assignment, Handover
from mobilizer.assignments.queries import run_by
from mobilizer.board import actions, queries
from mobilizer.board.forms import HandOverForm
from mobilizer.board.views.frame import bp
from mobilizer.core.database import db
from mobilizer.core.errors import RuleBroken
from mobilizer.core.formats import month
from mobilizer.core.policy import requires


@bp.route("/<assignment_id>/hand-over", methods=["GET", "POST"])
@requires("assignment.write")
def hand_over(assignment_id: str) -> ResponseReturnValue:
    held = db.one_or_404(run_by(current_user).where(Assignment.id == assignment_id))
    earliest = queries.earliest_of(held)
    form = HandOverForm(mobilizer=request.args.get("to"), first_month=earliest)
    others = queries.takers(held.cycle).where(Posting.user_id != held.mobilizer_id)
    form.offer(db.session.scalars(others).all())
    made = handed(form, held) if form.validate_on_submit() else None
    if made is None:
        return render_template(
            "board/hand_over.html", assignment=held, form=form, earliest=earliest
        )
    flash(
        gettext(
            "%(name)s follows this promise from %(month)s on. What came before stays as it is.",
            name=made.begun.mobilizer.shown_name,
            month=month(made.first_month),
        ),
        "ok",
    )
    return redirect(url_for(".index", cycle=held.cycle.code))


def handed(form: HandOverForm, held: Assignment) -> Handover | None:
    """What was done, stored; None where a rule forbids it, which then stands in the form."""
    asked = actions.Asked(
        held.id, int(form.mobilizer.data), form.first_month.data, form.reason.data or ""
    )
    try:
        made = actions.hand_over(asked, by=current_user)
        db.session.commit()
    except RuleBroken as error:
        db.session.rollback()
        form.strike(error)
        return None
    return made
