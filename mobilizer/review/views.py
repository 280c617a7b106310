"""The mentor's desk: what waits, one report, her decision."""

from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from mobilizer.conversation.queries import reachable
from mobilizer.core.database import db
from mobilizer.core.errors import RuleBroken
from mobilizer.core.pages import asked_page
from mobilizer.core.policy import person, requires
from mobilizer.evidence.models import Evidence
from mobilizer.evidence.rules.details import Origin
from mobilizer.evidence.rules.links import EvidenceKind, Link, recognise
from mobilizer.monitoring.rules.answers import Incomplete
from mobilizer.places.models import Place
from mobilizer.places.queries import by_code
from mobilizer.review import actions, queries
from mobilizer.review.actions import DecidedAlready, Outcome
from mobilizer.review.forms import DecisionForm, decision_form
from mobilizer.review.queries import Case, Shown
from mobilizer.review.rules import Superseded, Verdict

bp = Blueprint("review", __name__, url_prefix="/desk/review")

#: What is wrong with a form, as HTTP says it.
UNPROCESSABLE = 422


@bp.get("/")
@requires("entry.review")
def queue() -> ResponseReturnValue:
    shown, region = asked_view(), asked_region()
    code = region.code if region else ""
    page = queries.lines(queries.waiting(person(), shown, code), asked_page())
    return render_template(
        "review/queue.html",
        page=page,
        shown=shown,
        region=region,
        counts=queries.counts(person(), code),
        cycle=page.rows[0].entry.assignment.cycle if page.rows else None,
    )


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
    entry = actions.release(str(entry_id), by=person())
    db.session.commit()
    flash(gettext("Let in. It counts as late, and waits for its decision."), "ok")
    return redirect(url_for(".show", entry_id=entry.id))


def asked_view() -> Shown:
    """The ``?show=`` of this request."""
    asked = request.args.get("show", "")
    return Shown(asked) if asked in set(Shown) else Shown.WAITING


def asked_region() -> Place | None:
    """The ``?region=`` of this request."""
    return db.session.scalar(by_code(request.args.get("region", "")[:32]))


def refuse(entry_id: str, form: DecisionForm, fault: RuleBroken) -> ResponseReturnValue:
    """Show the report as it is now, with all that was typed and what is wrong with it."""
    case = queries.case(person(), entry_id)
    for one in fault.faults if isinstance(fault, Incomplete) else (fault,):
        form.strike(one)
    if isinstance(fault, Superseded | DecidedAlready):
        form.verdict.data = None  # What is shown now is not what was decided on.
    form.is_about(case)
    return show_case(case, form), UNPROCESSABLE


def show_case(case: Case, form: DecisionForm) -> str:
    return render_template(
        "review/show.html",
        case=case,
        form=form,
        cycle=case.assignment.cycle,
        reached=reachable(person(), case.comments, case.entry),
        beside=queries.neighbours(person(), case.entry),
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
    if outcome.decision.verdict is Verdict.APPROVE:
        return gettext("Approved. Nothing was published: it says nothing new about the promise.")
    if outcome.decision.verdict is Verdict.RETURN:
        return gettext("Sent back to the mobilizer with your comments.")
    return gettext("Rejected. The mobilizer sees your reason.")
