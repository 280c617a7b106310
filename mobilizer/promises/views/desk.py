"""The list of promises, and each with all that belongs to it."""

from typing import Any

from flask import render_template, request
from flask.typing import ResponseReturnValue
from flask_login import current_user
from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload, selectinload

from mobilizer.core.database import db
from mobilizer.core.language import gettext, said
from mobilizer.core.pages import asked_page, paged
from mobilizer.core.policy import requires
from mobilizer.cycles.models import Cycle
from mobilizer.elections.models import Party
from mobilizer.history.queries import happened
from mobilizer.places import queries as places
from mobilizer.promises import queries
from mobilizer.promises.forms.desk import CopyForm, DuplicateForm, FilterForm, ReasonForm, StepForm
from mobilizer.promises.models import Promise
from mobilizer.promises.rules import PromiseState
from mobilizer.promises.views.blueprint import bp, find

LISTED = (
    joinedload(Promise.party),
    joinedload(Promise.topic),
    joinedload(Promise.duplicate_of),
    selectinload(Promise.places),
)


@bp.get("/desk/promises/")
@requires("promise.read")
def index() -> ResponseReturnValue:
    cycles = db.session.scalars(queries.cycles_of(current_user, "promise.read")).all()
    form = FilterForm(request.args)
    asked = [cycle for cycle in cycles if cycle.code == form.cycle.data]
    if not cycles:
        return render_template("promises/index.html", form=form, cycle=None, cycles=[])
    cycle = (asked or cycles)[0]
    form.cycle.choices = [(cycle.code, said(cycle.names).text) for cycle in cycles]
    chosen = offer(form, cycle)
    listing = filtered(queries.visible_to(current_user), form, cycle, chosen)
    return render_template(
        "promises/index.html",
        form=form,
        cycle=cycle,
        cycles=cycles,
        page=paged(listing.order_by(Promise.number.desc()).options(*LISTED), asked_page()),
        waiting=db.session.scalar(queries.waiting_for(current_user).limit(1)) is not None,
    )


@bp.get("/desk/promises/<int(max=999999999):number>")
@requires("promise.read")
def show(number: int) -> ResponseReturnValue:
    return show_promise(number)


def show_promise(
    number: int,
    *,
    copying: CopyForm | None = None,
    again: ReasonForm | None = None,
    double: DuplicateForm | None = None,
) -> str:
    """The page of a promise; a form that was refused stands on it as it was sent."""
    promise = find(number)
    history = happened(promise) if current_user.may("promise.check") else None
    return render_template(
        "promises/show.html",
        promise=promise,
        cycle=promise.cycle,
        step=StepForm(seen=promise.mark, formdata=None),
        again=again or ReasonForm(seen=promise.mark, formdata=None),
        double=double or DuplicateForm(seen=promise.mark, formdata=None),
        copying=copying or CopyForm(formdata=None),
        may_check=queries.reaches(queries.checkable_by(current_user), promise),
        may_reopen=promise.state is PromiseState.CHECKED
        and queries.reaches(queries.overseen_by(current_user), promise),
        may_change=queries.reaches(queries.editable_by(current_user), promise),
        may_publish=queries.reaches(queries.publishable_by(current_user), promise),
        history=history,
        names=queries.named_to(current_user, promise, history) if history else {},
    )


def offer(form: FilterForm, cycle: Cycle) -> dict[str, Any]:
    """Fill the filters with what this cycle has, and tell which records they name."""
    promisers = select(Party).where(
        Party.id.in_(select(Promise.party_id).where(Promise.cycle_id == cycle.id))
    )
    offered: dict[str, list[Any]] = {
        "topic": list(cycle.topics),
        "party": list(db.session.scalars(promisers)),
        "region": list(db.session.scalars(places.regions(cycle.country))),
    }
    for name, records in offered.items():
        named = sorted(
            ((record.code, said(record.names).text) for record in records),
            key=lambda choice: choice[1],
        )
        form[name].choices = [("", gettext("All")), *named]
    return {
        name: record
        for name, records in offered.items()
        for record in records
        if record.code == form[name].data
    }


def filtered(
    listing: Select[Promise], form: FilterForm, cycle: Cycle, chosen: dict[str, Any]
) -> Select[Promise]:
    """The promises of the cycle that pass all filters."""
    listing = listing.where(Promise.cycle_id == cycle.id)
    if form.state.data in list(PromiseState):
        listing = listing.where(Promise.state == PromiseState(form.state.data))
    if topic := chosen.get("topic"):
        listing = listing.where(Promise.topic_id == topic.id)
    if party := chosen.get("party"):
        listing = listing.where(Promise.party_id == party.id)
    if region := chosen.get("region"):
        listing = listing.where(queries.inside_places(region))
    if form.mine.data:
        listing = listing.where(Promise.logged_by_id == current_user.id)
    return queries.search(listing, form.q.data or "")
