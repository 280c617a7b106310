"""What the pages below ``/desk/people`` share."""

from collections.abc import Iterable
from typing import TypeVar

from flask import Blueprint

from mobilizer.accounts.models import Posting, User
from mobilizer.accounts.queries import visible_to
from mobilizer.accounts.rules import GRANTS, Role
from mobilizer.accounts.rules.postings import Place as Held
from mobilizer.core.database import db
from mobilizer.core.policy import person
from mobilizer.cycles.models import Cycle
from mobilizer.people import actions, queries
from mobilizer.people.forms import PlaceForm, PostingForm
from mobilizer.places.models import Place

Row = TypeVar("Row")

bp = Blueprint("people", __name__, url_prefix="/desk/people")


def find(user_id: int) -> User:
    """Somebody whom the person of this request may know of."""
    return db.one_or_404(visible_to(person()).where(User.id == user_id))


def find_posting(posting_id: int) -> Posting:
    """A posting of somebody whom the person of this request may know of."""
    return db.one_or_404(queries.postings_visible_to(person()).where(Posting.id == posting_id))


def roles_to_give() -> list[Role]:
    """The roles that the person of this request may give to others."""
    given = {role for own in person().roles for role in GRANTS.get(own, ())}
    return [role for role in Role if role in given]


def cycles_to_fill() -> list[Cycle]:
    """The cycles to which the person of this request may invite."""
    return list(db.session.scalars(queries.cycles_to_fill(person())))


def offer_places(form: PlaceForm, cycles: list[Cycle]) -> None:
    """Give a form the regions and mentors of these cycles, and the cycles if it asks for one."""
    form.offer_regions(
        db.session.scalars(queries.regions_of(cycles)).all(),
        db.session.scalars(queries.mentors_of(cycles)).all(),
    )
    if isinstance(form, PostingForm):
        form.offer_cycles(cycles)
        form.offer_roles(roles_to_give())


def chosen(form: PlaceForm, cycle: Cycle | None = None) -> Held:
    """Where a form says that a role is held. What it offered may be had."""
    if isinstance(form, PostingForm):
        cycle = _chosen(Cycle, form.cycle.data)
    return actions.place(cycle, _chosen(Place, form.region.data), _chosen(User, form.mentor.data))


def _chosen(model: type[Row], key: str | None) -> Row | None:
    return db.session.get(model, int(key)) if key else None


def names_of(postings: Iterable[Posting]) -> dict[int, Cycle]:
    """The cycles of these postings, by their ids: postings know them by number only."""
    ids = {posting.cycle_id for posting in postings if posting.cycle_id is not None}
    found = db.session.scalars(db.select(Cycle).where(Cycle.id.in_(ids))) if ids else ()
    return {cycle.id: cycle for cycle in found}
