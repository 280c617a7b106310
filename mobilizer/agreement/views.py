"""The second mentor's pages, and the disagreements once both ratings are in."""

from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from mobilizer.accounts.rules import Role
from mobilizer.agreement import actions, queries
from mobilizer.agreement.forms import SecondForm, second_form
from mobilizer.core.database import db
from mobilizer.core.errors import NotVisible, RuleBroken
from mobilizer.core.pages import asked_page
from mobilizer.core.policy import person, requires
from mobilizer.core.storage import as_film, as_photo
from mobilizer.evidence.models import Evidence
from mobilizer.evidence.queries import file_of, film_of
from mobilizer.evidence.rules.details import Origin
from mobilizer.evidence.rules.links import EvidenceKind, Link, recognise

bp = Blueprint("agreement", __name__, url_prefix="/desk/second")

#: What is wrong with a form, as HTTP says it.
UNPROCESSABLE = 422


@bp.get("/")
@requires("agreement.read")
def index() -> ResponseReturnValue:
    user = person()
    return render_template(
        "agreement/index.html",
        waiting=db.session.scalars(queries.waiting(user)).all(),
        standing=queries.standing(user),
        runs=user.cycle_ids(Role.COORDINATOR),
        page=queries.differing(user, asked_page()),
    )


@bp.get("/<int:look_id>")
@requires("entry.second")
def show(look_id: int) -> ResponseReturnValue:
    return show_look(queries.looked(person(), look_id), second_form())


@bp.post("/<int:look_id>")
@requires("entry.second")
def give(look_id: int) -> ResponseReturnValue:
    found, form = queries.looked(person(), look_id), second_form()
    try:
        actions.give(look_id, form.answer, by=person())
    except RuleBroken as fault:
        db.session.rollback()
        form.strike(fault)
        found = queries.looked(person(), look_id)
        return show_look(found, form), UNPROCESSABLE
    db.session.commit()
    flash(gettext("Your rating is recorded. It does not change any more."), "ok")
    return redirect(url_for(".index"))


@bp.get("/<int:look_id>/<uuid:uid>/<int:width>.<any(jpg, webp):ending>")
@requires("entry.second")
def photo(look_id: int, uid: UUID, width: int, ending: str) -> ResponseReturnValue:
    media = queries.evidence_of(person(), look_id, str(uid)).media
    content = file_of(media, width, ending) if media else None
    if content is None:
        raise NotVisible
    return as_photo(content, ending)


@bp.get("/<int:look_id>/<uuid:uid>.mp4")
@requires("entry.second")
def clip(look_id: int, uid: UUID) -> ResponseReturnValue:
    media = queries.evidence_of(person(), look_id, str(uid)).media
    film = film_of(media) if media else None
    if film is None:
        raise NotVisible
    return as_film(film)


def show_look(found: queries.Looked, form: SecondForm) -> str:
    return render_template(
        "agreement/show.html",
        found=found,
        form=form,
        finding=queries.finding_beside(person(), found.look),
        cycle=found.assignment.cycle,
        origins={origin.value: origin.label for origin in Origin},
        links={piece.id: link for piece in found.evidence if (link := link_of(piece))},
    )


def link_of(piece: Evidence) -> Link | None:
    """A kept address with what a page needs to show it."""
    if piece.kind not in (EvidenceKind.VIDEO, EvidenceKind.LINK) or not piece.address:
        return None
    return recognise(piece.address)
