"""What the pages below ``/desk/board`` share."""

from flask import Blueprint

bp = Blueprint("board", __name__, url_prefix="/desk/board")
