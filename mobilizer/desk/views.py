"""The first page of the desk, for each role its own, and the audit log."""

from flask import Blueprint, current_app, render_template, request
from flask.typing import ResponseReturnValue

from mobilizer.accounts.rules import Role
from mobilizer.core import clock
from mobilizer.core.database import db
from mobilizer.core.pages import asked_page
from mobilizer.core.policy import person, requires
from mobilizer.desk import queries
from mobilizer.desk.forms import LogForm
from mobilizer.desk.rules import sentence, told
from mobilizer.mentoring.queries import open_steps

bp = Blueprint("desk", __name__, url_prefix="/desk")

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
    user = person()
    form = LogForm(request.args)
    form.offer(db.session.scalars(queries.actors(user)))
    page = queries.lines(user, form.wanted, asked_page(), current_app.config["TIME_ZONE"])
    return render_template("desk/audit.html", form=form, page=page, sentence=sentence, told=told)
