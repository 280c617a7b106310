"""The list of assignments, each of them, and its end."""

from collections.abc import Sequence

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_login import current_user
from sqlalchemy import Select

from mobilizer.accounts.rules import Role
from mobilizer.assignments import actions, queries
from mobilizer.assignments.forms import FilterForm, WithdrawForm
from mobilizer.assignments.models import Assignment
from mobilizer.assignments.rules import AssignmentState
from mobilizer.assignments.views.frame import bp
from mobilizer.core.database import db
from mobilizer.core.errors import RuleBroken
from mobilizer.core.forms import choices
from mobilizer.core.language import said
from mobilizer.core.pages import asked_page, paged
from mobilizer.core.policy import requires
from mobilizer.cycles.models import Cycle
from mobilizer.cycles.queries import regions_of, visible_to
from mobilizer.history.queries import happened
from mobilizer.places.models import Place
from mobilizer.promises.models import Promise
from mobilizer.promises.rules import PromiseState


@bp.get("/")
@requires("assignment.read")
def index() -> ResponseReturnValue:
    form = FilterForm(request.args)
    cycles = db.session.scalars(visible_to(current_user)).all()
    form.offer(
        cycle=[(cycle.code, str(said(cycle.names))) for cycle in cycles],
        region=regions_to_choose(cycles),
        mobilizer=mobilizers_to_choose(),
        promise=choices((PromiseState.CHECKED, PromiseState.PUBLISHED)),
        state=choices(AssignmentState),
    )
    page = paged(queries.listed(narrowed(form)), asked_page())
    own = current_user.cycle_ids(Role.COORDINATOR)
    return render_template(
        "assignments/index.html", form=form, cycles=cycles, page=page, may_assign=bool(own)
    )


def regions_to_choose(cycles: Sequence[Cycle]) -> list[tuple[str, str]]:
    countries = sorted({cycle.country: cycle for cycle in cycles}.items())
    return [
        (place.code, str(said(place.names)))
        for _, cycle in countries
        for place in db.session.scalars(regions_of(cycle))
    ]


def mobilizers_to_choose() -> list[tuple[str, str]]:
    seen = queries.mobilizers_in(queries.visible_to(current_user))
    return [(str(person.id), person.shown_name) for person in db.session.scalars(seen)]


def narrowed(form: FilterForm) -> Select[Assignment]:
    """The assignments she may see, less those the filters take away."""
    found = queries.visible_to(current_user)
    if code := form.chosen("cycle"):
        found = found.where(Assignment.cycle.has(Cycle.code == code))
    if code := form.chosen("region"):
        found = found.where(Assignment.region.has(Place.code == code))
    if person := form.chosen("mobilizer"):
        found = found.where(Assignment.mobilizer_id == int(person))
    if state := form.chosen("promise"):
        found = found.where(Assignment.promise.has(Promise.state == PromiseState(state)))
    if state := form.chosen("state"):
        is_active = Assignment.withdrawn_at.is_(None)
        found = found.where(is_active if state == AssignmentState.ACTIVE else ~is_active)
    return found


@bp.get("/<assignment_id>")
@requires("assignment.read")
def show(assignment_id: str) -> ResponseReturnValue:
    return page_of(find(assignment_id), WithdrawForm())


def find(assignment_id: str) -> Assignment:
    return db.one_or_404(queries.visible_to(current_user).where(Assignment.id == assignment_id))


def page_of(assignment: Assignment, form: WithdrawForm) -> ResponseReturnValue:
    may_withdraw = assignment.cycle_id in current_user.cycle_ids(Role.COORDINATOR)
    known = queries.visible_to(current_user).with_only_columns(Assignment.id)
    passed = db.session.scalars(queries.passed(assignment)).all()
    ids = [one.ended_id for one in passed] + [one.begun_id for one in passed]
    return render_template(
        "assignments/show.html",
        assignment=assignment,
        form=form,
        may_withdraw=may_withdraw,
        history=happened(assignment) if current_user.may("entry.review") else None,
        passed=passed,
        known=set(db.session.scalars(known.where(Assignment.id.in_(ids)))),
        reads_reasons=current_user.reach("board.read", assignment.cycle_id) is not None,
    )


@bp.post("/<assignment_id>/withdraw")
@requires("assignment.write")
def withdraw(assignment_id: str) -> ResponseReturnValue:
    hers = queries.run_by(current_user).where(Assignment.id == assignment_id)
    assignment = db.one_or_404(hers)
    form = WithdrawForm()
    if not form.validate_on_submit():
        return page_of(assignment, form)
    try:
        actions.withdraw(assignment, form.reason.data or "", by=current_user)
        db.session.commit()
    except RuleBroken as error:
        if error.field is None:  # Withdrawn already: its page has no form to say it in.
            raise
        db.session.rollback()
        form.strike(error)
        return page_of(assignment, form)
    flash(gettext("The assignment is withdrawn. What was filed on it stays."), "ok")
    return redirect(url_for(".show", assignment_id=assignment_id))
