"""The pages of the board."""

from mobilizer.board.views import many, one, whole
from mobilizer.board.views.frame import bp

__all__ = ["bp", "many", "one", "whole"]
