"""Following by e-mail: nothing is sent to an address until its owner said that it is hers."""

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from mobilizer.accounts.actions import throttle
from mobilizer.accounts.rules.names import email_address
from mobilizer.accounts.rules.throttle import LIMITS, Door
from mobilizer.core import letters
from mobilizer.core.database import db
from mobilizer.core.errors import NotVisible, RuleBroken, TooMany
from mobilizer.core.language import current, said
from mobilizer.core.policy import public
from mobilizer.core.words import N_
from mobilizer.follow import actions, queries
from mobilizer.follow.forms import FollowForm, OwnForm
from mobilizer.follow.models import Follower, FollowWish
from mobilizer.follow.rules import WAITING, Pace
from mobilizer.follow.views.frame import UNPROCESSABLE, bp, find, knock
from mobilizer.reminders.queries.vapid import public_key
from mobilizer.scorecards.queries.news import Subject

#: What was asked for cannot be done as things stand now.
CONFLICT = 409
#: What a mail program sends for whoever leaves.
ONE_CLICK = "List-Unsubscribe"
LISTINGS = "any(topics, parties, regions, municipalities, promises)"
NO_LETTERS = N_("No letters can be sent from here at the moment.")


@bp.route("/all", methods=["GET", "POST"], defaults={"listing": "all", "code": ""})
@bp.route(f"/<{LISTINGS}:listing>/<code>", methods=["GET", "POST"])
@public
def follow(listing: str, code: str) -> ResponseReturnValue:
    subject, form = find(listing, code, request.args.get("cycle")), FollowForm()
    form.offer()
    if not form.is_submitted():
        return show(subject, form)
    if form.validate() and is_asked(subject, form):
        return redirect(url_for(".asked", lang=current()))
    return show(subject, form), UNPROCESSABLE


def is_asked(subject: Subject, form: FollowForm) -> bool:
    """Have the address asked; false, with the fault beside its field, where a rule forbids it.

    An address that was asked too often is not asked again, and the answer is the same.
    """
    try:
        address = (email_address(form.address.data or "") or "").lower()
        if not letters.go_out():
            raise RuleBroken(NO_LETTERS)
    except RuleBroken as broken:
        form.strike(broken)
        return False
    knock()
    try:
        throttle.enter((Door.FOLLOW_ADDRESS, address))
    except TooMany:
        db.session.rollback()
        return True
    actions.ask(address, subject, current(), Pace(form.pace.data))
    db.session.commit()
    return True


def show(subject: Subject, form: FollowForm) -> str:
    return render_template(
        "follow/follow.html",
        form=form,
        followed=subject,
        cycle=subject.cycle,
        name=said(subject.names).text,
        letters_go_out=letters.go_out(),
        vapid_key=public_key(),
    )


@bp.get("/asked")
@public
def asked() -> ResponseReturnValue:
    return render_template(
        "follow/asked.html", days=WAITING.days, most=LIMITS[Door.FOLLOW_ADDRESS].tries
    )


@bp.get("/confirm/<secret>")
@public
def look(secret: str) -> ResponseReturnValue:
    """A page with a button: programs that look at links in letters confirm nothing by it."""
    wish = db.session.scalars(queries.wish_by_secret(secret)).one_or_none()
    if wish is None:
        return nothing_here()
    return render_template("follow/confirm.html", secret=secret, name=name_of(wish), wish=wish)


@bp.post("/confirm/<secret>")
@public
def confirm(secret: str) -> ResponseReturnValue:
    try:
        follower = actions.confirm(secret)
    except NotVisible:
        return nothing_here(CONFLICT)
    own_secret, address = queries.secret_of(follower), follower.reach
    db.session.commit()
    throttle.passed((Door.FOLLOW_ADDRESS, address))  # It is hers: she may ask for more.
    return redirect(url_for(".own", secret=own_secret, lang=current()))


@bp.route("/own/<secret>", methods=["GET", "POST"])
@public
def own(secret: str) -> ResponseReturnValue:
    follower = db.session.scalars(queries.by_secret(secret)).one_or_none()
    if follower is None:
        return nothing_here()
    form = form_of(follower)
    if not form.is_submitted():
        return show_own(form, secret)
    if not form.validate():
        return show_own(form, secret), UNPROCESSABLE
    kept = {int(key) for key in form.kept.data or ()}
    stays = actions.change(follower, kept, form.language.data, Pace(form.pace.data))
    db.session.commit()
    where = url_for(".own", secret=secret, lang=form.language.data) if stays else left()
    return redirect(where)


def form_of(follower: Follower) -> OwnForm:
    """The form of what she follows, as it is now where nothing was sent."""
    names = queries.names_of(follower.followed)
    things = [(str(one.id), said(names[one.id]).text) for one in follower.followed]
    form = OwnForm(
        pace=follower.pace.value, language=follower.language, kept=[key for key, _ in things]
    )
    form.offer(things)
    return form


def show_own(form: OwnForm, secret: str) -> str:
    return render_template("follow/own.html", form=form, secret=secret)


@bp.get("/leave/<secret>")
@public
def ask_to_leave(secret: str) -> ResponseReturnValue:
    """For who follows the link by hand: a page with a button."""
    some = (queries.by_secret(secret), queries.wish_by_secret(secret))
    if not any(db.session.scalars(one).one_or_none() for one in some):
        return nothing_here()
    return render_template("follow/leave.html", secret=secret)


@bp.post("/leave/<secret>")
@public
def leave(secret: str) -> ResponseReturnValue:
    """One click, also by a mail program, which is led nowhere else (RFC 8058).

    A secret that leads to nobody is told so: it may be of a letter that asked, and she is told
    of what she confirmed by another.
    """
    if not actions.leave(secret):
        return nothing_here(CONFLICT)
    db.session.commit()
    return gone() if ONE_CLICK in request.form else redirect(left(), 303)


@bp.get("/left")
@public
def gone() -> ResponseReturnValue:
    return render_template("follow/left.html")


def left() -> str:
    """Where it says that nothing more is sent."""
    return url_for(".gone", lang=current())


def name_of(wish: FollowWish) -> str:
    """What is wished to be followed, in the page's language."""
    return said(queries.names_of_wish(wish)).text


def nothing_here(status: int = 404) -> ResponseReturnValue:
    """One answer for what never was, what is over and what was confirmed."""
    db.session.rollback()
    return render_template("follow/no_link.html"), status
