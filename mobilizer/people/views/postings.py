"""Roles of people: given, moved, taken."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from mobilizer.accounts.actions import postings as actions
from mobilizer.accounts.models import Posting, User
from mobilizer.accounts.rules import Role
from mobilizer.core.database import db, locked
from mobilizer.core.errors import RuleBroken
from mobilizer.core.policy import person, requires
from mobilizer.cycles.models import Cycle
from mobilizer.people.forms import MoveForm, PostingForm
from mobilizer.people.views.frame import (
    bp,
    chosen,
    cycles_to_fill,
    find,
    find_posting,
    names_of,
    offer_places,
)


@bp.route("/<int:user_id>/postings", methods=["GET", "POST"])
@requires("posting.write")
def add_posting(user_id: int) -> ResponseReturnValue:
    someone, form = find(user_id), PostingForm()
    offer_places(form, cycles_to_fill())
    if form.validate_on_submit() and _add(someone, form):
        flash(gettext("The role is given. It holds when she signs in again."), "ok")
        return redirect(url_for(".show", user_id=user_id))
    return render_template("people/add_posting.html", someone=someone, form=form)


def _add(someone: User, form: PostingForm) -> bool:
    try:
        actions.add(someone, Role(form.role.data), chosen(form), by=person())
    except RuleBroken as broken:
        form.strike(broken)
        return False
    db.session.commit()
    return True


@bp.route("/postings/<int:posting_id>", methods=["GET", "POST"])
@requires("posting.write")
def change_posting(posting_id: int) -> ResponseReturnValue:
    posting = find_posting(posting_id)
    cycle = names_of([posting]).get(posting.cycle_id or 0)
    form, stands = _place_of(posting), _place_of(posting, formdata=None)
    for one in (form, stands):
        offer_places(one, [cycle] if cycle else [])
    if request.method == "GET":
        form.know()
    if form.validate_on_submit() and not form.is_overtaken(stands) and _move(posting, form, cycle):
        flash(gettext("Saved."), "ok")
        return redirect(url_for(".show", user_id=posting.user_id))
    return render_template("people/change_posting.html", posting=posting, cycle=cycle, form=form)


def _place_of(posting: Posting, **how: Any) -> MoveForm:
    """A form with where a posting is held; when one is sent, nobody else moves it meanwhile."""
    if request.method == "POST":
        db.session.scalars(locked(db.select(Posting).where(Posting.id == posting.id))).one()
    region, mentor = str(posting.region_id or ""), str(posting.mentor_id or "")
    return MoveForm(region=region, mentor=mentor, **how)


def _move(posting: Posting, form: MoveForm, cycle: Cycle | None) -> bool:
    try:
        to = chosen(form, cycle)
        actions.move(posting, region_id=to.region_id, mentor_id=to.mentor_id, by=person())
    except RuleBroken as broken:
        form.strike(broken)
        return False
    db.session.commit()
    return True


@bp.post("/postings/<int:posting_id>/end")
@requires("posting.write")
def end_posting(posting_id: int) -> ResponseReturnValue:
    posting = find_posting(posting_id)
    actions.end(posting, by=person())
    db.session.commit()
    flash(gettext("The role is taken. She is signed out."), "ok")
    return redirect(url_for(".show", user_id=posting.user_id))
