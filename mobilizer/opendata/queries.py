"""Which packages are kept, and whether they are as things stand."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload

from mobilizer.core import clock
from mobilizer.core.database import db
from mobilizer.cycles.models import Cycle
from mobilizer.opendata.models import KeptPackage, MonthPackage
from mobilizer.opendata.rules.keeping import is_newest
from mobilizer.publication.queries import number_now


def kept() -> Select[KeptPackage]:
    """The packages of public cycles."""
    return (
        select(KeptPackage)
        .join(KeptPackage.cycle)
        .where(Cycle.is_public)
        .options(joinedload(KeptPackage.cycle))
        .order_by(Cycle.code)
    )


def kept_of(code: str) -> Select[KeptPackage]:
    """The package of one cycle, if it is public."""
    return kept().where(Cycle.code == code)


def of_months(cycle: Cycle, months: Sequence[date]) -> dict[date, MonthPackage]:
    """The packages that were made of some months of a cycle. One query."""
    made = select(MonthPackage).where(
        MonthPackage.cycle_id == cycle.id, MonthPackage.month.in_(months)
    )
    return {one.month: one for one in db.session.scalars(made)}


def of_month(code: str, month: date) -> Select[MonthPackage]:
    """The package of a month of one cycle, if that is public."""
    return (
        select(MonthPackage)
        .join(MonthPackage.cycle)
        .where(Cycle.is_public, Cycle.code == code, MonthPackage.month == month)
        .options(joinedload(MonthPackage.cycle))
    )


def is_as_things_stand(package: KeptPackage, publication: int) -> bool:
    """Whether it would be the same if it was made now, at a number of the publication."""
    today = clock.today(package.cycle.time_zone)
    return is_newest((package.publication, package.made_on), (publication, today))


def unpacked() -> dict[str, bool]:
    """The public cycles whose package is of before, by their codes, and whether there is none."""
    packages = {one.cycle_id: one for one in db.session.scalars(kept())}
    now, found = number_now(), {}
    for cycle in db.session.scalars(select(Cycle).where(Cycle.is_public).order_by(Cycle.code)):
        one, today = packages.get(cycle.id), clock.today(cycle.time_zone)
        if one is None or not is_newest((one.publication, one.made_on), (now, today)):
            found[cycle.code] = one is None
    return found
