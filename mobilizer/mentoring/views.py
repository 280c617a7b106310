"""The log of meetings: a mentor's own, a coordinator's view of her cycle, what is shared."""

from datetime import date
from uuid import UUID

from flask import (
    Blueprint,
    current_app,
    flash,
    redirect,
    render_template,
    request,
    url_for,
)
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from mobilizer.core import clock
from mobilizer.core.database import db
from mobilizer.core.errors import RuleBroken
from mobilizer.core.numbers import whole
from mobilizer.core.pages import asked_page, paged
from mobilizer.core.policy import person, requires
from mobilizer.core.tables import as_csv
from mobilizer.core.workbooks import attached
from mobilizer.mentoring import actions, queries
from mobilizer.mentoring.forms import MeetingForm, filled
from mobilizer.mentoring.models import Meeting
from mobilizer.mentoring.rules import LABELS

bp = Blueprint("mentoring", __name__)

UNPROCESSABLE = 422
COLUMNS = (
    *("cycle", "mentor", "mobilizer", "met_on", "minutes", "subject", "advice", "next_step"),
    *("next_step_on", "done_on", "is_shared"),
)


@bp.get("/desk/mentoring/")
@requires("meeting.read")
def index() -> ResponseReturnValue:
    listing = queries.visible_to(person())
    asked = request.args.get("mobilizer", type=whole) or 0
    if asked:
        listing = listing.where(Meeting.mobilizer_id == asked)
    page = paged(queries.listed(listing), asked_page())
    mobilizers = queries.mobilizers_of(person())
    return render_template(
        "mentoring/index.html",
        page=page,
        about=page.rows[0].mobilizer if asked and page.rows else None,
        minutes=queries.minutes_of(listing),
        mobilizers=mobilizers,
        mentored={(posting.user_id, posting.cycle_id) for posting in mobilizers},
        today=today(),
    )


@bp.route("/desk/mentoring/new", methods=["GET", "POST"])
@requires("meeting.write")
def new() -> ResponseReturnValue:
    form = MeetingForm(mobilizer=request.args.get("mobilizer", ""), met_on=today().isoformat())
    form.offer(queries.mobilizers_of(person()))
    if request.method == "GET":
        return render_template("mentoring/edit.html", form=form, meeting=None)
    try:
        noted = form.noted(today())
        actions.note(form.posting_id, noted, by=person())
    except RuleBroken as fault:
        return refused(form, fault, None)
    db.session.commit()
    flash(gettext("Noted."), "ok")
    return redirect(url_for(".index"))


@bp.route("/desk/mentoring/<uuid:meeting_id>", methods=["GET", "POST"])
@requires("meeting.write")
def edit(meeting_id: UUID) -> ResponseReturnValue:
    meeting = db.one_or_404(
        queries.listed(queries.written_by(person()).where(Meeting.id == str(meeting_id)))
    )
    form = filled(meeting)
    if request.method == "GET":
        return show_record(form, meeting)
    try:
        noted = form.noted(today())
        actions.change(meeting.id, noted, knew=form.knew, by=person())
    except RuleBroken as fault:
        return refused(form, fault, str(meeting_id))
    db.session.commit()
    flash(gettext("Saved."), "ok")
    return redirect(url_for(".index"))


@bp.post("/desk/mentoring/<uuid:meeting_id>/step")
@requires("meeting.write")
def take_step(meeting_id: UUID) -> ResponseReturnValue:
    is_taken = request.form.get("go") != "again"
    actions.take_step(str(meeting_id), is_taken=is_taken, by=person())
    db.session.commit()
    flash(gettext("Done.") if is_taken else gettext("It is open again."), "ok")
    at_home = request.form.get("from") == "home"
    return redirect(url_for("desk.home") if at_home else url_for(".index"))


@bp.post("/desk/mentoring.csv")
@requires("meeting.export")
def export() -> ResponseReturnValue:
    meetings = actions.export(by=person())
    file = attached(as_csv(COLUMNS, map(row, meetings)), "mentoring.csv", "text/csv")
    db.session.commit()
    return file


@bp.get("/field/mentoring")
@requires("meeting.read_shared")
def shared() -> ResponseReturnValue:
    page = paged(queries.listed(queries.shared_with(person())), asked_page())
    return render_template("mentoring/shared.html", page=page, today=today())


def refused(form: MeetingForm, fault: RuleBroken, meeting_id: str | None) -> ResponseReturnValue:
    """The form again with all that was typed and what is wrong with it."""
    db.session.rollback()
    form.strike(fault)
    if meeting_id is None:
        page = render_template("mentoring/edit.html", form=form, meeting=None)
        return page, UNPROCESSABLE
    meeting = db.one_or_404(
        queries.listed(queries.written_by(person()).where(Meeting.id == meeting_id))
    )
    if isinstance(fault, actions.Outdated):
        form.version.data = str(meeting.version)
    return show_record(form, meeting), UNPROCESSABLE


def show_record(form: MeetingForm, meeting: Meeting) -> str:
    """The form of a record, with what was done to it so far."""
    return render_template(
        "mentoring/edit.html",
        form=form,
        meeting=meeting,
        history=queries.history(meeting),
        labels=LABELS,
    )


def row(meeting: Meeting) -> dict[str, object]:
    """A record as a row of the table."""
    return {
        "cycle": meeting.cycle.code,
        "mentor": meeting.mentor.shown_name,
        "mobilizer": meeting.mobilizer.shown_name,
        "done_on": meeting.done_at.date().isoformat() if meeting.done_at else None,
        **{name: getattr(meeting, name) for name in LABELS},
    }


def today() -> date:
    """The day it is where the programme is."""
    return clock.today(current_app.config["TIME_ZONE"])
