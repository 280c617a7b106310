"""Which promises stand under each choice of the register's filters at the end of any day."""

from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, literal, or_, select, union_all
from sqlalchemy.orm import aliased

from mobilizer.core.database import db
from mobilizer.cycles.models import Cycle
from mobilizer.tallies.models import NumberSet
from mobilizer.tallies.queries.counts import is_past
from mobilizer.tallies.rules import Kind, Subject
from mobilizer.tallies.rules.sets import Choice, as_set

#: Of some choices, by what they are.
Sets = dict[Choice, int]

#: Made once: SQLAlchemy takes longer to learn another name of a table than a database to answer.
_THEN, _PAST = aliased(NumberSet), aliased(NumberSet)


def sets_on(cycle: Cycle, as_of: date | None = None) -> Sets:
    """The numbers of the promises under each choice of the register's filters, as sets."""
    found = db.session.execute(_sets(cycle, as_of))
    return {(kind, choice): as_set(bits) for kind, choice, bits in found}


def ratings_on_both(cycle: Cycle, subject: Subject, since: date, as_of: date) -> tuple[Sets, Sets]:
    """The sets of a cycle's ratings on two days, on the later one with a subject's. One query."""
    kind, key = subject
    ratings = NumberSet.kind == Kind.CYCLE
    its_own = and_(NumberSet.kind == kind, NumberSet.choice == str(key))
    days = ((since, ratings), (as_of, or_(ratings, its_own)))
    each = [
        _sets(cycle, day, wanted).add_columns(literal(at)) for at, (day, wanted) in enumerate(days)
    ]
    found: tuple[Sets, Sets] = {}, {}
    for kind, choice, bits, at in db.session.execute(union_all(*each)):
        found[at][kind, choice] = as_set(bits)
    return found


def _sets(
    cycle: Cycle, as_of: date | None, *wanted: ColumnElement[bool]
) -> Select[Kind, str, bytes]:
    """The kind, choice and bits of some sets at the end of a day; of now for None."""
    last = select(NumberSet.kind, NumberSet.choice, NumberSet.bits)
    last = last.where(NumberSet.cycle_id == cycle.id, NumberSet.until.is_(None), *wanted)
    if not is_past(cycle, as_of):
        return last
    earlier = select(func.max(_PAST.since)).where(*_same(_PAST, NumberSet), _PAST.since <= as_of)
    since = earlier.correlate(NumberSet).scalar_subquery()  # One look for each, however many days.
    here = and_(*_same(_THEN, NumberSet), _THEN.since == since)
    return last.join(_THEN, here).with_only_columns(NumberSet.kind, NumberSet.choice, _THEN.bits)


def _same(one: Any, other: Any) -> tuple[ColumnElement[bool], ...]:
    names = ("cycle_id", "kind", "choice")
    return tuple(getattr(one, name) == getattr(other, name) for name in names)
