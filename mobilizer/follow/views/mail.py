"""Following by e-mail: nothing is sent to an address until its owner said that it is hers."""

from collections.abc import Iterable, Mapping
from typing import Any

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from mobilizer.accounts.actions import throttle
from mobilizer.accounts.rules.names import email_address
from mobilizer.accounts.rules.throttle import LIMITS, Door
from mobilizer.core import letters
from mobilizer.core.database import db
from mobilizer.core.errors import NotVisible, RuleBroken, TooMany
from mobilizer.core.language import current, said
from mobilizer.core.numbers import whole
from mobilizer.core.policy import public
from mobilizer.core.words import N_
from mobilizer.cycles.models import Cycle
from mobilizer.follow import actions, queries
from mobilizer.follow.forms import FollowForm, OwnForm
from mobilizer.follow.models import Follower
from mobilizer.follow.queries import Thing
from mobilizer.follow.rules import WAITING, Pace
from mobilizer.follow.views.frame import UNPROCESSABLE, as_named, bp, cycle_named, find, knock
from mobilizer.reminders.queries.vapid import public_key
from mobilizer.scorecards.queries.news import Subject

#: What was asked for cannot be done as things stand now.
CONFLICT = 409
#: What a mail program sends for whoever leaves.
ONE_CLICK = "List-Unsubscribe"
#: The word in an address by which her page says that it was saved.
SAVED = "saved"
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
        return redirect(url_for(".asked", lang=current(), cycle=as_named(subject.cycle)))
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
        letters_go_out=letters.go_out(),
        vapid_key=public_key(),
    )


@bp.get("/asked")
@public
def asked() -> ResponseReturnValue:
    return render_template(
        "follow/asked.html",
        days=WAITING.days,
        limit=LIMITS[Door.FOLLOW_ADDRESS],
        cycle=cycle_named(),
    )


@bp.get("/confirm/<secret>")
@public
def look(secret: str) -> ResponseReturnValue:
    """A page with a button: programs that look at links in letters confirm nothing by it."""
    wish = db.session.scalars(queries.wish_by_secret(secret)).one_or_none()
    if wish is None:
        return nothing_here()
    wished = queries.wished(wish)
    return render_template(
        "follow/confirm.html", secret=secret, wish=wish, wished=wished, cycle=wished.cycle
    )


@bp.post("/confirm/<secret>")
@public
def confirm(secret: str) -> ResponseReturnValue:
    try:
        follower, followed = actions.confirm(secret)
    except NotVisible:
        return nothing_here(CONFLICT)
    own_secret, address, now = queries.secret_of(follower), follower.reach, followed.id
    db.session.commit()
    throttle.passed((Door.FOLLOW_ADDRESS, address))  # It is hers: she may ask for more.
    return redirect(url_for(".own", secret=own_secret, lang=current(), now=now))


@bp.route("/own/<secret>", methods=["GET", "POST"])
@public
def own(secret: str) -> ResponseReturnValue:
    follower = db.session.scalars(queries.by_secret(secret)).one_or_none()
    if follower is None:
        return nothing_here()
    things = queries.things_of(follower.followed)
    form = form_of(follower, things)
    if not form.is_submitted():
        return show_own(form, secret, things, **told(things))
    if not form.validate():
        return show_own(form, secret, things), UNPROCESSABLE
    kept = {int(key) for key in form.kept.data or ()}
    where = left(invented(things.values()))
    if actions.change(follower, kept, form.language.data, Pace(form.pace.data)):
        where = url_for(".own", secret=secret, lang=form.language.data, told=SAVED)
    db.session.commit()
    return redirect(where)


def form_of(follower: Follower, things: Mapping[int, Thing]) -> OwnForm:
    """The form of what she follows, as it is now where nothing was sent."""
    offered = [(str(key), said(thing.names).text) for key, thing in things.items()]
    form = OwnForm(
        pace=follower.pace.value, language=follower.language, kept=[key for key, _ in offered]
    )
    form.offer(offered)
    return form


def told(things: Mapping[int, Thing]) -> dict[str, Any]:
    """What was done last: the address says it, for there is no cookie that could.

    What is no word of ours, and a thing that she does not follow, says nothing.
    """
    return {
        "is_saved": request.args.get("told") == SAVED,
        "now": things.get(request.args.get("now", type=whole) or 0),
    }


def show_own(form: OwnForm, secret: str, things: Mapping[int, Thing], **told: Any) -> str:
    return render_template(
        "follow/own.html",
        form=form,
        secret=secret,
        things={str(key): thing for key, thing in things.items()},
        tells_cycles=not all(thing.cycle.is_current for thing in things.values()),
        cycle=invented(things.values()),
        **told,
    )


def invented(things: Iterable[Thing]) -> Cycle | None:
    """A cycle of hers, where all of them are demonstrations; beside others each says so itself."""
    cycles = [thing.cycle for thing in things]
    return cycles[0] if cycles and all(one.is_demonstration for one in cycles) else None


@bp.get("/leave/<secret>")
@public
def ask_to_leave(secret: str) -> ResponseReturnValue:
    """For who follows the link by hand: a page with a button."""
    things = queries.things_behind(secret)
    if not things:
        return nothing_here()
    return render_template("follow/leave.html", secret=secret, cycle=invented(things))


@bp.post("/leave/<secret>")
@public
def leave(secret: str) -> ResponseReturnValue:
    """One click, also by a mail program, which is led nowhere else (RFC 8058).

    A secret that leads to nobody is told so: it may be of a letter that asked, and she is told
    of what she confirmed by another.
    """
    where = left(invented(queries.things_behind(secret)))
    if not actions.leave(secret):
        return nothing_here(CONFLICT)
    db.session.commit()
    return gone() if ONE_CLICK in request.form else redirect(where, 303)


@bp.get("/left")
@public
def gone() -> ResponseReturnValue:
    return render_template("follow/left.html", cycle=cycle_named())


def left(cycle: Cycle | None) -> str:
    """Where it says that nothing more is sent; after a demonstration it says that as well."""
    return url_for(".gone", lang=current(), cycle=as_named(cycle) if cycle else None)


def nothing_here(status: int = 404) -> ResponseReturnValue:
    """One answer for what never was, what is over and what was confirmed."""
    db.session.rollback()
    return render_template("follow/no_link.html"), status
