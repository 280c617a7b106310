"""The coordinator's desk of public requests: read, close, publish."""

from datetime import date, timedelta

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from mobilizer.core import clock
from mobilizer.core.database import db
from mobilizer.core.errors import NotVisible, RuleBroken
from mobilizer.core.language import current, offered
from mobilizer.core.pages import asked_page, paged
from mobilizer.core.policy import person, requires
from mobilizer.core.storage import as_photo
from mobilizer.history.queries import happened
from mobilizer.promises.rules import PromiseState
from mobilizer.replies.queries import named
from mobilizer.requests import actions, queries
from mobilizer.requests.forms import ClosingForm, DayForm, PublicationForm
from mobilizer.requests.models import PublicRequest
from mobilizer.requests.rules import AlreadyClosed, RequestKind, RequestState

UNPROCESSABLE, CONFLICT = 422, 409

bp = Blueprint("requests", __name__, url_prefix="/desk/requests")


@bp.get("/")
@requires("request.answer")
def index() -> ResponseReturnValue:
    user, asked = person(), request.args.get("state", "")
    state = RequestState(asked) if asked in set(RequestState) else RequestState.RECEIVED
    return render_template(
        "requests/index.html",
        state=state,
        page=paged(queries.listed(user, state), asked_page()),
        counts=queries.counts(user),
    )


@bp.get("/<int:number>")
@requires("request.answer")
def show(number: int) -> ResponseReturnValue:
    return page(find(number))


@bp.get("/<int:number>/photo.jpg")
@requires("request.answer")
def photo(number: int) -> ResponseReturnValue:
    content = queries.photo_of(find(number))
    if content is None:
        raise NotVisible
    return as_photo(content, "jpg")


@bp.post("/<int:number>")
@requires("request.answer")
def close(number: int) -> ResponseReturnValue:
    sent, form = find(number), closing_form()
    if not form.validate():
        return page(sent, closing=form), UNPROCESSABLE
    try:
        actions.close(sent, form.told, by=person())
    except RuleBroken as broken:
        db.session.rollback()
        form.strike(broken)
        status = CONFLICT if isinstance(broken, AlreadyClosed) else UNPROCESSABLE
        return page(find(number), closing=form), status
    db.session.commit()
    flash(gettext("Recorded."), "ok")
    return redirect(url_for(".show", number=number))


@bp.post("/<int:number>/day")
@requires("request.answer")
def move(number: int) -> ResponseReturnValue:
    sent, form = find(number), DayForm()
    if not form.validate():
        return page(sent, day=form), UNPROCESSABLE
    try:
        actions.move(sent, form.day.data or "", by=person())
    except RuleBroken as broken:
        db.session.rollback()
        form.strike(broken)
        status = CONFLICT if isinstance(broken, AlreadyClosed) else UNPROCESSABLE
        return page(find(number), day=form), status
    db.session.commit()
    flash(gettext("Recorded."), "ok")
    return redirect(url_for(".show", number=number))


@bp.post("/<int:number>/publish")
@requires("request.answer")
def publish(number: int) -> ResponseReturnValue:
    sent, form = find(number), PublicationForm()
    if not form.validate():
        return page(sent, publication=form), UNPROCESSABLE
    try:
        is_read = bool(form.is_read.data)
        actions.publish(sent, form.summary.data or "", is_read=is_read, by=person())
    except RuleBroken as broken:
        db.session.rollback()
        form.strike(broken)
        return page(find(number), publication=form), UNPROCESSABLE
    db.session.commit()
    flash(gettext("It stands on the promise’s page."), "ok")
    return redirect(url_for(".show", number=number))


@bp.post("/<int:number>/hide")
@requires("request.answer")
def hide(number: int) -> ResponseReturnValue:
    actions.hide(find(number), by=person())
    db.session.commit()
    flash(gettext("It no longer stands on the promise’s page."), "ok")
    return redirect(url_for(".show", number=number))


def find(number: int) -> PublicRequest:
    return db.one_or_404(queries.visible_to(person()).where(PublicRequest.number == number))


def closing_form(language: str = "") -> ClosingForm:
    form = ClosingForm(language=language if language in offered() else current())
    form.offer(offered())
    return form


def page(
    sent: PublicRequest,
    closing: ClosingForm | None = None,
    publication: PublicationForm | None = None,
    day: DayForm | None = None,
) -> str:
    promise, is_correction = sent.promise, sent.kind is RequestKind.CORRECTION
    publication = publication or PublicationForm(summary=sent.summary)
    written = f"{sent.text} {sent.url} {sent.answer} {publication.summary.data or ''}"
    return render_template(
        "requests/show.html",
        sent=sent,
        promise=promise,
        cycle=promise.cycle,
        closing=closing or closing_form(sent.language),
        publication=publication,
        answering=day or DayForm(day=last_day_of(sent).isoformat()),
        named=named(promise.cycle_id, written),
        reports=queries.reports_behind(promise) if is_correction else (),
        is_public=promise.state is PromiseState.PUBLISHED and promise.cycle.is_public,
        steps=happened(sent),
    )


def last_day_of(sent: PublicRequest) -> date:
    """The last day on which a request is answered in time."""
    return clock.day_of(sent.answer_by - timedelta(seconds=1), sent.promise.cycle.time_zone)
