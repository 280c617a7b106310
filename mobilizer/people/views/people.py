"""The list of people, and one person."""

from collections.abc import Callable

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from mobilizer.accounts.models import User
from mobilizer.accounts.rules import Role
from mobilizer.core.database import db
from mobilizer.core.numbers import whole
from mobilizer.core.pages import asked_page, paged
from mobilizer.core.policy import person, requires
from mobilizer.cycles.models import Cycle
from mobilizer.cycles.queries import run_by
from mobilizer.cycles.queries import visible_to as visible_cycles
from mobilizer.cycles.rules import Quotas, QuotaWarning, quota_warnings
from mobilizer.people import actions, queries
from mobilizer.people.queries import Wanted
from mobilizer.people.rules.qr import drawn
from mobilizer.people.views.frame import bp, find, names_of


@bp.get("/")
@requires("person.read")
def index() -> ResponseReturnValue:
    cycles = db.session.scalars(visible_cycles(person())).all()
    wanted = asked_for()
    people = paged(queries.people(person(), wanted), asked_page())
    return render_template(
        "people/index.html",
        people=people,
        wanted=wanted,
        cycles=cycles,
        regions=db.session.scalars(queries.regions_of(cycles)).all(),
        roles=list(Role),
        cycles_by_id=names_of(posting for one in people.rows for posting in one.postings),
        seen=queries.last_seen(people.rows),
        plans=[plan(cycle) for cycle in db.session.scalars(run_by(person()))],
    )


def asked_for() -> Wanted:
    """What the filters of this request narrow the list to; nonsense narrows nothing."""
    args = request.args
    role = args.get("role", "")
    return Wanted(
        text=args.get("q", "")[:100],
        cycle_id=args.get("cycle", type=whole),
        role=Role(role) if role in set(Role) else None,
        region_id=args.get("region", type=whole),
        is_active=args.get("state") != "closed",
    )


def plan(cycle: Cycle) -> dict[str, object]:
    """How a cycle's people compare with its plan."""
    warnings: tuple[QuotaWarning, ...] = quota_warnings(
        Quotas.from_data(cycle.quotas), queries.posted(cycle)
    )
    regions = db.session.scalars(queries.regions_of([cycle]))
    return {
        "cycle": cycle,
        "warnings": warnings,
        "regions": {region.code: region for region in regions},
        "without_mentor": db.session.scalars(queries.without_mentor(cycle)).all(),
    }


@bp.get("/<int:user_id>")
@requires("person.read")
def show(user_id: int) -> ResponseReturnValue:
    someone = find(user_id)
    return render_template(
        "people/show.html",
        someone=someone,
        is_self=someone.id == person().id,
        cycles_by_id=names_of(someone.postings),
        seen=queries.last_seen([someone]).get(someone.id),
        history=queries.history(someone, person()) if person().may("audit.read") else None,
    )


@bp.post("/<int:user_id>/deactivate")
@requires("person.deactivate")
def deactivate(user_id: int) -> ResponseReturnValue:
    return done(user_id, actions.deactivate, gettext("The account is closed."))


@bp.post("/<int:user_id>/reactivate")
@requires("person.deactivate")
def reactivate(user_id: int) -> ResponseReturnValue:
    return done(user_id, actions.reactivate, gettext("The account is open again."))


@bp.post("/<int:user_id>/sign-out")
@requires("person.deactivate")
def sign_out(user_id: int) -> ResponseReturnValue:
    return done(user_id, actions.sign_out, gettext("She is signed out everywhere."))


@bp.post("/<int:user_id>/way-back")
@requires("person.deactivate")
def way_back(user_id: int) -> ResponseReturnValue:
    someone = find(user_id)
    way, token = actions.open_way_back(someone, by=person())
    db.session.commit()
    link = url_for("accounts.come_back", token=token, _external=True)
    return render_template(
        "people/way_back.html", someone=someone, way=way, link=link, qr=drawn(link)
    )


def done(user_id: int, act: Callable[..., None], says: str) -> ResponseReturnValue:
    """Do something to a person's account, and show her page again."""
    someone: User = find(user_id)
    act(someone, by=person())
    db.session.commit()
    flash(says, "ok")
    return redirect(url_for(".show", user_id=user_id))
