"""Where the parties of a cycle are told of findings before they are published."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from mobilizer.core import letters
from mobilizer.core.database import db, locked
from mobilizer.core.errors import RuleBroken
from mobilizer.core.language import current, offered
from mobilizer.core.policy import person, requires
from mobilizer.cycles.models import Cycle
from mobilizer.replies import actions, queries
from mobilizer.replies.forms import ContactsForm, contacts_form
from mobilizer.replies.views.frame import bp


@bp.route("/contacts/<code>", methods=["GET", "POST"])
@requires("reply.invite")
def contacts(code: str) -> ResponseReturnValue:
    own = queries.cycles_of(person()).where(Cycle.code == code)
    cycle = db.one_or_404(locked(own) if request.method == "POST" else own)
    kept = queries.contacts(cycle)
    form = contacts_form(kept, offered(), current())
    stands = contacts_form(kept, offered(), current(), formdata=None)
    if request.method == "GET":
        form.know()
    if form.validate_on_submit() and not form.is_overtaken(stands) and _keep(cycle, form):
        db.session.commit()
        flash(gettext("Saved."), "ok")
        return redirect(url_for(".contacts", code=cycle.code))
    sends_letters = letters.go_out()
    return render_template(
        "replies/contacts.html", cycle=cycle, form=form, sends_letters=sends_letters
    )


def _keep(cycle: Cycle, form: ContactsForm) -> bool:
    """Keep what was typed; nothing of it, with each fault beside its field, if one is none."""
    for party in form.parties:
        address, language = form.address(party), form.language(party)
        try:
            actions.keep_contact(cycle, party, address.data or "", language.data, by=person())
        except RuleBroken as broken:
            broken.field = address.name
            form.strike(broken)
    if form.errors:
        db.session.rollback()
        return False
    return True
