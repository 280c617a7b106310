"""The board itself."""

from flask import render_template, request
from flask.typing import ResponseReturnValue
from flask_login import current_user

from mobilizer.accounts.rules import Role
from mobilizer.board import queries
from mobilizer.board.forms import FilterForm
from mobilizer.board.queries.board import MOST_CARDS, UNFOLDED
from mobilizer.board.views.frame import bp
from mobilizer.core.database import db
from mobilizer.core.errors import NotVisible
from mobilizer.core.pages import asked_page
from mobilizer.core.policy import requires


@bp.get("/")
@requires("board.read")
def index() -> ResponseReturnValue:
    cycles = db.session.scalars(queries.cycles_of(current_user)).all()
    code = request.args.get("cycle")
    cycle = next((one for one in cycles if code in (None, one.code)), None)
    if cycle is None:
        raise NotVisible
    form = FilterForm(request.args)
    regions = db.session.scalars(queries.regions_of(current_user, cycle)).all()
    form.offer(regions, cycle.topics)
    wanted = queries.Wanted(
        region=next((one for one in regions if one.code == form.region.data), None),
        topic_id=next((one.id for one in cycle.topics if one.code == form.topic.data), None),
        text=form.q.data or "",
        page=asked_page(),
    )
    return render_template(
        "board/index.html",
        board=queries.board(current_user, cycle, wanted),
        form=form,
        cycles=cycles,
        may_move=cycle.id in current_user.cycle_ids(Role.COORDINATOR),
        unfolded=UNFOLDED,
        most=MOST_CARDS,
    )
