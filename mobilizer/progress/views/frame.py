"""What an address of these pages asks for, held against what the person may see of it.

All of it stands in the address: what is unknown, outside the cycle or somebody else's is a 404.
"""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any, TypeVar

from flask import Blueprint, request
from sqlalchemy import Select

from mobilizer.accounts.models import User
from mobilizer.accounts.rules import Role
from mobilizer.core import months
from mobilizer.core.database import db
from mobilizer.core.errors import NotVisible
from mobilizer.core.numbers import whole
from mobilizer.core.policy import person
from mobilizer.core.words import Word
from mobilizer.cycles.models import Cycle
from mobilizer.places.models import Place
from mobilizer.progress import queries
from mobilizer.progress.queries import Narrowed
from mobilizer.progress.rules import By, Ratio

bp = Blueprint("progress", __name__, url_prefix="/desk/progress")

Kind = TypeVar("Kind", bound=Word)


@dataclass(frozen=True)
class Asked:
    """A cycle, what its rows stand for, which share is mapped, and what all is narrowed to."""

    cycle: Cycle
    by: By
    ratio: Ratio
    so_far: tuple[date, ...]
    #: The one month that is looked at; None for all so far.
    month: date | None
    region: Place | None
    mentor: User | None
    mobilizer: User | None

    @property
    def narrowed(self) -> Narrowed:
        """What is counted."""
        return replace(self.everywhen, months=(self.month,) if self.month else self.so_far)

    @property
    def everywhen(self) -> Narrowed:
        """The same over all months so far."""
        return Narrowed(
            self.so_far,
            region_id=self.region.id if self.region else None,
            mentor_id=self.mentor.id if self.mentor else None,
            mobilizer_id=self.mobilizer.id if self.mobilizer else None,
        )

    def address(self, **other: Any) -> dict[str, Any]:
        """The questions of an address that asks the same, but for what is said."""
        asked = {
            "cycle": self.cycle.code,
            "by": self.by.value,
            "ratio": self.ratio.value,
            "month": self.month.strftime("%Y-%m") if self.month else None,
            "region": self.region.code if self.region else None,
            "mentor": self.mentor.id if self.mentor else None,
            "mobilizer": self.mobilizer.id if self.mobilizer else None,
        }
        return {name: value for name, value in (asked | other).items() if value is not None}


def asked() -> Asked:
    """What this request asks for.

    Raises:
        NotVisible: something of it is not there, or not hers to see.
    """
    user = person()
    cycle = _cycle(user)
    overseen = queries.overseen_by(user, cycle)
    so_far = tuple(queries.months_so_far(cycle))
    runs = cycle.id in user.cycle_ids(Role.COORDINATOR)
    regions, people = queries.regions_in(overseen), request.args
    return Asked(
        cycle=cycle,
        by=word("by", By, By.REGION if runs else By.MOBILIZER),
        ratio=word("ratio", Ratio, Ratio.COMPLETENESS),
        so_far=so_far,
        month=_month(so_far),
        region=_one(regions.where(Place.code == code)) if (code := people.get("region")) else None,
        mentor=_person("mentor", queries.mentors_in(overseen)),
        mobilizer=_person("mobilizer", queries.mobilizers_in(overseen)),
    )


def word(name: str, kind: type[Kind], otherwise: Kind) -> Kind:
    """One of some words."""
    typed = request.args.get(name)
    if not typed:
        return otherwise
    if typed not in set(kind):
        raise NotVisible
    return kind(typed)


def _cycle(user: User) -> Cycle:
    hers = queries.cycles_of(user)
    if code := request.args.get("cycle"):
        hers = hers.where(Cycle.code == code)
    return _one(hers.limit(1))


def _month(so_far: tuple[date, ...]) -> date | None:
    typed = request.args.get("month")
    if not typed:
        return None
    month = months.parse(typed)
    if month not in so_far:
        raise NotVisible
    return month


def _person(name: str, among: Select[User]) -> User | None:
    typed = request.args.get(name)
    if not typed:
        return None
    try:
        return _one(among.where(User.id == whole(typed)))
    except ValueError:
        raise NotVisible from None


def _one(listing: Select[Any]) -> Any:
    return db.one_or_404(listing)
