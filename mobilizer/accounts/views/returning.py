"""The page behind a link for a new password."""

from flask import flash, redirect, render_template, session
from flask.typing import ResponseReturnValue
from flask_babel import gettext, refresh

from mobilizer.accounts import queries
from mobilizer.accounts.actions import passwords, returning
from mobilizer.accounts.forms import NewPasswordForm
from mobilizer.accounts.models import User
from mobilizer.accounts.rules import home
from mobilizer.accounts.rules.passwords import check_password
from mobilizer.accounts.views.frame import bp, let_in
from mobilizer.core.database import db
from mobilizer.core.errors import RuleBroken
from mobilizer.core.policy import anyone


@bp.route("/way-back/<token>", methods=["GET", "POST"])
@anyone
def come_back(token: str) -> ResponseReturnValue:
    way = db.session.scalars(queries.way_back(token)).one_or_none()
    if way is None:
        return render_template("accounts/no_way_back.html"), 404
    if "language" not in session:
        session["language"] = way.user.language
        refresh()
    name, form = way.user.sign_in_name, NewPasswordForm()
    user = _come_back(form, token, name) if form.validate_on_submit() else None
    if user is None:
        return render_template("accounts/way_back.html", form=form, sign_in_name=name)
    let_in(user)
    flash(gettext("Your new password is set. You are signed in, and signed out elsewhere."), "ok")
    return redirect(home(user.roles))


def _come_back(form: NewPasswordForm, token: str, name: str) -> User | None:
    """Set the password; None, with the fault beside its field, when a rule forbids it."""
    db.session.rollback()  # No lock is held while the password is hashed.
    password = form.password.data or ""
    try:
        check_password(password, name)
    except RuleBroken as broken:
        form.strike(broken)
        return None
    user = returning.come_back(token, password_hash=passwords.hashed(password))
    db.session.commit()
    return user
