"""What is stored of the tallies, as the rules take it."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import Session

from mobilizer.tallies.models import NumberSet, SideTally, Standing, Tally
from mobilizer.tallies.rules import COLUMNS, Kind, Span, Subject, Tallied
from mobilizer.tallies.rules.beside import Beside, Spot
from mobilizer.tallies.rules.sets import Choice, Held, as_set


def standings(session: Session, promise_ids: Sequence[int]) -> dict[int, list[Span]]:
    """Under what some promises stood and stand."""
    columns = (Standing.kind, Standing.subject_id, Standing.since, Standing.until, Standing.rating)
    told = select(Standing.promise_id, *columns).where(Standing.promise_id.in_(promise_ids))
    found = defaultdict(list)
    for row in session.execute(told):
        found[row.promise_id].append(Span._make(row[1:]))
    return found


def tails(
    session: Session, cycle_id: int, subjects: Iterable[Subject], since: date
) -> dict[Subject, list[Tallied]]:
    """The counts of some subjects from a day on, the earlier ones first."""
    by_kind: dict[Kind, list[int]] = defaultdict(list)
    for kind, subject_id in subjects:
        by_kind[kind].append(subject_id)
    numbers = [getattr(Tally, name) for name in COLUMNS]
    wanted = (
        select(Tally.kind, Tally.subject_id, Tally.since, Tally.until, *numbers)
        .where(
            Tally.cycle_id == cycle_id,
            or_(
                *(and_(Tally.kind == kind, Tally.subject_id.in_(k)) for kind, k in by_kind.items())
            ),
            or_(Tally.until.is_(None), Tally.until > since),
        )
        .order_by(Tally.since)
    )
    found = defaultdict(list)
    for kind, subject_id, begins, ends, *counts in session.execute(wanted):
        found[kind, subject_id].append(Tallied(begins, ends, tuple(counts)))
    return found


def beside(
    session: Session, cycle_id: int, spots: Iterable[Spot] | None = None, since: date | None = None
) -> dict[Spot, list[Beside]]:
    """What is told beside the counts of a cycle's subjects, the earlier first.

    Args:
        session: of the transaction.
        cycle_id: the cycle's key.
        spots: of which counts, and of some others; all for None.
        since: from which day on; from the first one for None.
    """
    columns = (SideTally.since, SideTally.until, SideTally.number)
    told = select(SideTally.kind, SideTally.subject_id, SideTally.says, *columns)
    told = told.where(SideTally.cycle_id == cycle_id).order_by(SideTally.since)
    if spots is not None:
        told = told.where(or_(*_where(spots)))
    if since is not None:
        told = told.where(or_(SideTally.until.is_(None), SideTally.until > since))
    found = defaultdict(list)
    for kind, subject_id, says, begins, ends, number in session.execute(told):
        found[kind, subject_id, says].append(Beside(begins, ends, number))
    return found


def _where(spots: Iterable[Spot]) -> Iterator[ColumnElement[bool]]:
    of: dict[Subject, set[str]] = defaultdict(set)
    for kind, subject_id, says in spots:
        of[kind, subject_id].add(says)
    for (kind, subject_id), some in of.items():
        here = SideTally.kind == kind, SideTally.subject_id == subject_id
        yield and_(*here, SideTally.says.in_(some))


def sets(
    session: Session,
    cycle_id: int,
    choices: Iterable[Choice] | None = None,
    since: date | None = None,
) -> dict[Choice, list[Held]]:
    """The sets of numbers under the choices of a cycle, the earlier first.

    Args:
        session: of the transaction.
        cycle_id: the cycle's key.
        choices: under which ones, and under some others; under all for None.
        since: from which day on; from the first one for None.
    """
    told = select(
        *(NumberSet.kind, NumberSet.choice, NumberSet.since, NumberSet.until, NumberSet.bits)
    )
    told = told.where(NumberSet.cycle_id == cycle_id).order_by(NumberSet.since)
    if choices is not None:
        told = told.where(NumberSet.choice.in_({choice for _, choice in choices}))
    if since is not None:
        told = told.where(or_(NumberSet.until.is_(None), NumberSet.until > since))
    found = defaultdict(list)
    for kind, choice, begins, ends, bits in session.execute(told):
        found[kind, choice].append(Held(begins, ends, as_set(bits)))
    return found
