"""The public pages: what was promised, and what was done. No account, no cookie, no script."""

from mobilizer.scorecards.views import (
    checking,
    compare,
    feeds,
    findings,
    home,
    missing,
    mobilizers,
    papers,
    promises,
    register,
    releases,
    things,
)
from mobilizer.scorecards.views.frame import bp
from mobilizer.scorecards.views.open import bp as open_bp

__all__ = [
    "bp",
    "checking",
    "compare",
    "feeds",
    "findings",
    "home",
    "missing",
    "mobilizers",
    "open_bp",
    "papers",
    "promises",
    "register",
    "releases",
    "things",
]
