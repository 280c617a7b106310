"""The first page of the desk, for each role its own, and the audit log with its file."""

from collections.abc import Mapping
from datetime import date

from flask import Blueprint, Response, current_app, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from mobilizer.accounts.rules import Role
from mobilizer.core import clock
from mobilizer.core.database import db
from mobilizer.core.errors import RuleBroken
from mobilizer.core.formats import day, month
from mobilizer.core.language import said
from mobilizer.core.numbers import whole
from mobilizer.core.policy import person, requires
from mobilizer.core.tables import as_csv
from mobilizer.cycles.queries.telling import told as setting_told
from mobilizer.desk import actions, queries
from mobilizer.desk.forms import LogForm
from mobilizer.desk.queries import About, Line
from mobilizer.desk.rules import Shape, Told, gone, sentence, told
from mobilizer.mentoring.queries import open_steps

bp = Blueprint("desk", __name__, url_prefix="/desk")

#: What is wrong with a form, as HTTP says it.
UNPROCESSABLE = 422
#: The columns of the log as a file; both moments are told in UTC.
COLUMNS = ("row", "at", "phone_time", "who", "step", "details", "verb", "kind", "record")
#: So many next steps stand on the first page; all of them with the meetings.
MOST_STEPS = 10


@bp.get("/")
@requires("desk.open")
def home() -> ResponseReturnValue:
    user = person()
    roles = user.roles
    boards = [queries.board(user, one) for one in queries.running(user, Role.COORDINATOR)]
    mentoring = queries.mentoring(user) if roles & {Role.MENTOR, Role.COORDINATOR} else None
    steps = db.session.scalars(open_steps(user).limit(MOST_STEPS)).all()
    shown = [board.running for board in boards] + [
        one for one, _ in (mentoring.months if mentoring else ())
    ]
    return render_template(
        "desk/home.html",
        mentoring=mentoring,
        boards=boards,
        steps=steps,
        today=clock.today(current_app.config["TIME_ZONE"]),
        people=queries.people(user) if Role.ADMINISTRATOR in roles else None,
        cycle=next((one.cycle for one in shown if one.cycle.is_demonstration), None),
    )


@bp.get("/audit/")
@requires("audit.read")
def audit() -> ResponseReturnValue:
    return show_log(asked())


@bp.post("/audit/export")
@requires("audit.export")
def export() -> ResponseReturnValue:
    form = asked()
    if not form.validate():
        return show_log(form), UNPROCESSABLE
    try:
        found = actions.export(form.wanted, current_app.config["TIME_ZONE"], by=person())
    except RuleBroken as fault:
        db.session.rollback()
        form.strike(fault)
        return show_log(form), UNPROCESSABLE
    db.session.commit()
    named = {"Content-Disposition": f"attachment; filename=log-{clock.now():%Y-%m-%d}.csv"}
    written = as_csv(COLUMNS, [row(line) for line in found])
    return Response(written, mimetype="text/csv", headers=named)


def asked() -> LogForm:
    """The filters of this request, and what there is to choose from."""
    form = LogForm(request.args)
    form.offer(db.session.scalars(queries.actors(person())))
    return form


def show_log(form: LogForm) -> str:
    """A page of the log. A filter that was mistyped narrows nothing, and is told."""
    if not form.errors:
        form.validate()
    below, zone = request.args.get("below", type=whole), current_app.config["TIME_ZONE"]
    found = queries.lines(person(), form.wanted, zone, below=below)
    return render_template("desk/audit.html", form=form, found=found, below=below)


def row(line: Line) -> dict[str, object]:
    """A step as a row of the file, in the page's language."""
    event = line.event
    # A file travels: people stand in it by their aliases.
    who = line.by.alias if line.by else gettext("The programme")
    what = name_of(line.about) if line.about else gettext(gone(event.subject_kind))
    details = told(event.subject_kind, event.details)
    return {
        "row": event.id,
        "at": event.at.isoformat(timespec="seconds"),
        "phone_time": event.phone_time.isoformat(timespec="seconds") if event.phone_time else "",
        "who": who,
        "step": gettext(sentence(event.verb), who=who, what=what or event.subject_key),
        "details": " · ".join(in_words(one, line.aliases) for one in details if one.after),
        "verb": event.verb,
        "kind": event.subject_kind,
        "record": event.subject_key,
    }


def in_words(one: Told, names: Mapping[int, str]) -> str:
    """A detail of a step: "State: Draft → Approved". Whoever is not in the names is somebody."""
    if one.setting:
        return setting_told(one.setting)
    if one.shape is Shape.PERSON:
        name = names.get(int(one.after)) or gettext("Somebody in the programme")
        return f"{gettext(one.label)}: {name}"
    both = (written(each, one.shape) for each in (one.before, one.after) if each)
    return f"{gettext(one.label)}: {' → '.join(both)}"


def written(value: str, shape: Shape) -> str:
    """What a detail was or became, as people write it: "November 2026"."""
    match shape:
        case Shape.WORD:
            return gettext(value)
        case Shape.DAY:
            return day(date.fromisoformat(value))
        case Shape.MONTH:
            return month(date.fromisoformat(value))
    return value


def name_of(about: About) -> str:
    """A record in a few words, as its page is called; people by their aliases."""
    number = "" if about.view or not about.number else str(about.number)
    role = gettext(about.role.label) if about.role else ""
    name = about.name if about.alias is None else about.alias
    parts = (number, said(about.names).text, name, role, month(about.month))
    return " · ".join(part for part in parts if part)
