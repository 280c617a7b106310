"""What all answers to a phone have in common: whose it is, how large, and how it is refused."""

from datetime import datetime
from uuid import UUID

from flask import Blueprint, current_app, request
from flask.typing import ResponseReturnValue

from mobilizer.core.errors import RuleBroken
from mobilizer.core.forms import translated
from mobilizer.core.policy import person
from mobilizer.core.web import refusal
from mobilizer.sync.actions.names import Parcel
from mobilizer.sync.rules import person_key
from mobilizer.sync.rules.reading import MISSING, UID, WRONG
from mobilizer.sync.rules.refusals import Malformed, OtherPerson, Refused, Told
from mobilizer.sync.rules.reports import moment

bp = Blueprint("sync", __name__, url_prefix="/sync")

#: The views that are asked before anybody is named.
UNNAMED = {"sync.hello"}


def her_key() -> str:
    """The opaque name of the person who is signed in."""
    return person_key(current_app.config["SECRET_KEY"], person().id)


def sent_at() -> datetime | None:
    """When this was sent, by the phone's clock; None where it does not say."""
    return moment(request.headers.get("X-Sent-At", "")[:40])


def parcel(uid: UUID, number: int = 1) -> Parcel:
    """What came under a name.

    Raises:
        Malformed: the name is not one that a phone makes: random.
    """
    if not UID.fullmatch(str(uid)):
        raise Malformed([RuleBroken(WRONG, field="uid")])
    return Parcel(str(uid), number, request.get_data())


@bp.before_request
def _check_person() -> None:
    """Take nothing of one person's while another is signed in.

    Raises:
        Malformed: it does not say whose it is.
        OtherPerson: it is not hers.
    """
    if request.endpoint in UNNAMED:
        return
    named = request.headers.get("X-Person", "")
    if not named:
        raise Malformed([RuleBroken(MISSING, field="X-Person")])
    if named != her_key():
        raise OtherPerson


@bp.errorhandler(Refused)
def refused(error: Refused) -> ResponseReturnValue:
    """Refuse as docs/sync.md says, with every fault beside its field."""
    return refusal(error.status, error.code, translated(error), list(map(told, error.faults)))


def told(fault: RuleBroken) -> dict[str, str]:
    """A fault by its field, in the person's language."""
    message = fault.message if isinstance(fault, Told) else translated(fault)
    return {"field": fault.field or "", "message": message}
