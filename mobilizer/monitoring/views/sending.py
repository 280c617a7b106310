"""Sending: the whole report, "same as last month", "could not find out"; and taking it back."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_login import current_user

from mobilizer.core.database import db
from mobilizer.core.errors import RuleBroken
from mobilizer.core.policy import requires
from mobilizer.monitoring import actions
from mobilizer.monitoring.forms import NotFoundOutForm, ReportForm, ShortForm, screen_form
from mobilizer.monitoring.models import Entry
from mobilizer.monitoring.queries import Report
from mobilizer.monitoring.rules.answers import EVIDENCE, Incomplete
from mobilizer.monitoring.rules.carry import changed
from mobilizer.monitoring.rules.matrix import Screen
from mobilizer.monitoring.rules.workflow import EntryState
from mobilizer.monitoring.views.screens import Place, called, conflicted, keep, show_screen
from mobilizer.monitoring.views.shared import address, bp, find, name_of

SEND = (Screen.SEND, 0)


@bp.get("/reports/<uuid:assignment_id>/<month>/send")
@requires("entry.write")
def check(assignment_id: str, month: str) -> ResponseReturnValue:
    report = find(assignment_id, month)
    if not report.is_editable:
        return redirect(address(report, "show"))
    return _show_check(report, screen_form(report, *SEND))


@bp.post("/reports/<uuid:assignment_id>/<month>/send")
@requires("entry.write")
def send(assignment_id: str, month: str) -> ResponseReturnValue:
    report = find(assignment_id, month)
    form = screen_form(report, *SEND)
    if report.is_waiting and form.version.data != report.version:
        return _sent(report.entry)  # The button was tapped twice.
    try:
        keep(report, form)
    except RuleBroken as fault:
        return conflicted(report, SEND, form, fault)
    db.session.commit()
    report = find(assignment_id, month)
    if request.form.get("go") == "later":
        flash(gettext("Saved. Nothing has been sent yet."), "ok")
        return redirect(url_for("monitoring.home"))
    if report.entry is None:
        return redirect(address(report, "show"))
    try:
        actions.submit_draft(report.entry, report.draft, by=current_user)
    except Incomplete as incomplete:
        db.session.rollback()
        return _show_check(find(assignment_id, month), form, list(incomplete.faults))
    db.session.commit()
    return _sent(report.entry)


@bp.route("/reports/<uuid:assignment_id>/<month>/same", methods=["GET", "POST"])
@requires("entry.write")
def same(assignment_id: str, month: str) -> ResponseReturnValue:
    report = find(assignment_id, month)
    form = ShortForm()
    if (elsewhere := _not_short(report)) is not None:
        return elsewhere
    if request.method == "GET":
        return _show_same(report, form)
    entry = actions.start(report.assignment, report.month, by=current_user)
    try:
        actions.submit_no_change(
            entry,
            by=current_user,
            tried=form.tried.data or "",
            contradiction_reason=form.contradiction_reason.data or "",
        )
    except Incomplete as incomplete:
        db.session.rollback()
        return _show_same(find(assignment_id, month), form, incomplete)
    db.session.commit()
    return _sent(entry)


@bp.route("/reports/<uuid:assignment_id>/<month>/could-not-find-out", methods=["GET", "POST"])
@requires("entry.write")
def could_not(assignment_id: str, month: str) -> ResponseReturnValue:
    report = find(assignment_id, month)
    form = NotFoundOutForm()
    if (elsewhere := _not_short(report)) is not None:
        return elsewhere
    if request.method == "GET":
        return render_template("monitoring/could_not.html", report=report, form=form)
    entry = actions.start(report.assignment, report.month, by=current_user)
    try:
        actions.submit_not_found_out(
            entry, by=current_user, because=form.because.data or "", tried=form.tried.data or ""
        )
    except Incomplete as incomplete:
        db.session.rollback()
        form.strike(incomplete)
        return render_template(
            "monitoring/could_not.html", report=find(assignment_id, month), form=form
        )
    db.session.commit()
    return _sent(entry)


@bp.post("/reports/<uuid:assignment_id>/<month>/withdraw")
@requires("entry.write")
def withdraw(assignment_id: str, month: str) -> ResponseReturnValue:
    report = find(assignment_id, month)
    if report.entry is not None:
        if report.entry.state is not EntryState.WITHDRAWN:
            actions.withdraw(report.entry, by=current_user)
            db.session.commit()
        flash(gettext("Taken back. What you had sent is kept, and is not reviewed."), "ok")
    return redirect(address(report, "show"))


@bp.post("/reports/<uuid:assignment_id>/<month>/discard")
@requires("entry.write")
def discard(assignment_id: str, month: str) -> ResponseReturnValue:
    report = find(assignment_id, month)
    if report.entry is not None:
        actions.discard_draft(report.entry, by=current_user)
        db.session.commit()
        flash(gettext("What you had typed is thrown away."), "ok")
    return redirect(address(report, "show"))


def _not_short(report: Report) -> ResponseReturnValue | None:
    """Where to go instead, when a short report would throw away what was typed or decided."""
    if report.is_begun:
        flash(
            gettext("You have begun a report for this month: send it, or throw it away first."),
            "warning",
        )
    elif report.is_editable:
        return None
    return redirect(address(report, "show"))


def _sent(entry: Entry | None) -> ResponseReturnValue:
    """Say that it came in, and how."""
    if entry is not None and entry.is_quarantined:
        flash(
            gettext("Sent. This month was closed already: your coordinator decides about it."),
            "warning",
        )
    else:
        flash(gettext("Sent to your mentor."), "ok")
    return redirect(url_for("monitoring.home"))


def _show_check(
    report: Report, form: ReportForm, faults: list[RuleBroken] | None = None
) -> ResponseReturnValue:
    """The last screen: what is missing, what disagrees, what has changed."""
    reading = report.read(report.draft)
    here = {one.name for one in form.asked} | {"contradiction_reason"}
    return show_screen(
        report,
        SEND,
        form,
        [fault for fault in faults or () if fault.field in here],
        reading=reading,
        missing=_by_screen(report, reading.faults if faults is None else faults),
        contradictions=report.contradictions(reading.answers, report.evidence(report.draft)),
        changed=changed(report.before.answers if report.before else {}, reading.answers),
    )


def _by_screen(report: Report, faults: list[RuleBroken]) -> list[tuple[str, str, list[RuleBroken]]]:
    """The faults of each screen on which they can be mended: its address, its name, and they."""
    found: dict[Place, list[RuleBroken]] = {}
    for fault in faults:
        one = report.matrix.fields.get(fault.field or "")
        elsewhere = Screen.EVIDENCE if fault.field == EVIDENCE else Screen.SEND
        place = (one.screen, one.position) if one else (elsewhere, 0)
        found.setdefault(place, []).append(fault)
    return [(name_of(*place), called(report, *place), told) for place, told in found.items()]


def _show_same(
    report: Report, form: ShortForm, incomplete: Incomplete | None = None
) -> ResponseReturnValue:
    for fault in incomplete.faults if incomplete else ():
        form.strike(fault)
    last = report.before
    found = report.contradictions(last.answers, last.evidence) if last else []
    return render_template("monitoring/same.html", report=report, form=form, contradictions=found)
