"""Reading a reply and deciding on it. It cannot be edited, only published or declined."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from mobilizer.core.database import db
from mobilizer.core.errors import RuleBroken
from mobilizer.core.policy import person, requires
from mobilizer.replies import actions, queries
from mobilizer.replies.forms import RulingForm
from mobilizer.replies.models import Reply, ReplyRuling
from mobilizer.replies.rules import Ruling
from mobilizer.replies.views.frame import UNPROCESSABLE, bp


@bp.get("/<int:reply_id>")
@requires("reply.moderate")
def show(reply_id: int) -> ResponseReturnValue:
    return show_reply(find(reply_id), RulingForm())


@bp.post("/<int:reply_id>")
@requires("reply.moderate")
def decide(reply_id: int) -> ResponseReturnValue:
    reply, form = find(reply_id), RulingForm()
    try:
        if not form.validate():
            return show_reply(reply, form), UNPROCESSABLE
        decision = actions.decide(reply, *form.chosen, by=person())
    except RuleBroken as broken:
        db.session.rollback()
        form.strike(broken)
        return show_reply(find(reply_id), form), UNPROCESSABLE
    db.session.commit()
    flash(done(decision), "ok")
    return redirect(url_for(".index"))


def done(decision: ReplyRuling) -> str:
    """What has become of the reply."""
    if decision.ruling is Ruling.DECLINE:
        return gettext("The reply is declined.")
    if decision.ruling is Ruling.SET_ASIDE:
        return gettext("The reply is set aside.")
    if decision.beside is None:
        return gettext("The reply is accepted: it is published together with the finding.")
    return gettext("The reply is published.")


def find(reply_id: int) -> Reply:
    """A reply of a cycle she coordinates."""
    return db.one_or_404(queries.replies_visible_to(person()).where(Reply.id == reply_id))


def show_reply(reply: Reply, form: RulingForm) -> str:
    promise, about = reply.link.promise, queries.told(reply.link)
    form.offer(is_taken_back=about is None or about.is_taken_back)
    written = f"{reply.text} {reply.body} {reply.function} {reply.url}"
    return render_template(
        "replies/show.html",
        reply=reply,
        form=form,
        cycle=promise.cycle,
        about=about,
        after=queries.told_after(reply.link),
        has_fallen=queries.has_fallen(reply),
        named=queries.named(promise.cycle_id, written),
    )
