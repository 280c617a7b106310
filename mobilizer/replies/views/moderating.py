"""Reading a reply and deciding on it. It cannot be edited, only published or declined."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from mobilizer.core.database import db
from mobilizer.core.errors import RuleBroken
from mobilizer.core.policy import person, requires
from mobilizer.replies import actions, queries
from mobilizer.replies.forms import RulingForm
from mobilizer.replies.models import Reply
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
    is_published = decision.ruling is Ruling.PUBLISH
    said = gettext("The reply is published.") if is_published else gettext("The reply is declined.")
    flash(said, "ok")
    return redirect(url_for(".index"))


def find(reply_id: int) -> Reply:
    """A reply of a cycle she coordinates."""
    return db.one_or_404(queries.replies_visible_to(person()).where(Reply.id == reply_id))


def show_reply(reply: Reply, form: RulingForm) -> str:
    form.offer()
    promise = reply.link.promise
    written = f"{reply.text} {reply.body} {reply.function} {reply.url}"
    return render_template(
        "replies/show.html",
        reply=reply,
        form=form,
        cycle=promise.cycle,
        about=queries.told(reply.link),
        named=queries.named(promise.cycle_id, written),
    )
