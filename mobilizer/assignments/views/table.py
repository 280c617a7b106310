"""Many at once, from a table: first what it would do, then all of it or nothing."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import ngettext
from flask_login import current_user

from mobilizer.assignments import actions
from mobilizer.assignments.forms import TableForm
from mobilizer.assignments.rules.table import MOST_BYTES, MOST_ROWS, Column
from mobilizer.assignments.views.frame import bp, cycle_of_now
from mobilizer.core.bodies import takes
from mobilizer.core.database import db
from mobilizer.core.forms import translated
from mobilizer.core.policy import requires

#: A table with many faults is mended in the spreadsheet, not by a list of all of them.
MOST_FAULTS_SHOWN = 100
MOST_ROWS_SHOWN = 200
#: A file that is too large is told so beside its field, up to this.
TOLD = 4 * 1024 * 1024


@bp.route("/table", methods=["GET", "POST"])
@requires("assignment.write")
@takes(TOLD)
def table() -> ResponseReturnValue:
    cycle = cycle_of_now()
    if cycle is None:
        return render_template("assignments/no_cycle.html")
    form = TableForm()
    plan = None
    if form.validate_on_submit():
        sent = form.read()
        if request.form.get("step") == "assign":
            plan, stored = actions.assign_all(cycle, sent, by=current_user)
            if not plan.faults:
                db.session.commit()
                flash(
                    ngettext(
                        "%(num)s promise assigned.", "%(num)s promises assigned.", len(stored)
                    ),
                    "ok",
                )
                return redirect(url_for(".index"))
            db.session.rollback()
        else:
            plan = actions.planned(cycle, sent)
    return render_template(
        "assignments/table.html",
        cycle=cycle,
        form=form,
        plan=plan,
        columns=list(Column),
        translated=translated,
        limits={"rows": MOST_ROWS, "kilobytes": MOST_BYTES // 1024},
        most_faults=MOST_FAULTS_SHOWN,
        most_rows=MOST_ROWS_SHOWN,
    )
