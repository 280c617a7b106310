"""The change-over: all that one mobilizer has, shown first, then handed over in one go."""

from collections.abc import Sequence

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import ngettext
from flask_login import current_user

from mobilizer.assignments.models import Handover
from mobilizer.board import actions, queries
from mobilizer.board.forms import ChangeOverForm
from mobilizer.board.views.frame import bp
from mobilizer.core import clock
from mobilizer.core.database import db
from mobilizer.core.errors import NotVisible, RuleBroken
from mobilizer.core.forms import translated
from mobilizer.core.policy import requires
from mobilizer.cycles.models import Cycle
from mobilizer.cycles.queries import month_at_hand, run_by


@bp.route("/change-over", methods=["GET", "POST"])
@requires("assignment.write")
def change_over() -> ResponseReturnValue:
    cycle = cycle_asked()
    at_hand = month_at_hand(cycle, clock.today(cycle.time_zone))
    form = ChangeOverForm(of=request.args.get("of"), first_month=at_hand)
    holders = db.session.scalars(queries.holders(cycle)).all()
    form.offer(holders, db.session.scalars(queries.takers(cycle)).all())
    plan, is_to_pass = None, request.form.get("step") == "hand over"
    # Sent twice: what could be chosen the first time may have passed on by it.
    if is_to_pass and (made := queries.handed_by(cycle, form.sending)):
        return told(made, cycle)
    if form.validate_on_submit():
        named = [int(person) for person in form.to.data or ()]
        plan = queries.plan_of(cycle, int(form.of.data), form.first_month.data, named)
        if is_to_pass and (made := handed(form, plan)):
            return told(made, cycle)
        form.seen.data = plan.digest
        form.seen.raw_data = None
    return render_template(
        "board/change_over.html", cycle=cycle, form=form, plan=plan, translated=translated
    )


def cycle_asked() -> Cycle:
    """The cycle asked for, of those she coordinates; else the current or latest of them."""
    own = run_by(current_user)
    if code := request.args.get("cycle"):
        return db.one_or_404(own.where(Cycle.code == code))
    best_first = own.order_by(None).order_by(Cycle.is_current.desc(), Cycle.id.desc())
    cycle = db.session.scalars(best_first).first()
    if cycle is None:
        raise NotVisible
    return cycle


def handed(form: ChangeOverForm, plan: queries.Plan) -> Sequence[Handover]:
    """What was done, stored; nothing where it could not be, and why stands in the form."""
    try:
        made = actions.change_over(
            plan, form.seen.data or "", form.reason.data or "", by=current_user
        )
        db.session.commit()
    except RuleBroken as error:
        db.session.rollback()
        form.strike(error)
        return ()
    return made


def told(made: Sequence[Handover], cycle: Cycle) -> ResponseReturnValue:
    """Back to the board, with how many passed on."""
    number = len(made)
    flash(ngettext("%(num)s promise handed over.", "%(num)s promises handed over.", number), "ok")
    return redirect(url_for(".index", cycle=cycle.code))
