"""What all pages of following share.

They know no session and set no cookie, so their forms have no token. Nobody on the way keeps
them, and no page they lead to learns their address, in which a secret may stand.
"""

from contextlib import suppress

from flask import Blueprint, Response, request

from mobilizer.accounts.actions import throttle
from mobilizer.accounts.rules.throttle import Door, network
from mobilizer.core.errors import NotVisible
from mobilizer.core.web import csrf
from mobilizer.cycles.models import Cycle
from mobilizer.cycles.queries import public_cycle
from mobilizer.scorecards.queries.news import Subject, cycle_of, subject
from mobilizer.scorecards.rules import About

bp = Blueprint("follow", __name__, url_prefix="/follow")
csrf.exempt(bp)

UNPROCESSABLE = 422


@bp.after_request
def keep_secret(answer: Response) -> Response:
    """Nobody on the way keeps it, no other page is told its address, nobody lists it."""
    answer.headers["Cache-Control"] = "no-store"
    answer.headers["Referrer-Policy"] = "no-referrer"
    answer.headers["X-Robots-Tag"] = "noindex, nofollow"
    return answer


def find(listing: str, code: str, cycle: str | None) -> Subject:
    """What is to be followed.

    Raises:
        NotVisible: there is no such thing in public.
    """
    about = About(listing)
    return subject(about, code, cycle_of(about, code, cycle))


def cycle_named() -> Cycle | None:
    """The public cycle that the address names, else the one shown first; None for no such cycle."""
    with suppress(NotVisible):
        return public_cycle(request.args.get("cycle") or None)
    return None


def as_named(cycle: Cycle) -> str | None:
    """A cycle as the address names it: not at all where it is the one shown first."""
    return None if cycle.is_current else cycle.code


def knock() -> None:
    """Count a try from this visitor's network.

    Raises:
        TooMany: there were too many.
    """
    throttle.enter((Door.FOLLOW_NETWORK, network(request.remote_addr or "")))
