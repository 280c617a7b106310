"""The desk takes in what a phone could not send, from the file that it exported."""

from dataclasses import dataclass, field

from flask import Blueprint, current_app, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from mobilizer.accounts.models import User
from mobilizer.core.bodies import takes
from mobilizer.core.database import db
from mobilizer.core.errors import NotVisible, RuleBroken
from mobilizer.core.formats import month
from mobilizer.core.language import said
from mobilizer.core.policy import person, requires
from mobilizer.core.words import N_
from mobilizer.cycles.rules import Level
from mobilizer.evidence.rules.uploads import PIECE_MOST
from mobilizer.monitoring.rules.matrix import Matrix, Measure
from mobilizer.promises.rules import Unit
from mobilizer.promises.rules.values import MOST_INDICATORS
from mobilizer.sync import actions, queries
from mobilizer.sync.actions import Parcel
from mobilizer.sync.forms import ParcelForm, promise_values
from mobilizer.sync.models import Receipt
from mobilizer.sync.rules.parcels import MOST_BYTES, Item, Opened, Unreadable
from mobilizer.sync.rules.refusals import Refused
from mobilizer.sync.views.files import appended
from mobilizer.sync.views.frame import told

parcels = Blueprint("parcels", __name__, url_prefix="/desk/parcels")

#: All that can be asked in a report.
EVERY_FIELD = Matrix(
    Level.LOCAL, tuple(Measure(position, Unit.NUMBER) for position in range(1, MOST_INDICATORS + 1))
).fields
NOT_HERS = N_("It belongs to nobody who reports in your cycles, or no longer.")
NO_FILE = N_("Its photo or clip is not in the file.")


@dataclass
class Outcome:
    """What became of one thing: is it there, was it before, and what is wrong with it."""

    title: str
    is_there: bool = False
    is_new: bool = False
    faults: list[dict[str, str]] = field(default_factory=list)


@parcels.get("/")
@requires("entry.hand_in")
def show() -> ResponseReturnValue:
    return render_template("sync/parcels.html", form=ParcelForm())


@parcels.post("/")
@requires("entry.hand_in")
@takes(MOST_BYTES)
def take() -> ResponseReturnValue:
    form = ParcelForm()
    if not form.validate():
        return render_template("sync/parcels.html", form=form), 422
    try:
        opened = Opened(form.parcel.data.stream)
        author = queries.whose(opened.person, current_app.config["SECRET_KEY"], person())
        if author is None:
            raise Unreadable(NOT_HERS)
    except Unreadable as fault:
        form.strike(fault)
        return render_template("sync/parcels.html", form=form), 422
    name = author.shown_name
    outcomes = [taken_in(opened, item, author) for item in opened.items]
    return render_template("sync/parcels.html", form=form, outcomes=outcomes, name=name)


def taken_in(opened: Opened, item: Item, author: User) -> Outcome:
    """Take one thing with its files. Each stands or falls alone, as if it had been sent."""
    parcel = Parcel(item.uid, item.number, item.body)
    read = promise_values if item.is_promise else None
    kind = gettext("Promise") if item.is_promise else gettext("Report")
    outcome = Outcome(f"{kind} {item.uid[:8]}")
    try:
        receipt, outcome.is_new = actions.hand_in(parcel, read, author=author, by=person())
        db.session.commit()
        outcome.is_there, outcome.title = True, titled(receipt)
        for media in queries.told([receipt])[0]["media"]:
            if media["state"] == "open":
                bring(opened, media["id"], media["received"], author)
    except NotVisible:
        outcome.faults = [told(RuleBroken(NOT_HERS))]
    except Refused as refused:
        faults = list(map(told, refused.faults)) or [told(RuleBroken(refused.message))]
        outcome.faults = [{**fault, "field": called(fault["field"])} for fault in faults]
    db.session.rollback()
    return outcome


def called(name: str) -> str:
    """What a field of a report is called on its pages; others keep the name they have."""
    field = EVERY_FIELD.get(name)
    if field is None:
        return name
    return f"{gettext(field.label)} {field.position}" if field.position else gettext(field.label)


def bring(opened: Opened, uid: str, received: int, author: User) -> None:
    """Send a file on in pieces, from where it stands.

    Raises:
        Refused: it is not there, or not what was announced.
    """
    content = opened.media(uid)
    if content is None:
        raise Refused([RuleBroken(NO_FILE, field="media")])
    for at in range(received, len(content), PIECE_MOST):
        appended(uid, at, content[at : at + PIECE_MOST], author, waits=True)


def titled(receipt: Receipt) -> str:
    """What a thing is called on a page."""
    if receipt.promise is not None:
        return said(receipt.promise.titles).text
    if receipt.revision is None:
        return receipt.uid
    entry = receipt.revision.entry
    return f"{said(entry.assignment.promise.titles).text} · {month(entry.month)}"
