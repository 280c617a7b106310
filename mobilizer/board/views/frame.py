"""What the pages below ``/desk/board`` share."""

from flask import Blueprint

from mobilizer.board.queries import earliest_of

bp = Blueprint("board", __name__, url_prefix="/desk/board")
#: The page of an assignment, which knows nothing of the board, offers to hand it over by this.
bp.add_app_template_global(earliest_of, "earliest_of")
