"""Inviting: one person, or all for whom there is a place; by link and by QR code."""

from collections.abc import Iterable
from dataclasses import dataclass

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from mobilizer.accounts.actions import invitations as actions
from mobilizer.accounts.actions import withdrawing
from mobilizer.accounts.models import Invitation
from mobilizer.accounts.rules import Role
from mobilizer.core.database import db, locked
from mobilizer.core.errors import RuleBroken
from mobilizer.core.language import current, offered, said
from mobilizer.core.pages import asked_page, paged
from mobilizer.core.policy import person, requires
from mobilizer.core.words import N_
from mobilizer.cycles.models import Cycle
from mobilizer.cycles.rules import Quotas
from mobilizer.people import queries
from mobilizer.people.actions import fill
from mobilizer.people.forms import InvitationForm, WorkshopForm
from mobilizer.people.rules import free_places
from mobilizer.people.rules.qr import Qr, drawn
from mobilizer.people.views.frame import bp, chosen, cycles_to_fill, offer_places


@dataclass(frozen=True)
class Card:
    """An invitation as it is handed over. Its link is shown this once: we keep no copy."""

    invitation: Invitation
    link: str
    qr: Qr


def cards(made: Iterable[tuple[Invitation, str]]) -> list[Card]:
    """Draw the cards of invitations that were just made."""
    links = [
        (invitation, url_for("accounts.accept", token=token, _external=True))
        for invitation, token in made
    ]
    return [Card(invitation, link, drawn(link)) for invitation, link in links]


@bp.get("/invitations")
@requires("person.invite")
def invitations() -> ResponseReturnValue:
    listing = paged(queries.invitations_visible_to(person()), asked_page())
    cycles = {cycle.id: cycle for cycle in cycles_to_fill()}
    return render_template("people/invitations.html", listing=listing, cycles_by_id=cycles)


@bp.route("/invite", methods=["GET", "POST"])
@requires("person.invite")
def invite() -> ResponseReturnValue:
    form = InvitationForm(request.form or request.args, days="7", language=current())
    offer_places(form, cycles_to_fill())
    form.offer_life(offered())
    made = _invite(form) if form.validate_on_submit() else None
    if made is None:
        return render_template("people/invite.html", form=form)
    return render_template("people/cards.html", cards=cards([made]), cycle=None)


def _invite(form: InvitationForm) -> tuple[Invitation, str] | None:
    try:
        made = actions.invite(
            Role(form.role.data),
            chosen(form),
            by=person(),
            days=int(form.days.data),
            language=form.language.data,
            note=form.note.data or "",
        )
    except RuleBroken as broken:
        form.strike(broken)
        return None
    db.session.commit()
    return made


@bp.route("/workshop", methods=["GET", "POST"])
@requires("person.invite")
def workshop() -> ResponseReturnValue:
    cycles = {str(cycle.id): cycle for cycle in cycles_to_fill()}
    form = WorkshopForm(request.form or request.args, days="3", language=current())
    form.cycle.choices = [(key, said(cycle.names).text) for key, cycle in cycles.items()]
    form.offer_life(offered())
    if form.validate_on_submit():
        cycle, days = cycles[form.cycle.data], int(form.days.data)
        made = list(fill(cycle, by=person(), days=days, language=form.language.data))
        if made:
            db.session.commit()
            return render_template("people/cards.html", cards=cards(made), cycle=cycle)
        form.strike(RuleBroken(N_("Every place of the plan is taken or invited."), field="cycle"))
    free = {cycle: places_left(cycle) for cycle in cycles.values()}
    return render_template("people/workshop.html", form=form, free=free)


def places_left(cycle: Cycle) -> int:
    """How many invitations a workshop of this cycle would be given."""
    quotas = Quotas.from_data(cycle.quotas)
    return len(free_places(quotas, queries.posted(cycle), queries.invited(cycle)))


@bp.post("/invitations/<int:invitation_id>/withdraw")
@requires("person.invite")
def withdraw(invitation_id: int) -> ResponseReturnValue:
    mine = queries.invitations_visible_to(person()).where(Invitation.id == invitation_id)
    withdrawing.withdraw(db.one_or_404(locked(mine)), by=person())
    db.session.commit()
    flash(gettext("The invitation is taken back: its link no longer works."), "ok")
    return redirect(url_for(".invitations"))
