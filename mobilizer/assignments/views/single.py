"""One by one: first which promise, then who, where and when."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_login import current_user

from mobilizer.accounts.models import User
from mobilizer.accounts.rules import Role
from mobilizer.assignments import actions, queries
from mobilizer.assignments.forms import AssignForm, PromiseForm
from mobilizer.assignments.models import Assignment
from mobilizer.assignments.rules import check_promise, no_promise, shared
from mobilizer.assignments.views.frame import bp, cycle_of_now
from mobilizer.core.database import db
from mobilizer.core.errors import RuleBroken
from mobilizer.core.policy import requires
from mobilizer.cycles.models import Cycle
from mobilizer.cycles.queries import posted
from mobilizer.places.models import Place
from mobilizer.promises.models import Promise

#: So many promises are listed below the field for a number; all of them complete it.
MOST_LISTED = 50


@bp.route("/new", methods=["GET", "POST"])
@requires("assignment.write")
def new() -> ResponseReturnValue:
    cycle = cycle_of_now()
    if cycle is None:
        return render_template("assignments/no_cycle.html")
    form = PromiseForm(request.args or None)
    promise = None
    if "promise" in request.args and form.validate():
        promise = chosen_promise(cycle, form)
    if promise is None:
        offered = db.session.scalars(queries.assignable(cycle)).all()
        return render_template(
            "assignments/choose.html", cycle=cycle, form=form, offered=offered, most=MOST_LISTED
        )
    return give(cycle, promise)


def chosen_promise(cycle: Cycle, form: PromiseForm) -> Promise | None:
    """The promise of this number, if it can be assigned; else what is wrong stands beside it."""
    number = form.promise.data or 0
    promise = db.session.scalars(queries.promise(cycle, number)).one_or_none()
    try:
        if promise is None:
            raise no_promise(number)
        check_promise(
            promise.state, promise.testability, is_duplicate=promise.duplicate_of_id is not None
        )
    except RuleBroken as error:
        form.strike(error)
        return None
    return promise


def give(cycle: Cycle, promise: Promise) -> ResponseReturnValue:
    people = db.session.scalars(posted(cycle, Role.MOBILIZER)).all()
    mentors = db.session.scalars(posted(cycle, Role.MENTOR)).all()
    places = db.session.scalars(queries.spots(promise)).all()
    form = AssignForm(first_month=cycle.first_month, last_month=cycle.last_month)
    form.offer(people, mentors, places)
    assignment = None
    if form.validate_on_submit():
        person = next(one for one in people if str(one.id) == form.mobilizer.data)
        place = next(one for one in places if str(one.id) == form.place.data)
        assignment = given(form, promise, place, person)
    if assignment is None:
        return render_template("assignments/new.html", cycle=cycle, promise=promise, form=form)
    return redirect(url_for(".new", cycle=cycle.code))


def given(form: AssignForm, promise: Promise, place: Place, person: User) -> Assignment | None:
    """The assignment, stored; None where a rule forbids it, which then stands in the form."""
    chosen = form.mentor.data
    try:
        assignment = actions.assign(
            promise,
            place,
            person,
            *form.months,
            mentor_id=int(chosen) if chosen else None,
            by=current_user,
        )
        db.session.commit()
    except RuleBroken as error:
        db.session.rollback()
        form.strike(error)
        return None
    flash(gettext("%(name)s now follows this promise.", name=person.shown_name), "ok")
    there = db.session.scalars(queries.like(promise.id, place.id))
    others = list(shared(assignment, there))
    if others:
        names = ", ".join(other.mobilizer.shown_name for other in others)
        flash(
            gettext("In the same place it is also followed by: %(names)s.", names=names), "warning"
        )
    return assignment
