"""What a table of assignments would do: every row looked up and held to the rules."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypeVar

from mobilizer.assignments.rules import (
    Held,
    Wish,
    check_mentor,
    check_place,
    check_promise,
    check_span,
    no_promise,
    recognised,
    shared,
    work_region,
)
from mobilizer.assignments.rules.table import Column, Fault, Row
from mobilizer.core import months
from mobilizer.core.errors import RuleBroken
from mobilizer.core.text import normalise
from mobilizer.core.words import N_
from mobilizer.promises.rules import PromiseState, Testability

Found = TypeVar("Found")

#: The column a broken rule stands beside, by the field it names.
COLUMN_OF = {**{column.value: column for column in Column}, "mentor": Column.MOBILIZER}


@dataclass(frozen=True)
class Promised:
    """A promise of the cycle."""

    id: int
    state: PromiseState
    testability: Testability | None
    place_ids: frozenset[int]
    is_duplicate: bool = False


@dataclass(frozen=True)
class Mobilizer:
    """A mobilizer of the cycle: her region, and her dedicated mentor if she has one."""

    id: int
    region_id: int | None
    mentor_id: int | None


@dataclass(frozen=True)
class Spot:
    """A place: its code, it and all it lies in, its region if it has one."""

    id: int
    code: str
    and_above: frozenset[int]
    region_id: int | None


@dataclass
class Ground:
    """All that a table of one cycle can name, as it was read in a few queries."""

    first_month: date
    last_month: date
    promises: Mapping[int, Promised]
    #: By sign-in name and by alias, both in lower case.
    mobilizers: Mapping[str, Sequence[Mobilizer]]
    #: By code in lower case, and by normalised name.
    places: Mapping[str, Sequence[Spot]]
    mentor_ids: frozenset[int]
    held: Mapping[tuple[int, int], Sequence[Held]]


@dataclass(frozen=True)
class Planned:
    """One row that is right: what it wishes, whether it is there already, who shares the work."""

    row: Row
    wish: Wish
    mentor_id: int
    region_id: int
    is_known: bool
    is_shared: bool


@dataclass
class Plan:
    """All rows of a table, and all their faults: with a single fault nothing is stored."""

    rows: list[Planned] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)

    @property
    def new(self) -> list[Planned]:
        """The rows that would be stored."""
        return [] if self.faults else [row for row in self.rows if not row.is_known]

    @property
    def known(self) -> list[Planned]:
        """The rows that change nothing: they were sent before, or stand in the table twice."""
        return [row for row in self.rows if row.is_known]


def plan(rows: Sequence[Row], ground: Ground) -> Plan:
    """Look every row up and hold it to the rules, also against the rows above it."""
    made = Plan()
    held: dict[tuple[int, int], list[Held]] = {key: [*all_] for key, all_ in ground.held.items()}
    for row in rows:
        tries = Tries(row.number)
        planned = _planned(row, ground, held, tries)
        made.faults.extend(tries.faults)
        if planned is not None:
            made.rows.append(planned)
            held.setdefault((planned.wish.promise_id, planned.wish.place_id), []).append(
                planned.wish
            )
    return made


class Tries:
    """Looks at all of a row, keeping each broken rule beside its column."""

    def __init__(self, row: int) -> None:
        self.row = row
        self.faults: list[Fault] = []

    def attempt(
        self, call: Callable[..., Found], *given: Any, beside: Column | None = None, **named: Any
    ) -> Found | None:
        """What the call gives; None and a fault where it breaks a rule."""
        try:
            return call(*given, **named)
        except RuleBroken as error:
            column = beside or COLUMN_OF[error.field or ""]
            self.faults.append(Fault(error, self.row, column.label))
            return None


def _planned(
    row: Row, ground: Ground, held: Mapping[tuple[int, int], Sequence[Held]], tries: Tries
) -> Planned | None:
    def look_up(column: Column, call: Callable[[str, Ground], Found]) -> Found | None:
        return tries.attempt(call, row.cells[column], ground, beside=column)

    promise = look_up(Column.PROMISE, _promise)
    mobilizer = look_up(Column.MOBILIZER, _mobilizer)
    place = look_up(Column.PLACE, _place)
    first = look_up(Column.FIRST_MONTH, _month)
    last = look_up(Column.LAST_MONTH, _month)
    if promise is None or mobilizer is None or place is None or first is None or last is None:
        return None
    wish = Wish(mobilizer.id, promise.id, place.id, first, last)
    there = held.get((promise.id, place.id), ())
    tries.attempt(
        check_promise, promise.state, promise.testability, is_duplicate=promise.is_duplicate
    )
    tries.attempt(check_place, place.and_above, promise.place_ids)
    tries.attempt(check_span, wish, ground)
    tries.attempt(check_mentor, mobilizer.id, mobilizer.mentor_id, ground.mentor_ids)
    known = None if tries.faults else tries.attempt(recognised, wish, there)
    region_id = tries.attempt(work_region, place.region_id, mobilizer.region_id)
    if tries.faults or mobilizer.mentor_id is None or region_id is None:
        return None
    return Planned(
        row,
        wish,
        mobilizer.mentor_id,
        region_id,
        known is not None,
        any(True for _ in shared(wish, there)),
    )


def _promise(cell: str, ground: Ground) -> Promised:
    number = cell.removeprefix("#")
    promise = ground.promises.get(int(number)) if number.isdecimal() and len(number) < 10 else None
    if promise is None:
        raise no_promise(cell)
    return promise


def _mobilizer(cell: str, ground: Ground) -> Mobilizer:
    found = ground.mobilizers.get(cell.casefold(), ())
    if not found:
        raise RuleBroken(N_("“%(cell)s” is not a mobilizer of this cycle."), cell=cell)
    if len(found) > 1:
        raise RuleBroken(
            N_("Several mobilizers are called “%(cell)s”: write the sign-in name."), cell=cell
        )
    return found[0]


def _place(cell: str, ground: Ground) -> Spot:
    found = ground.places.get(cell.casefold()) or ground.places.get(normalise(cell), ())
    if not found:
        raise RuleBroken(N_("There is no place “%(cell)s” in the cycle's country."), cell=cell)
    if len(found) > 1:
        raise RuleBroken(
            N_("Several places are called “%(cell)s”: write the code, one of %(codes)s."),
            cell=cell,
            codes=", ".join(spot.code for spot in found),
        )
    return found[0]


def _month(cell: str, _: Ground) -> date:
    month = months.parse(cell)
    if month is None:
        raise RuleBroken(N_("“%(cell)s” is not a month: write it such as 2026-11."), cell=cell)
    return month
