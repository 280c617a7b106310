"""In and out."""

from flask import flash, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_login import current_user, logout_user

from mobilizer.accounts.actions.signing_in import admit
from mobilizer.accounts.forms import SignInForm
from mobilizer.accounts.rules import home
from mobilizer.accounts.views.frame import bp, let_in
from mobilizer.audit.actions import record
from mobilizer.core.database import db
from mobilizer.core.errors import RuleBroken
from mobilizer.core.policy import anyone, person
from mobilizer.core.sessions import own_session
from mobilizer.core.web import safe_next
from mobilizer.core.words import N_


@bp.get("/sign-in")
@anyone
def sign_in() -> ResponseReturnValue:
    if current_user.is_authenticated:
        return redirect(safe_next(request.args.get("next")) or home(current_user.roles))
    form = SignInForm(next=safe_next(request.args.get("next")) or "")
    return render_template("accounts/sign_in.html", form=form)


@bp.post("/sign-in")
@anyone
def enter() -> ResponseReturnValue:
    form = SignInForm()
    if form.validate():
        name, password = form.sign_in_name.data or "", form.password.data or ""
        user = admit(name, password, request.remote_addr or "")
        if user is not None:
            db.session.commit()
            let_in(user)
            return redirect(safe_next(form.next.data) or home(user.roles))
        form.strike(RuleBroken(N_("The name or the password is wrong, or the account is closed.")))
    form.next.data = safe_next(form.next.data) or ""
    return render_template("accounts/sign_in.html", form=form)


@bp.post("/sign-out")
@anyone
def sign_out() -> ResponseReturnValue:
    language = session.get("language")
    if current_user.is_authenticated:
        record(person(), "account.sign_out", person())
        db.session.commit()
    logout_user()
    session.clear()
    own_session().renew()
    if language:
        session["language"] = language
    flash(gettext("You are signed out."), "ok")
    if request.accept_mimetypes.best == "application/json":
        return "", 204  # To a phone, which erases what it keeps only when this has come.
    return redirect(url_for(".sign_in"))
