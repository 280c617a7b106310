"""The mentor's desk: what waits, one report, her decision."""

from collections.abc import Iterator, Mapping
from typing import Any
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext, ngettext

from mobilizer.conversation.queries import reachable
from mobilizer.core.database import db
from mobilizer.core.errors import RuleBroken
from mobilizer.core.formats import month
from mobilizer.core.forms import translated
from mobilizer.core.language import said
from mobilizer.core.pages import asked_page
from mobilizer.core.policy import person, requires
from mobilizer.core.words import N_
from mobilizer.evidence.models import Evidence
from mobilizer.evidence.rules.details import Origin
from mobilizer.evidence.rules.links import EvidenceKind, Link, recognise
from mobilizer.monitoring.rules.workflow import steps_by_state
from mobilizer.replies.queries import held_of
from mobilizer.review import actions, queries
from mobilizer.review.actions import DecidedAlready, Outcome
from mobilizer.review.forms import (
    DecisionForm,
    OnlyForm,
    ReopenForm,
    TogetherForm,
    decision_form,
)
from mobilizer.review.models import Reopening
from mobilizer.review.queries import Case, Shown
from mobilizer.review.rules import MOST_RETURNS, Superseded, Verdict

bp = Blueprint("review", __name__, url_prefix="/desk/review")

#: What is wrong with a form, as HTTP says it.
UNPROCESSABLE = 422


@bp.get("/")
@requires("entry.review")
def queue() -> ResponseReturnValue:
    shown, form = asked_view(), asked_only()
    counts = queries.counts(person(), form.only)
    listing = queries.waiting(person(), shown, form.only)
    page = queries.lines(listing, asked_page(), counts[shown])
    return render_template(
        "review/queue.html",
        page=page,
        shown=shown,
        form=form,
        asked=asked_filters(form),
        counts=counts,
        cycle=page.rows[0].entry.assignment.cycle if page.rows else None,
    )


@bp.get("/same")
@requires("entry.review")
def same() -> ResponseReturnValue:
    return show_together(TogetherForm())


@bp.post("/same")
@requires("entry.review")
def approve_together() -> ResponseReturnValue:
    form = TogetherForm()
    if not form.seen:
        form.strike(RuleBroken(N_("Tick at least one report."), field="same"))
        return show_together(form), UNPROCESSABLE
    came = actions.approve_together(form.seen, by=person())
    db.session.commit()
    for text, tone in told_together(came):
        flash(text, tone)
    return redirect(url_for(".same", **asked_filters(asked_only())))


@bp.get("/<uuid:entry_id>")
@requires("entry.review")
def show(entry_id: UUID) -> ResponseReturnValue:
    case = queries.case(person(), str(entry_id))
    return show_case(case, decision_form(case))


@bp.post("/<uuid:entry_id>")
@requires("entry.review")
def decide(entry_id: UUID) -> ResponseReturnValue:
    case = queries.case(person(), str(entry_id))
    form = decision_form(case)
    try:
        outcome = actions.decide(case.entry.id, form.ruling, by=person())
    except RuleBroken as fault:
        db.session.rollback()
        return refuse(str(entry_id), form, fault)
    db.session.commit()
    flash(told(outcome), "ok")
    coming = queries.next_for(person(), case.entry)
    return redirect(url_for(".show", entry_id=coming) if coming else url_for(".queue"))


@bp.post("/<uuid:entry_id>/release")
@requires("entry.extend")
def release(entry_id: UUID) -> ResponseReturnValue:
    try:
        actions.release(str(entry_id), by=person())
    except RuleBroken as fault:
        db.session.rollback()
        flash(translated(fault), "warning")
    else:
        db.session.commit()
        flash(gettext("Let in. It counts as late, and waits for its decision."), "ok")
    return redirect(url_for(".show", entry_id=entry_id))


@bp.post("/<uuid:entry_id>/reopen")
@requires("finding.correct")
def reopen(entry_id: UUID) -> ResponseReturnValue:
    form = ReopenForm()
    try:
        made = actions.reopen(str(entry_id), form.reason.data or "", by=person())
    except RuleBroken as fault:
        db.session.rollback()
        form.strike(fault)
        case = queries.case(person(), str(entry_id))
        return show_case(case, decision_form(case), form), UNPROCESSABLE
    db.session.commit()
    flash(reopened(made), "ok")
    return redirect(url_for(".show", entry_id=entry_id))


