"""What the coordinator's pages of replies share, and the first of them."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from mobilizer.core.database import db
from mobilizer.core.pages import asked_page, paged
from mobilizer.core.policy import person, requires
from mobilizer.replies import queries

bp = Blueprint("replies", __name__, url_prefix="/desk/replies")

#: What is wrong with a form, as HTTP says it.
UNPROCESSABLE = 422
#: So many of what waits are shown at once: the oldest.
MOST = 50


@bp.get("/")
@requires("reply.moderate")
def index() -> ResponseReturnValue:
    user = person()
    return render_template(
        "replies/index.html",
        waiting=db.session.scalars(queries.waiting(user).limit(MOST)).all(),
        left_over=db.session.scalars(queries.left_over(user).limit(MOST)).all(),
        untold=db.session.scalars(queries.untold(user).limit(MOST)).all(),
        dated=queries.dated(user, MOST),
        page=paged(queries.links(user), asked_page()),
        cycles=db.session.scalars(queries.cycles_of(user)).all(),
    )
