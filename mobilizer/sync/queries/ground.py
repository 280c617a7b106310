"""What a pack is made from: looked up for all assignments at once, however many there are."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import defer, joinedload, lazyload, selectinload
from sqlalchemy.orm.attributes import set_committed_value

from mobilizer.accounts.models import User
from mobilizer.core import clock
from mobilizer.core.database import db
from mobilizer.cycles.models import Cycle
from mobilizer.elections.models import Party
from mobilizer.evidence.models import Evidence
from mobilizer.monitoring.models import Comment, Entry, Revision
from mobilizer.monitoring.queries import Months, Report, Task, matrix_of, months_of
from mobilizer.places.models import Place
from mobilizer.places.queries import shown
from mobilizer.places.rules import PlaceKind
from mobilizer.promises.models import Indicator
from mobilizer.promises.queries import cycles_of, promisers

Row = TypeVar("Row")

#: So many comments of an entry go along; a pack must stay small, and all of them are on the pages.
MOST_COMMENTS = 12


@dataclass(frozen=True)
class Ground:
    """All of it."""

    cycles: Sequence[Cycle]
    #: Of each assignment the months of the home screen, the earliest first.
    reports: list[list[Report]]
    #: By the cycle's id, the country's code and the region's id.
    parties: dict[int, Sequence[Party]]
    places: dict[str, list[Place]]
    around: dict[int, list[Place]]
    #: By entry: what is open, and what was said last.
    comments: dict[str, list[Comment]]
    current: frozenset[tuple[int, date]]
    months: dict[str, date]

    def is_current(self, report: Report) -> bool:
        """Whether it is of the month that the home screen puts first."""
        return (report.assignment.cycle_id, report.month) in self.current

    def month_of(self, revision: Revision) -> date:
        """The month of a revision's entry."""
        return self.months[revision.entry_id]


def ground_of(user: User) -> Ground:
    """Look it all up."""
    home = months_of(user)
    tasks = _tasks(home)
    revisions, months = _revisions(tasks)
    _load_indicators(tasks)
    _load_evidence(tasks)
    cycles = db.session.scalars(
        cycles_of(user, "promise.write").options(selectinload(Cycle.topics))
    ).all()
    places = _places({one.country for one in cycles})
    return Ground(
        cycles=cycles,
        reports=_reports(tasks, revisions),
        parties={one.id: db.session.scalars(promisers(one)).all() for one in cycles},
        places=places,
        around=_around(places),
        comments=_comments([task.entry.id for task in tasks if task.entry]),
        current=frozenset((one.cycle.id, one.month) for one in home.now),
        months=months,
    )


def _tasks(home: Months) -> list[Task]:
    shown = (
        *(task for month in home.now for task in month.tasks),
        *home.returned,
        *home.still_open,
        *home.missed,
    )
    return list({(task.assignment.id, task.month): task for task in shown}.values())


def _revisions(tasks: list[Task]) -> tuple[dict[str, Revision], dict[str, date]]:
    """The newest revisions by entry, those before this month loaded too; the months of all."""
    entry_ids = [task.entry.id for task in tasks if task.entry]
    before_ids = {task.before.id for task in tasks if task.before}
    rows = db.session.execute(
        select(Revision, Entry.month)
        .join(Entry, Entry.id == Revision.entry_id)
        .where(
            or_(
                and_(Entry.id.in_(entry_ids), Revision.number == Entry.newest),
                Revision.id.in_(before_ids),
            )
        )
        .options(selectinload(Revision.evidence))
        .execution_options(populate_existing=True)
    ).all()
    return (
        {one.entry_id: one for one, _ in rows},
        {one.entry_id: month for one, month in rows},
    )


def _load_indicators(tasks: list[Task]) -> None:
    promises = {task.assignment.promise.id: task.assignment.promise for task in tasks}
    found = _by(
        "promise_id",
        db.session.scalars(
            select(Indicator).where(Indicator.promise_id.in_(promises)).order_by(Indicator.position)
        ),
    )
    for promise in promises.values():
        set_committed_value(promise, "indicators", found[promise.id])


def _load_evidence(tasks: list[Task]) -> None:
    entries = {task.entry.id: task.entry for task in tasks if task.entry}
    found = _by(
        "entry_id",
        db.session.scalars(
            select(Evidence)
            .where(Evidence.entry_id.in_(entries))
            .options(joinedload(Evidence.upload))
            .order_by(Evidence.added_at)
        ),
    )
    for entry in entries.values():
        set_committed_value(entry, "evidence", found[entry.id])


def _reports(tasks: list[Task], revisions: dict[str, Revision]) -> list[list[Report]]:
    found: dict[str, list[Report]] = defaultdict(list)
    for task in sorted(tasks, key=lambda task: task.month):
        assignment = task.assignment
        found[assignment.id].append(
            Report(
                assignment=assignment,
                month=task.month,
                window=task.window,
                today=clock.today(assignment.cycle.time_zone),
                matrix=matrix_of(assignment.promise),
                entry=task.entry,
                newest=revisions.get(task.entry.id) if task.entry else None,
                before=task.before,
                comments=task.comments,
            )
        )
    order = dict.fromkeys(task.assignment.id for task in tasks)
    return [found[assignment_id] for assignment_id in order]


def _places(countries: set[str]) -> dict[str, list[Place]]:
    there = shown().where(Place.country.in_(countries)).options(defer(Place.shape))
    return _by("country", db.session.scalars(there))


def _around(places: dict[str, list[Place]]) -> dict[int, list[Place]]:
    """Where evidence can come from: by a region's id, the region and the municipalities there."""
    found: dict[int, list[Place]] = defaultdict(list)
    every = [place for of_country in places.values() for place in of_country]
    for place in sorted(every, key=lambda place: (place.kind != PlaceKind.REGION, place.code)):
        if place.region is not None:
            found[place.region.id].append(place)
    return found


def _comments(entry_ids: list[str]) -> dict[str, list[Comment]]:
    """What is said of these entries, oldest first: of a long thread no more than is read here."""
    newest_first = (Comment.is_open.desc(), Comment.id.desc())
    place = func.row_number().over(partition_by=Comment.entry_id, order_by=newest_first)
    ranked = (
        select(Comment.id, place.label("place")).where(Comment.entry_id.in_(entry_ids)).subquery()
    )
    said = (
        select(Comment)
        .where(Comment.id.in_(select(ranked.c.id).where(ranked.c.place <= MOST_COMMENTS)))
        .options(
            joinedload(Comment.author).options(lazyload(User.postings)),
            joinedload(Comment.resolved_in),
        )
        .order_by(Comment.id)
    )
    return _by("entry_id", db.session.scalars(said))


def _by(name: str, records: Iterable[Row]) -> dict[Any, list[Row]]:
    found: dict[Any, list[Row]] = defaultdict(list)
    for record in records:
        found[getattr(record, name)].append(record)
    return found
