"""An absent mentor's reports in another mentor's hands, from day to day."""

from datetime import date

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from mobilizer.accounts.models import Posting, StandIn, User
from mobilizer.core.database import db
from mobilizer.core.errors import NotVisible, RuleBroken
from mobilizer.core.policy import person, requires
from mobilizer.cycles.models import Cycle
from mobilizer.people import actions, queries
from mobilizer.people.forms import AbsenceForm
from mobilizer.people.views.frame import bp, find_posting, names_of


@bp.route("/postings/<int:posting_id>/absence", methods=["GET", "POST"])
@requires("posting.write")
def absence(posting_id: int) -> ResponseReturnValue:
    posting = find_posting(posting_id)
    cycle = names_of([posting]).get(posting.cycle_id or 0)
    if cycle is None:
        raise NotVisible
    form = AbsenceForm()
    form.offer(db.session.scalars(queries.mentors_of([cycle])), posting)
    if form.validate_on_submit() and _name(posting, cycle, form):
        flash(gettext("Noted. She sees these reports on those days, beside her own."), "ok")
        return redirect(url_for(".absence", posting_id=posting_id))
    named = db.session.scalars(queries.stand_ins([posting])).all()
    return render_template(
        "people/absence.html", posting=posting, cycle=cycle, form=form, named=named
    )


def _name(posting: Posting, cycle: Cycle, form: AbsenceForm) -> bool:
    who = db.session.get_one(User, int(form.mentor.data))
    first, last = form.first_day.data or date.min, form.last_day.data or date.min
    try:
        actions.name_stand_in(posting, who, first, last, cycle, by=person())
    except RuleBroken as broken:
        db.session.rollback()
        form.strike(broken)
        return False
    db.session.commit()
    return True


@bp.post("/stand-ins/<int:stand_in_id>/end")
@requires("posting.write")
def end_stand_in(stand_in_id: int) -> ResponseReturnValue:
    hers = queries.stand_ins_visible_to(person()).where(StandIn.id == stand_in_id)
    named = db.one_or_404(hers)
    actions.end_stand_in(named, by=person())
    db.session.commit()
    flash(gettext("The mentor looks after her own reports again."), "ok")
    return redirect(url_for(".absence", posting_id=named.posting_id))
