"""A mobilizer's months: what is due, what came back, what is still open."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import or_, select
from sqlalchemy.orm import defer, joinedload

from mobilizer.accounts.models import User
from mobilizer.assignments.models import Assignment
from mobilizer.assignments.queries import lines
from mobilizer.core import clock
from mobilizer.core.database import db
from mobilizer.cycles.models import Cycle, Extension
from mobilizer.cycles.queries import Month as CycleMonth
from mobilizer.cycles.queries import month_at_hand, months
from mobilizer.cycles.rules import Window
from mobilizer.monitoring.models import Comment, Entry, Revision
from mobilizer.monitoring.queries.reports import DROPPED
from mobilizer.monitoring.queries.visible import assignments_of
from mobilizer.monitoring.rules.workflow import EntryState, RevisionKind
from mobilizer.promises.models import Promise


@dataclass(frozen=True)
class Task:
    """One assignment in one month: what is to be done, or was."""

    assignment: Assignment
    month: date
    window: Window
    entry: Entry | None = None
    #: The last report before this month that said how things stand.
    before: Revision | None = None
    comments: tuple[Comment, ...] = ()

    @property
    def state(self) -> EntryState | None:
        """The state of the entry; None while nothing was begun."""
        return self.entry.state if self.entry else None

    @property
    def is_filed(self) -> bool:
        """Whether a report came in that was not taken back."""
        return (
            self.entry is not None and self.entry.newest > 0 and self.state != EntryState.WITHDRAWN
        )

    @property
    def is_to_do(self) -> bool:
        """Whether the mobilizer can still file it and has not."""
        return self.state in (None, EntryState.DRAFT)

    @property
    def may_be_the_same(self) -> bool:
        """Whether "same as last month" is offered: nothing begun, and something to go by."""
        return self.is_to_do and self.before is not None and not (self.entry and self.entry.draft)


@dataclass
class Month:
    """One month of one cycle, with all that a mobilizer has to report in it."""

    cycle: Cycle
    month: date
    window: Window
    today: date
    tasks: list[Task] = field(default_factory=list)

    @property
    def filed(self) -> int:
        """How many reports came in."""
        return sum(task.is_filed for task in self.tasks)

    @property
    def has_opened(self) -> bool:
        """Whether it may be filed by now."""
        return self.window.opens <= self.today

    @property
    def days_left(self) -> int:
        """How many days until it is due; negative once that is over."""
        return (self.window.due - self.today).days


@dataclass
class Months:
    """The whole home screen: this month of every cycle, and what is left of the ones before."""

    now: list[Month] = field(default_factory=list)
    returned: list[Task] = field(default_factory=list)
    #: Not filed, and the month is not closed for her.
    still_open: list[Task] = field(default_factory=list)
    #: Not filed, and the month is closed: still taken, for the coordinator.
    missed: list[Task] = field(default_factory=list)

    def sort_in(self, task: Task) -> None:
        """Put a task where it belongs on the screen."""
        cycle = task.assignment.cycle
        today = clock.today(cycle.time_zone)
        if task.state == EntryState.RETURNED:
            self.returned.append(task)
        if task.month == month_at_hand(cycle, today):
            self._month(cycle, task, today).tasks.append(task)
        elif task.is_to_do and task.window.opens <= today:
            (self.still_open if today <= task.window.closes else self.missed).append(task)

    def _month(self, cycle: Cycle, task: Task, today: date) -> Month:
        for month in self.now:
            if month.cycle is cycle:
                return month
        self.now.append(Month(cycle, task.month, task.window, today))
        return self.now[-1]


def months_of(user: User) -> Months:
    """What a mobilizer's home screen shows, in four queries, however much there is."""
    assignments = list(
        db.session.scalars(
            assignments_of(user)
            .where(Assignment.withdrawn_at.is_(None))
            .options(
                joinedload(Assignment.cycle),
                joinedload(Assignment.place),
                joinedload(Assignment.promise).joinedload(Promise.topic),
            )
            .order_by(Assignment.cycle_id, Assignment.created_at, Assignment.id)
        )
    )
    entries = _entries(assignments)
    comments = _comments(entries, user)
    extensions = {
        (one.cycle_id, one.month): one.until
        for one in db.session.scalars(select(Extension).where(Extension.user_id == user.id))
    }
    found = Months()
    for assignment in assignments:
        of_it = entries[assignment.id]
        for one in _months(assignment, extensions):
            entry, before = _around(assignment, of_it, one.month)
            said = comments[entry.id] if entry else ()
            found.sort_in(Task(assignment, one.month, one.window, entry, before, said))
    return found


def _months(
    assignment: Assignment, extensions: dict[tuple[int, date], date]
) -> Iterator[CycleMonth]:
    """The months of an assignment up to the one that is open or the next to open."""
    cycle = assignment.cycle
    today = clock.today(cycle.time_zone)
    for one in months(cycle):
        if assignment.first_month <= one.month <= assignment.last_month:
            until = extensions.get((cycle.id, one.month))
            yield CycleMonth(one.month, one.window.extended(until)) if until else one
        if one.window.opens > today:
            return


def _entries(assignments: list[Assignment]) -> dict[str, list[tuple[Entry, Revision | None]]]:
    """All entries of these assignments with their newest revisions, the latest month first.

    With those that were approved before they were handed over to her.
    """
    line = lines(assignment.id for assignment in assignments)
    rows = db.session.execute(
        select(line.c.of_id, Entry, Revision)
        .join(Entry, Entry.assignment_id == line.c.id)
        .outerjoin(Revision, (Revision.entry_id == Entry.id) & (Revision.number == Entry.newest))
        .where(or_(line.c.id == line.c.of_id, Entry.state == EntryState.APPROVED))
        .order_by(Entry.month.desc())
        .options(defer(Revision.answers))
    )
    found: dict[str, list[tuple[Entry, Revision | None]]] = defaultdict(list)
    for assignment_id, entry, revision in rows:
        found[assignment_id].append((entry, revision))
    return found


def _around(
    assignment: Assignment, of_it: Iterable[tuple[Entry, Revision | None]], month: date
) -> tuple[Entry | None, Revision | None]:
    """The entry of a month, and the last revision before it that says how things stand."""
    key = (assignment.id, month)
    entry = next((one for one, _ in of_it if (one.assignment_id, one.month) == key), None)
    before = next(
        (
            revision
            for one, revision in of_it
            if one.month < month
            and one.state not in DROPPED
            and revision is not None
            and revision.kind != RevisionKind.NOT_FOUND_OUT
        ),
        None,
    )
    return entry, before


def _comments(
    entries: dict[str, list[tuple[Entry, Revision | None]]], user: User
) -> dict[str, tuple[Comment, ...]]:
    """What others asked about entries that came back and is still open, by entry."""
    returned = [
        entry.id
        for of_it in entries.values()
        for entry, _ in of_it
        if entry.state == EntryState.RETURNED
    ]
    rows = db.session.scalars(
        select(Comment)
        .where(Comment.entry_id.in_(returned), Comment.is_open, Comment.author_id != user.id)
        .order_by(Comment.id)
    )
    found: dict[str, tuple[Comment, ...]] = defaultdict(tuple)
    for comment in rows:
        found[comment.entry_id] += (comment,)
    return found
