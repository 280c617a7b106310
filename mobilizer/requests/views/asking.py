"""The form by which anybody asks about a promise: no account, no session, no cookie.

It stands on a page of its own, so that the promise's page can be kept by everybody on the way.
Until all is checked nothing here writes, or waits for whoever does: a flood costs reading.
"""

from math import ceil

from flask import Blueprint, Response, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from werkzeug.exceptions import RequestEntityTooLarge

from mobilizer.accounts.actions import throttle
from mobilizer.accounts.actions.throttle import Knock
from mobilizer.accounts.rules.throttle import Door, network
from mobilizer.core import clock, letters
from mobilizer.core.bodies import OF_STRANGERS, takes
from mobilizer.core.database import db, read_only
from mobilizer.core.errors import RuleBroken, TooMany
from mobilizer.core.language import current, offered
from mobilizer.core.policy import public
from mobilizer.core.web import csrf, failure
from mobilizer.core.words import N_
from mobilizer.evidence.rules.faults import PHOTO_BYTES
from mobilizer.promises.models import Promise
from mobilizer.requests import actions, queries
from mobilizer.requests.forms import AskForm
from mobilizer.requests.rules import KEPT_DAYS, SPAM_KEPT_DAYS, NotInTime, SentAlready, stamps
from mobilizer.requests.rules.stamps import Stamp, Trap

UNPROCESSABLE, TOO_MANY, SEE_OTHER, TOO_LARGE = 422, 429, 303, 413
#: A photo, and the words beside it.
MOST = PHOTO_BYTES + OF_STRANGERS

BACK = N_(
    "A photo may have at most %(most)s MB; this was more, and nothing of it was taken. Go back in "
    "your browser: what you wrote should still stand there. Choose a smaller photo, or none."
)

bp = Blueprint("ask", __name__, url_prefix="/ask")
# Its forms bear a signed stamp; a token would need a session, and that a cookie.
csrf.exempt(bp)


@bp.after_request
def keep_secret(answer: Response) -> Response:
    """Nobody on the way keeps it, no other page is told its address, nobody lists it."""
    answer.headers["Cache-Control"] = "no-store"
    answer.headers["Referrer-Policy"] = "no-referrer"
    answer.headers["X-Robots-Tag"] = "noindex, nofollow"
    return answer


@bp.errorhandler(TOO_LARGE)
def too_large(_: RequestEntityTooLarge) -> ResponseReturnValue:
    """Nothing of it was read, so nothing of it can be shown again: the browser has it."""
    return failure(TOO_LARGE, gettext(BACK, most=PHOTO_BYTES // 1024**2))


@bp.get("/promises/<int:number>")
@public
def form(number: int) -> ResponseReturnValue:
    promise = db.one_or_404(queries.askable(number))
    asking = form_for()
    asking.begin_anew(actions.new_stamp(number))
    return show(promise, asking)


@bp.post("/promises/<int:number>")
@public
@takes(MOST)
def send(number: int) -> ResponseReturnValue:
    read_only(only=True)
    asking = form_for()
    stamp = actions.stamp_of(number, asking.stamp.data or "")
    if stamp is None:
        return turn_away(asking, number, UNPROCESSABLE)
    is_worked = stamps.is_worked(stamp.text, asking.work.data or "")
    knocks = doors(asking, is_worked=is_worked)
    try:
        throttle.look(*knocks)
        promise = db.one_or_404(queries.askable(number))
        check(number, asking, stamp, is_worked=is_worked)
        if not asking.validate():
            return show(promise, asking), UNPROCESSABLE
        enter(stamp, knocks)
        receive(number, asking, stamp, is_worked=is_worked)
    except TooMany as many:
        return turn_away(asking, number, TOO_MANY, ceil(many.wait.total_seconds()))
    except RuleBroken as broken:
        return refuse(number, asking, broken)
    db.session.commit()
    secret = actions.token_of(stamp.text)
    return redirect(url_for(".follow", secret=secret, lang=current()), SEE_OTHER)


def receive(number: int, asking: AskForm, stamp: Stamp, *, is_worked: bool) -> None:
    """Take it in. While the photo is redrawn nobody waits: no transaction is open."""
    content = asking.typed_photo
    asked = asking.asked(actions.redrawn(content) if content else b"")
    promise = db.one_or_404(queries.askable(number))
    actions.receive(promise, asked, stamp.text, is_worked=is_worked)


def check(number: int, asking: AskForm, stamp: Stamp, *, is_worked: bool) -> None:
    """Hold off what fills in everything, or faster than anybody writes.

    Raises:
        RuleBroken: it filled in what nobody sees.
        NotInTime: it came too soon, or too late.
    """
    if asking.website.data:
        asking.website.data = ""
        raise RuleBroken(
            N_("A hidden field was filled in, perhaps by your browser. Send it once more.")
        )
    trap = stamp.trap(clock.now(), is_worked=is_worked)
    if trap is Trap.TOO_OLD:
        asking.begin_anew(actions.new_stamp(number))
        raise NotInTime(N_("This page was open for more than a day. Send it once more."))
    if trap is Trap.TOO_SOON:
        raise NotInTime(
            N_("This came very quickly, as machines send it. Wait half a minute, then send it.")
        )


def doors(asking: AskForm, *, is_worked: bool) -> list[Knock]:
    """Where it is counted: by network, of which only a hash is kept, and all together."""
    here = network(request.remote_addr or "")
    found = [(Door.ASK_NETWORK, here), (Door.ASK_ALL, "")]
    if not is_worked:
        found = [(Door.ASK_PLAIN_NETWORK, here), (Door.ASK_PLAIN_ALL, "")]
    if address := asking.typed_address:
        found.append((Door.ASK_MAIL, address.casefold()))
    return found


def enter(stamp: Stamp, knocks: list[Knock]) -> None:
    """From here on it is written. What was sent before with this stamp is not counted again."""
    is_used = db.session.scalar(actions.sent_with(stamp.text).exists().select())
    db.session.rollback()
    read_only(only=False)
    if not is_used:
        throttle.enter(*knocks)


def form_for() -> AskForm:
    """The form, with what was typed, else empty."""
    asking = AskForm(language=current())
    asking.offer(offered(), sends_letters=letters.go_out())
    return asking


def refuse(number: int, asking: AskForm, broken: RuleBroken) -> ResponseReturnValue:
    """Show the form again with all that was typed, and what is wrong beside it."""
    db.session.rollback()
    read_only(only=True)
    promise = db.one_or_404(queries.askable(number))
    if isinstance(broken, SentAlready):
        asking.begin_anew(actions.new_stamp(number))
    asking.strike(broken)
    return show(promise, asking), UNPROCESSABLE


def show(promise: Promise, asking: AskForm) -> str:
    return render_template(
        "requests/ask.html",
        promise=promise,
        cycle=promise.cycle,
        form=asking,
        puzzles=stamps.PUZZLES,
        bits=stamps.BITS,
        soonest=int(stamps.SOONEST.total_seconds()),
        kept_days=KEPT_DAYS,
        spam_days=SPAM_KEPT_DAYS,
    )


def turn_away(asking: AskForm, number: int, status: int, wait: int = 0) -> ResponseReturnValue:
    """A small page that asks no database: what was written stands on it, to be copied."""
    db.session.rollback()
    is_shut = status == TOO_MANY
    page = render_template(
        "requests/turned_away.html", typed=asking.text.data, number=number, is_shut=is_shut
    )
    answer = make_response(page, status)
    if is_shut:
        answer.headers["Retry-After"] = str(wait)
    return answer