@bp.get("/how")
@requires("account.own")
def how() -> ResponseReturnValue:
    return render_template("review/how.html", states=steps_by_state(), most_returns=MOST_RETURNS)


def asked_view() -> Shown:
    """The ``?show=`` of this request."""
    asked = request.args.get("show", "")
    return Shown(asked) if asked in set(Shown) else Shown.WAITING


def asked_only() -> OnlyForm:
    """What this request narrows the queue to."""
    form = OnlyForm(request.args)
    form.offer(*queries.offered(person()))
    return form


def asked_filters(form: OnlyForm) -> dict[str, Any]:
    """The part of an address that narrows the queue."""
    return {name: text for name, text in form.data.items() if text}


def show_together(form: TogetherForm) -> str:
    only = asked_only()
    page = queries.together(person(), only.only, asked_page())
    return render_template(
        "review/same.html",
        page=page,
        form=form,
        only=only,
        asked=asked_filters(only),
        cycle=page.rows[0].entry.assignment.cycle if page.rows else None,
    )


def refuse(entry_id: str, form: DecisionForm, fault: RuleBroken) -> ResponseReturnValue:
    """Show the report as it is now, with all that was typed and what is wrong with it."""
    case = queries.case(person(), entry_id)
    form.strike(fault)
    if isinstance(fault, Superseded | DecidedAlready):
        form.verdict.data = None  # What is shown now is not what was decided on.
    form.is_about(case)
    return show_case(case, form), UNPROCESSABLE


def show_case(case: Case, form: DecisionForm, reopening: ReopenForm | None = None) -> str:
    return render_template(
        "review/show.html",
        case=case,
        form=form,
        reopening=reopening or ReopenForm(),
        cycle=case.assignment.cycle,
        reached=reachable(person(), case.comments, case.entry),
        beside=queries.neighbours(person(), case.entry),
        history=queries.history(case.entry),
        origins={origin.value: origin.label for origin in Origin},
        links={piece.id: link for piece in case.newest.evidence if (link := link_of(piece))},
    )


def link_of(piece: Evidence) -> Link | None:
    """A kept address with what a page needs to show it."""
    if piece.kind not in (EvidenceKind.VIDEO, EvidenceKind.LINK) or not piece.address:
        return None
    return recognise(piece.address)


def told(outcome: Outcome) -> str:
    """A decision in the page's language."""
    if outcome.finding is not None:
        number = outcome.finding.number
        return gettext("Approved and published as finding %(number)s.", number=number)
    if held_of(outcome.decision.revision_id):
        return gettext("Approved. It is published once the party or institution could reply.")
    if outcome.decision.verdict is Verdict.APPROVE:
        return gettext("Approved. Nothing was published: it says nothing new about the promise.")
    if outcome.decision.verdict is Verdict.RETURN:
        return gettext("Sent back to the mobilizer with your comments.")
    return gettext("Rejected. The mobilizer sees your reason.")


def reopened(made: Reopening) -> str:
    """What becomes of the finding of a report that was reopened, in the page's language."""
    if made.finding_number is not None:
        return gettext("Reopened. The finding stays public until a newer one corrects it.")
    return gettext(
        "Reopened. Nothing of this report is public, and nothing will be until it is approved anew."
    )


def told_together(came: Mapping[str, Outcome | RuleBroken]) -> Iterator[tuple[str, str]]:
    """What came of each of several, in the page's language: how many, and each that was not."""
    refused = {uid: one for uid, one in came.items() if isinstance(one, RuleBroken)}
    done = len(came) - len(refused)
    if done:
        yield ngettext("%(num)s report approved.", "%(num)s reports approved.", done), "ok"
    for uid, fault in refused.items():
        entry = queries.case(person(), uid).entry
        promise = entry.assignment.promise
        title = said(promise.titles).text or promise.exact_words[:80]
        about = {"promise": title, "month": month(entry.month)}
        for one in fault.each:
            text = gettext("Not approved: %(promise)s, %(month)s.", **about)
            yield f"{text} {translated(one)}", "warning"
    if not came:
        yield gettext("None of these waits for you any more."), "warning"
