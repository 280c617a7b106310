"""The public pages: what was promised, and what was done. No account, no cookie, no script."""

from mobilizer.scorecards.views import (
    feeds,
    findings,
    home,
    missing,
    papers,
    promises,
    register,
    things,
)
from mobilizer.scorecards.views.frame import bp
from mobilizer.scorecards.views.open import bp as open_bp

__all__ = [
    "bp",
    "feeds",
    "findings",
    "home",
    "missing",
    "open_bp",
    "papers",
    "promises",
    "register",
    "things",
]
