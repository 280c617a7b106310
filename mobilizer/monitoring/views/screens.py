"""The screens of a full report: each saves what was typed, right or wrong."""

from collections.abc import Callable
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_login import current_user

from mobilizer.core.database import db
from mobilizer.core.errors import NotVisible, RuleBroken
from mobilizer.core.policy import requires
from mobilizer.monitoring import actions
from mobilizer.monitoring.forms import ReportForm, screen_form
from mobilizer.monitoring.models import Entry
from mobilizer.monitoring.queries import Report
from mobilizer.monitoring.rules.answers import EVIDENCE
from mobilizer.monitoring.rules.draft import Draft
from mobilizer.monitoring.rules.matrix import Screen
from mobilizer.monitoring.views.shared import address, bp, find, name_of, place_of

#: What a screen does to the draft beyond its own fields, and what went wrong with it.
More = Callable[[Entry, Draft, Any], tuple[Draft, list[RuleBroken]]]
Place = tuple[Screen, int]


@bp.get("/reports/<uuid:assignment_id>/<month>/<screen>")
@requires("entry.write")
def screen(assignment_id: str, month: str, screen: str) -> ResponseReturnValue:
    report = find(assignment_id, month)
    here = _on_the_way(report, screen)
    if not report.is_editable:
        return redirect(address(report, "show"))
    return show_screen(report, here, screen_form(report, *here))


@bp.post("/reports/<uuid:assignment_id>/<month>/<screen>")
@requires("entry.write")
def save(assignment_id: str, month: str, screen: str) -> ResponseReturnValue:
    report = find(assignment_id, month)
    return saved(report, _on_the_way(report, screen))


def saved(report: Report, here: Place, more: More | None = None) -> ResponseReturnValue:
    """Keep what is typed on a screen, and go where the button says."""
    form = screen_form(report, *here)
    try:
        faults = keep(report, form, more)
    except RuleBroken as fault:
        return conflicted(report, here, form, fault)
    db.session.commit()
    report = find(report.assignment.id, report.month.strftime("%Y-%m"))
    if request.form.get("go") == "later":
        flash(gettext("Saved. Nothing has been sent yet."), "ok")
        return redirect(url_for("monitoring.home"))
    if not faults and "go" not in request.form:
        names = {one.name for one in form.asked} | (
            {EVIDENCE} if here[0] == Screen.EVIDENCE else set()
        )
        faults = [one for one in report.read(report.draft).faults if one.field in names]
    if faults:
        return show_screen(report, here, form, faults)
    return redirect(address(report, "screen", screen=name_of(*_next(report, here))))


def keep(report: Report, form: ReportForm, more: More | None = None) -> list[RuleBroken]:
    """Put what is typed on one screen into the draft.

    Raises:
        Outdated: the draft was changed in another window since.
        RuleBroken: it was decided on or taken back meanwhile, or the month has not opened.
    """
    entry = actions.start(report.assignment, report.month, by=current_user)
    draft = report.draft.typed(form.typed).replied(form.replies)
    if "contradiction_reason" in form:
        draft = draft.reasoned(form["contradiction_reason"].data or "")
    draft, faults = more(entry, draft, form) if more else (draft, [])
    actions.save_draft(entry, draft, knew=form.version.data or "", by=current_user)
    return faults


def conflicted(
    report: Report, here: Place, form: ReportForm, fault: RuleBroken
) -> ResponseReturnValue:
    """The screen again, with what was typed on it, and with what another window kept instead."""
    db.session.rollback()
    report = find(report.assignment.id, report.month.strftime("%Y-%m"))
    if isinstance(fault, actions.Outdated):
        return show_screen(report, here, form, [fault], stored=report.draft.fields)
    return show_screen(report, here, form, [fault]), 409


def show_screen(
    report: Report,
    here: Place,
    form: ReportForm,
    faults: list[RuleBroken] | None = None,
    **more: Any,
) -> str:
    """One screen with its form and what is wrong on it."""
    for fault in faults or ():
        form.strike(fault)
    form.version.data = report.version
    way = report.matrix.screens(report.draft.fields)
    at = way.index(here) if here in way else 0
    return render_template(
        f"monitoring/{here[0]}.html",
        report=report,
        draft=report.draft,
        form=form,
        here=here,
        at=at,
        names=[called(report, *place) for place in way],
        earlier=name_of(*way[at - 1]) if at else "",
        indicators={one.position: one for one in report.assignment.promise.indicators},
        **more,
    )


def called(report: Report, screen: Screen, position: int) -> str:
    """What a screen is called among the others."""
    several = position and len(report.matrix.measures) > 1
    return f"{gettext(screen.label)} {position}" if several else gettext(screen.label)


def _on_the_way(report: Report, screen: str) -> Place:
    """The screen asked for, if this promise has it."""
    here = place_of(screen)
    if here not in (*report.matrix.screens({}), (Screen.STANDSTILL, 0)):
        raise NotVisible
    return here


def _next(report: Report, here: Place) -> Place:
    """The screen after this one: which there are may depend on what was just typed."""
    way = report.matrix.screens(report.draft.fields)
    return way[min(way.index(here) + 1, len(way) - 1)] if here in way else way[-1]
