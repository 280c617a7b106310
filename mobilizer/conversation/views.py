"""The thread of a report, the lists of threads, and where something is mentioned."""

from typing import Any
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from mobilizer.conversation import actions, queries
from mobilizer.conversation.forms import SayForm
from mobilizer.conversation.queries import reachable
from mobilizer.conversation.rules import pieces
from mobilizer.core.database import db
from mobilizer.core.errors import RuleBroken
from mobilizer.core.forms import translated
from mobilizer.core.pages import asked_page, paged
from mobilizer.core.policy import allowed, may_open, person, requires
from mobilizer.monitoring.models import Comment
from mobilizer.monitoring.queries import matrix_of
from mobilizer.monitoring.rules.answers import Incomplete
from mobilizer.promises.models import Promise
from mobilizer.promises.queries import visible_to as promises_visible_to

bp = Blueprint("conversation", __name__)

UNPROCESSABLE = 422
COMMENT = "<uuid:entry_id>/<int(max=999999999):comment_id>"


@bp.get("/desk/threads/<uuid:entry_id>")
@requires("entry.read")
def show(entry_id: UUID) -> ResponseReturnValue:
    return show_thread(str(entry_id), SayForm(request.args, meta={"csrf": False}))


@bp.post("/desk/threads/<uuid:entry_id>")
@requires("entry.discuss")
def say(entry_id: UUID) -> ResponseReturnValue:
    form = SayForm()
    try:
        comment = actions.say(str(entry_id), form.words, by=person())
    except Incomplete as incomplete:
        db.session.rollback()
        form.strike(incomplete)
        return show_thread(str(entry_id), form), UNPROCESSABLE
    db.session.commit()
    if request.form.get("go") == "resolve" and comment.reply_to_id is not None:
        return settled(str(entry_id), comment.reply_to_id, resolves=True)
    flash(gettext("Said."), "ok")
    return redirect(back_to(entry_id))


@bp.post(f"/desk/threads/{COMMENT}/resolve")
@requires("entry.discuss")
def resolve(entry_id: UUID, comment_id: int) -> ResponseReturnValue:
    return settled(str(entry_id), comment_id, resolves=True)


@bp.post(f"/desk/threads/{COMMENT}/open")
@requires("entry.discuss")
def open_again(entry_id: UUID, comment_id: int) -> ResponseReturnValue:
    return settled(str(entry_id), comment_id, resolves=False)


@bp.get("/field/messages")
@requires("entry.write")
def mine() -> ResponseReturnValue:
    return show_messages("layout/field.html", "monitoring.home")


@bp.get("/desk/messages")
@requires("entry.review")
def messages() -> ResponseReturnValue:
    return show_messages("layout/desk.html", "conversation.messages")


@bp.get("/desk/promises/<int(max=999999999):number>/mentions")
@requires("promise.read")
def mentions(number: int) -> ResponseReturnValue:
    promise = db.one_or_404(promises_visible_to(person()).where(Promise.number == number))
    page = paged(queries.in_which(person(), promise_id=promise.id), asked_page())
    return render_template(
        "conversation/mentions.html",
        promise=promise,
        page=page,
        matrix_of=matrix_of,
        reached=reachable(person(), page.rows, None),
    )


def settled(entry_id: str, comment_id: int, *, resolves: bool) -> ResponseReturnValue:
    """Resolve a comment or open it again, and go back; say why where a rule forbids it."""
    act = actions.resolve if resolves else actions.open_again
    try:
        act(entry_id, comment_id, by=person())
    except RuleBroken as fault:
        db.session.rollback()
        flash(translated(fault), "warning")
        return redirect(back_to(entry_id))
    db.session.commit()
    flash(gettext("Resolved.") if resolves else gettext("It is open again."), "ok")
    return redirect(back_to(entry_id))


def back_to(entry_id: UUID | str) -> str:
    """Where the form stood: on the review page, or on the thread's own."""
    is_review = request.form.get("from") == "review" and may_open("review.show")
    return url_for("review.show" if is_review else ".show", entry_id=entry_id)


def show_thread(entry_id: str, form: SayForm) -> str:
    """The page of a thread; whoever reads its end has seen it."""
    thread = queries.thread(person(), entry_id, asked_page())
    form.offer(thread)
    new = queries.new_to(person(), entry_id)
    if new and thread.page.number == 1 and request.method == "GET":
        actions.note_look(person().id, thread.entry.id, thread.page.rows[-1].id)
    named = queries.in_which(person(), entry_id=thread.entry.id).limit(20)
    mentioned = db.session.scalars(named).unique().all()
    return render_template(
        "conversation/thread.html",
        thread=thread,
        form=form,
        new=new,
        replied=replied(thread, form),
        matrix=matrix_of(thread.entry.assignment.promise),
        matrix_of=matrix_of,
        mentioned=mentioned,
        reached=reachable(person(), [*thread.open, *thread.page.rows, *mentioned], thread.entry),
    )


def replied(thread: queries.Thread, form: SayForm) -> Comment | None:
    """The comment that is replied to, if it is one of this thread."""
    number = form.words.reply_to
    found = db.session.get(Comment, number) if number else None
    return found if found is not None and found.entry_id == thread.entry.id else None


def show_messages(layout: str, section: str) -> str:
    """The list of her threads."""
    page = queries.threads(person(), queries.hers(person()), asked_page())
    lasts = [line.last for line in page.rows]
    return render_template(
        "conversation/messages.html",
        layout=layout,
        section=section,
        page=page,
        matrix_of=matrix_of,
        unread=queries.unread_threads(person()),
        reached=reachable(person(), lasts, None),
    )


@bp.context_processor
def frame() -> dict[str, Any]:
    """The frame of the page follows the person, not the address."""
    return {"layout": "layout/desk.html" if allowed("desk.open") else "layout/field.html"}


bp.add_app_template_filter(pieces, "pieces")
bp.add_app_template_global(queries.may_open_again, "may_open_again")
