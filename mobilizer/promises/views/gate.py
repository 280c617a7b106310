"""The testability gate, and publication."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from mobilizer.core.database import db
from mobilizer.core.errors import RuleBroken
from mobilizer.core.language import gettext
from mobilizer.core.policy import requires
from mobilizer.promises import actions, queries
from mobilizer.promises.actions.gate import STAYS
from mobilizer.promises.forms.desk import CheckForm, DuplicateForm, ReasonForm, StepForm
from mobilizer.promises.models import Promise, PromiseChange
from mobilizer.promises.rules import PromiseState, Testability
from mobilizer.promises.rules.gate import Overtaken
from mobilizer.promises.views.blueprint import address, bp, find, find_to_change
from mobilizer.promises.views.desk import show_promise


@bp.get("/desk/promises/unchecked")
@requires("promise.check")
def unchecked() -> ResponseReturnValue:
    """Lead to the promise that waits longest for this person's check."""
    waiting = db.session.scalars(queries.waiting_for(current_user).limit(1)).first()
    if waiting is None:
        return render_template("promises/all_checked.html")
    return redirect(url_for(".check", number=waiting.number))


@bp.get("/desk/promises/<int(max=999999999):number>/check")
@requires("promise.check")
def check(number: int) -> ResponseReturnValue:
    promise = find(number)
    if not queries.reaches(queries.checkable_by(current_user), promise):
        return redirect(address(promise))
    form = CheckForm(
        seen=promise.mark,
        testability=promise.testability,
        reason=promise.testability_reason,
    )
    return show_check(promise, form)


@bp.post("/desk/promises/<int(max=999999999):number>/check")
@requires("promise.check")
def decide(number: int) -> ResponseReturnValue:
    promise = find_to_change(number)
    form = CheckForm()
    try:
        if form.validate():
            found = Testability(form.testability.data)
            reason = form.reason.data or ""
            actions.check(promise, found, reason, by=current_user, seen=form.mark)
            db.session.commit()
            flash(gettext("Promise number %(number)s is checked.", number=number), "ok")
            return redirect(url_for(".unchecked"))
    except RuleBroken as broken:
        struck(form, broken, number)
    return show_check(find(number), form), 422


@bp.post("/desk/promises/<int(max=999999999):number>/publish")
@requires("promise.publish")
def publish(number: int) -> ResponseReturnValue:
    promise = find_to_change(number)
    actions.publish(promise, by=current_user, seen=StepForm().mark)
    db.session.commit()
    flash(gettext("Promise number %(number)s is public now.", number=number), "ok")
    return redirect(address(promise))


@bp.post("/desk/promises/<int(max=999999999):number>/reopen")
@requires("promise.check")
def reopen(number: int) -> ResponseReturnValue:
    promise = find_to_change(number)
    form = ReasonForm()
    try:
        if form.validate():
            actions.reopen(promise, form.reason.data or "", by=current_user, seen=form.mark)
            db.session.commit()
            flash(gettext("Promise number %(number)s waits for a new check.", number=number), "ok")
            return redirect(address(promise))
    except RuleBroken as broken:
        beside(form, broken, number)
    return show_promise(number, again=form), 422


@bp.post("/desk/promises/<int(max=999999999):number>/duplicate")
@requires("promise.write")
def duplicate(number: int) -> ResponseReturnValue:
    form = DuplicateForm()
    promise = find_to_change(number, *form.named)
    try:
        if form.validate():
            of = the_double(form.duplicate_of.data)
            actions.mark_duplicate(promise, of, by=current_user, seen=form.mark)
            db.session.commit()
            flash(told_of(of), "ok")
            return redirect(address(promise))
    except RuleBroken as broken:
        beside(form, broken, number)
    return show_promise(number, double=form), 422


def beside(form: StepForm, broken: RuleBroken, number: int) -> None:
    """Put the fault beside its field; what is about none has a page of its own."""
    if broken.field is None:
        raise broken
    struck(form, broken, number)


def struck(form: StepForm, broken: RuleBroken, number: int) -> None:
    """Put everything back, and the fault in the form.

    Who was overtaken is shown what stands now: sent again, her step is about that.
    """
    db.session.rollback()
    form.strike(broken)
    if isinstance(broken, Overtaken):
        form.seen.data = find(number).mark


def the_double(number: int | None) -> Promise | None:
    """The promise that is named as the one that stays."""
    if number is None:
        return None
    named = queries.visible_to(current_user).where(Promise.number == number)
    found = db.session.scalar(named) if 0 < number < 10**9 else None
    if found is None:
        raise RuleBroken(STAYS, field="duplicate_of")
    return found


def told_of(of: Promise | None) -> str:
    if of is None:
        return gettext("No longer marked as a duplicate.")
    return gettext("Marked as a duplicate of number %(number)s.", number=of.number)


def show_check(promise: Promise, form: CheckForm) -> str:
    """What there is to check, and what was found of it so far, and by whom."""
    return render_template(
        "promises/check.html",
        promise=promise,
        cycle=promise.cycle,
        form=form,
        sent_back=sent_back(promise),
        names=queries.named_to(current_user, promise, None),
    )


def sent_back(promise: Promise) -> PromiseChange | None:
    """Why a checked promise waits to be checked anew, if somebody sent it back."""
    steps = [one for one in promise.changes if one.field == "state"]
    return steps[-1] if steps and promise.state is PromiseState.DRAFT else None
