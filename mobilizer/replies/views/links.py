"""Inviting a body to reply: its link is shown once, or goes out by letter."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from mobilizer.core import clock, letters
from mobilizer.core.database import db, locked
from mobilizer.core.errors import RuleBroken
from mobilizer.core.language import current, offered, said
from mobilizer.core.policy import person, requires
from mobilizer.findings.models import Finding
from mobilizer.promises.models import Promise
from mobilizer.replies import actions, queries
from mobilizer.replies.forms import InvitationForm
from mobilizer.replies.models import HeldFinding, ReplyLink
from mobilizer.replies.rules import BODY_LONGEST, AddresseeKind, days_for
from mobilizer.replies.views.frame import UNPROCESSABLE, bp


@bp.get("/promises/<int:number>")
@requires("reply.invite")
def invite(number: int) -> ResponseReturnValue:
    promise = find(number)
    return show(promise, form_for(promise))


@bp.post("/promises/<int:number>")
@requires("reply.invite")
def make(number: int) -> ResponseReturnValue:
    promise = find(number)
    form = form_for(promise)
    made = _invite(form) if form.validate() else None
    if made is None:
        return show(promise, form), UNPROCESSABLE
    link, token = made
    if link.address:
        flash(gettext("The letter is on its way. The link is in it and nowhere else."), "ok")
        return redirect(url_for(".index"))
    address = url_for("reply.answer", secret=token, _external=True)
    return render_template("replies/link.html", link=link, address=address)


@bp.post("/links/<int:link_id>/withdraw")
@requires("reply.invite")
def withdraw(link_id: int) -> ResponseReturnValue:
    mine = queries.visible_to(person()).where(ReplyLink.id == link_id)
    link = db.one_or_404(locked(mine))
    actions.withdraw(link, by=person())
    db.session.commit()
    flash(gettext("The link is taken back: it no longer works."), "ok")
    until = queries.reply_until(link)
    if until and until > clock.now():
        flash(
            gettext("The days of this body run on. Make it another link if it is to reply."), "ok"
        )
    return redirect(url_for(".index"))


def find(number: int) -> Promise:
    """A public promise of a cycle she coordinates."""
    return db.one_or_404(queries.promises_visible_to(person()).where(Promise.number == number))


def form_for(promise: Promise) -> InvitationForm:
    """The form of a promise, filled with its party and what is known of it."""
    held, findings = queries.holds_of(promise.id), queries.readings(promise.id)
    form = InvitationForm(
        kind=AddresseeKind.PARTY.value,
        addressee=said(promise.party.names, promise.language).text[:BODY_LONGEST],
        language=promise.language if promise.language in offered() else current(),
        days=str(days_for(promise.cycle.reply_days)),
        about=f"held-{request.args.get('held', '')}",
    )
    form.offer(held, findings, offered())
    return form


def show(promise: Promise, form: InvitationForm) -> str:
    return render_template(
        "replies/invite.html",
        promise=promise,
        form=form,
        cycle=promise.cycle,
        sends_letters=letters.go_out(),
    )


def _invite(form: InvitationForm) -> tuple[ReplyLink, str] | None:
    key = form.about.data
    about = (
        db.session.get_one(HeldFinding, int(key.removeprefix("held-")))
        if key.startswith("held-")
        else db.session.get_one(Finding, int(key))
    )
    try:
        made = actions.invite(about, form.to, by=person(), days=int(form.days.data))
    except RuleBroken as broken:
        db.session.rollback()
        form.strike(broken)
        return None
    db.session.commit()
    return made
