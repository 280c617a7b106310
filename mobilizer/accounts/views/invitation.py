"""The page an invited person opens: from a link, or with her phone from a QR code."""

from flask import flash, redirect, render_template, session
from flask.typing import ResponseReturnValue
from flask_babel import gettext, refresh
from flask_login import current_user

from mobilizer.accounts import queries
from mobilizer.accounts.actions import invitations, passwords
from mobilizer.accounts.forms import AcceptForm
from mobilizer.accounts.models import Invitation, User
from mobilizer.accounts.rules import home
from mobilizer.accounts.rules.invitations import InvitationState
from mobilizer.accounts.rules.names import suggested_alias
from mobilizer.accounts.rules.passwords import check_password
from mobilizer.accounts.views.frame import bp, let_in
from mobilizer.core.database import db
from mobilizer.core.errors import RuleBroken
from mobilizer.core.language import offered, said
from mobilizer.core.policy import anyone


def suggestion(invitation: Invitation) -> str:
    """An alias that tells of the role and region only."""
    region = said(invitation.region.names).text if invitation.region else ""
    return suggested_alias(gettext(invitation.role.label), region)


@bp.route("/invitation/<token>", methods=["GET", "POST"])
@anyone
def accept(token: str) -> ResponseReturnValue:
    invitation = db.session.scalars(queries.invitation(token)).one_or_none()
    if invitation is None or invitation.state != InvitationState.OPEN:
        return render_template("accounts/no_invitation.html"), 404
    if current_user.is_authenticated:
        return render_template("accounts/invitation_of_another.html")
    if "language" not in session and invitation.language in offered():
        session["language"] = invitation.language
        refresh()
    form = AcceptForm(language=session.get("language"), alias=suggestion(invitation))
    form.offer_languages(offered())
    user = _accept(form, token, suggestion(invitation)) if form.validate_on_submit() else None
    if user is None:
        return render_template("accounts/invitation.html", form=form, invitation=invitation)
    let_in(user)
    flash(gettext("Welcome. You are signed in."), "ok")
    return redirect(home(user.roles))


def _accept(form: AcceptForm, token: str, suggested: str) -> User | None:
    """Make the account; None, with the fault beside its field, when a rule forbids it."""
    db.session.rollback()  # No lock is held while the password is hashed.
    try:
        name, password = form.sign_in_name.data or "", form.password.data or ""
        check_password(password, name)
        user = invitations.accept(
            token,
            name=name,
            password_hash=passwords.hashed(password),
            language=form.language.data,
            alias=form.alias.data or "",
            full_name=form.full_name.data or "",
            suggested=suggested,
        )
    except RuleBroken as broken:
        db.session.rollback()
        form.strike(broken)
        return None
    db.session.commit()
    return user
