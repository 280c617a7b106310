"""A person's own pages: how she is called, her password, where she is signed in."""

from flask import flash, redirect, render_template, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext, refresh
from flask_login import current_user

from mobilizer.accounts import queries
from mobilizer.accounts.actions import own as actions
from mobilizer.accounts.actions import throttle
from mobilizer.accounts.forms import OwnForm, PasswordForm
from mobilizer.accounts.models import User
from mobilizer.accounts.rules import home
from mobilizer.accounts.rules.names import suggested_alias
from mobilizer.accounts.rules.throttle import Door
from mobilizer.accounts.views.frame import bp
from mobilizer.core.database import db
from mobilizer.core.errors import RuleBroken
from mobilizer.core.language import offered, said
from mobilizer.core.policy import person, requires
from mobilizer.core.sessions import WebSession, hashed, own_session


def suggestion(user: User) -> str:
    """An alias that tells of her role and region only."""
    for posting in user.current_postings:
        region = said(posting.region.names).text if posting.region else ""
        return suggested_alias(gettext(posting.role.label), region)
    return ""


@bp.route("/", methods=["GET", "POST"])
@requires("account.own")
def own() -> ResponseReturnValue:
    form = OwnForm(obj=current_user, has_public_page=current_user.public_page is not None)
    form.offer_languages(offered())
    if form.validate_on_submit() and _describe(form):
        db.session.commit()
        session["language"] = current_user.language
        refresh()
        flash(gettext("Saved."), "ok")
        return redirect(url_for(".own"))
    return render_template(
        "accounts/own.html",
        form=form,
        suggestion=suggestion(current_user),
        home=home(current_user.roles),
    )


def _describe(form: OwnForm) -> bool:
    try:
        actions.describe(
            person(),
            language=form.language.data,
            alias=form.alias.data or "",
            full_name=form.full_name.data or "",
            is_named_in_public=form.is_named_in_public.data,
            has_public_page=form.has_public_page.data,
            suggested=suggestion(current_user),
            by=person(),
        )
    except RuleBroken as broken:
        form.strike(broken)
        return False
    return True


@bp.route("/password", methods=["GET", "POST"])
@requires("account.own")
def password() -> ResponseReturnValue:
    form = PasswordForm()
    if form.validate_on_submit() and _change_password(form):
        flash(gettext("The new password holds. You are signed out everywhere else."), "ok")
        return redirect(url_for(".own"))
    return render_template("accounts/password.html", form=form)


def _change_password(form: PasswordForm) -> bool:
    door = Door.OWN_PASSWORD, str(current_user.id)
    throttle.enter(door)
    try:
        actions.change_password(
            person(),
            current=form.current_password.data or "",
            new=form.password.data or "",
            keep=own_session().token,
            by=person(),
        )
    except RuleBroken as broken:
        form.strike(broken)
        return False
    db.session.commit()
    own_session().renew()
    throttle.passed(door)
    return True


@bp.get("/sessions")
@requires("account.own")
def sessions() -> ResponseReturnValue:
    mine = db.session.scalars(queries.sessions_of(current_user)).all()
    here = hashed(own_session().token)
    return render_template("accounts/sessions.html", sessions=mine, here=here)


@bp.post("/sessions/<key>/end")
@requires("account.own")
def end_session(key: str) -> ResponseReturnValue:
    mine = queries.sessions_of(current_user).where(WebSession.token_hash == key)
    actions.end_session(db.one_or_404(mine), person(), by=person())
    db.session.commit()
    flash(gettext("Signed out there."), "ok")
    return redirect(url_for(".sessions"))


@bp.post("/sessions/end")
@requires("account.own")
def end_other_sessions() -> ResponseReturnValue:
    actions.end_other_sessions(
        person(),
        keep=own_session().token,
        by=person(),
    )
    db.session.commit()
    flash(gettext("Signed out everywhere else."), "ok")
    return redirect(url_for(".sessions"))
