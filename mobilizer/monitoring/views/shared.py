"""What the pages of the phone have in common."""

from datetime import date

from flask import Blueprint, url_for
from flask_login import current_user

from mobilizer.core.errors import NotVisible
from mobilizer.monitoring import queries
from mobilizer.monitoring.queries import Report
from mobilizer.monitoring.rules.matrix import Screen

bp = Blueprint("monitoring", __name__, url_prefix="/field")


def find(assignment_id: object, month: str) -> Report:
    """One's own report by its address, or a 404 page."""
    return queries.report(current_user, str(assignment_id), month_from(month))


def month_from(text: str) -> date:
    """The month of an address such as ``2026-11``."""
    try:
        found = date.fromisoformat(f"{text}-01")
    except ValueError:
        raise NotVisible from None
    if len(text) != len("2026-11"):
        raise NotVisible
    return found


def place_of(screen: str) -> tuple[Screen, int]:
    """The screen of an address such as ``state`` or ``indicator-2``."""
    name, _, position = screen.partition("-")
    if name not in set(Screen) or (name == Screen.INDICATOR) != bool(position):
        raise NotVisible
    if position and not (position.isascii() and position.isdigit() and len(position) == 1):
        raise NotVisible
    return Screen(name), int(position or 0)


def name_of(screen: Screen, position: int) -> str:
    """The screen as its address has it."""
    return f"{screen}-{position}" if position else screen.value


def address(report: Report, endpoint: str, screen: str | None = None) -> str:
    """The address of a view of this report."""
    return url_for(
        f"monitoring.{endpoint}",
        assignment_id=report.assignment.id,
        month=report.month.strftime("%Y-%m"),
        screen=screen,
    )
