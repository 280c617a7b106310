"""What is counted is what was sent: by whatever it is counted, it adds up, and lists agree."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mobilizer.assignments.models import Assignment
from mobilizer.assignments.queries import expected_in
from mobilizer.core import clock
from mobilizer.core.database import db
from mobilizer.cycles.rules import Timeliness
from mobilizer.monitoring.rules.workflow import EntryState
from mobilizer.progress import queries
from mobilizer.progress.queries import Narrowed
from mobilizer.progress.rules import By, Measure, Tally, total
from tests.builders import month

NOW = datetime(2026, 11, 22, 10, tzinfo=UTC)
LATE, LATE_BUT_NOTED = Timeliness.LATE, Timeliness.ON_TIME_SENT_LATE
NOVEMBER = month("2026-11")
SO_FAR = tuple(month(f"2026-{number:02}") for number in (9, 10, 11))


@pytest.fixture(autouse=True)
def november():
    with clock.at(NOW):
        yield


@pytest.fixture
def cycle(make):
    return make.cycle(first_month="2026-09", last_month="2027-06")


@pytest.fixture
def polog(make, cycle):
    """November with one of everything that can become of a report."""
    mobilizer = make.mobilizer("Polog", mentor=make.mentor("Polog"), full_name="Zana")

    def one(**given):
        return make.assignment(mobilizer, **{"first_month": "2026-11"} | given)

    make.report(one(), month="2026-11")
    make.report(one(), month="2026-11", state=EntryState.APPROVED).timeliness = LATE_BUT_NOTED
    make.report(one(), month="2026-11", state=EntryState.RETURNED).timeliness = LATE
    make.report(one(), month="2026-11", state=EntryState.REJECTED)
    make.report(one(), month="2026-11", state=EntryState.WITHDRAWN)
    make.report(one(), month="2026-11").is_quarantined = True
    make.entry(one(), month="2026-11")
    make.report(one(), month="2026-11").received_at = NOW - timedelta(days=20)
    one()
    one(first_month="2027-01")
    gone = one(withdrawn_at=NOW - timedelta(days=3))
    make.report(gone, month="2026-11")
    db.session.flush()
    return mobilizer


EXPECTED = Tally(
    expected=9,
    received=5,
    on_time=4,
    after_close=1,
    waiting=2,
    overdue=1,
    returned=1,
    approved=1,
    rejected=1,
)


def table(user, by=By.REGION, months=SO_FAR, **narrowed):
    db.session.flush()
    cycle = db.session.scalars(queries.cycles_of(user)).first()
    return queries.table(user, cycle, by, Narrowed(tuple(months), **narrowed))


def test_a_month_is_counted_report_by_report(make, polog):
    [line] = table(make.coordinator()).lines

    assert line.of.names["en"] == "Polog"
    assert line.row.months == {NOVEMBER: EXPECTED}


def test_each_number_counts_what_is_listed_behind_it(make, cycle, polog):
    cora = make.coordinator()
    asked = Narrowed(SO_FAR)

    for measure, many in queries.counts(cora, cycle, asked).items():
        page = queries.behind(cora, cycle, measure, asked, 1, many)
        assert (measure, len(page.rows)) == (measure, many)
        assert many == (EXPECTED)[measure]


def test_behind_what_is_missing_stands_who_owes_it(make, cycle, polog):
    found = queries.behind(make.coordinator(), cycle, Measure.MISSING, Narrowed(SO_FAR), 1, 3)

    assert {one.assignment.mobilizer for one in found.rows} == {polog}
    states = sorted(str(one.entry.state) if one.entry else "" for one in found.rows)
    assert states == ["", "draft", "withdrawn"]


def test_a_handed_over_assignment_is_owed_once(make, cycle):
    first, second = make.mobilizer(), make.mobilizer()
    promise = make.promise()
    make.assignment(first, promise=promise, withdrawn_at=datetime(2026, 10, 15, 10, tzinfo=UTC))
    make.assignment(second, promise=promise, first_month="2026-10")

    lines = table(make.coordinator(), By.MOBILIZER).lines
    owed = {
        line.of: {of.month: one.expected for of, one in line.row.months.items()} for line in lines
    }
    assert owed == {first: {9: 1}, second: {10: 1, 11: 1}}


STATES = st.sampled_from([None, *EntryState])
#: Who has it, from and to which month, in which month it was withdrawn, and what was sent.
ASSIGNED = st.tuples(
    st.integers(0, 2),
    st.integers(0, 3),
    st.integers(0, 3),
    st.sampled_from([None, -1, 0, 1, 2, 3]),
    st.lists(st.tuples(st.integers(0, 3), STATES, st.booleans(), st.booleans()), max_size=3),
)


@settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(assigned=st.lists(ASSIGNED, min_size=1, max_size=6))
def test_whatever_it_is_counted_by_it_adds_up(make, app, assigned):
    cycle = make.cycle(first_month="2026-09", last_month="2026-12", is_current=False)
    cora = make.coordinator(cycle=cycle)
    months = tuple(month(f"2026-{number:02}") for number in (9, 10, 11, 12))
    mentors = [make.mentor(place, cycle=cycle) for place in ("Polog", "Vardar")]
    people = [
        make.mobilizer(place, cycle=cycle, mentor=mentor)
        for place, mentor in zip(("Polog", "Vardar", "Polog"), (*mentors, mentors[0]), strict=True)
    ]
    for whose, one, other, withdrawn, sent in assigned:
        _assigned(make, cycle, people[whose], sorted((one, other)), withdrawn, sent, months)
    db.session.flush()

    asked = Narrowed(months)
    tables = [queries.table(cora, cycle, by, asked) for by in By]

    sums = {total(line.row.total for line in one.lines) for one in tables}
    assert len(sums) == 1
    owed = sum(_owed(cycle, one) for one in months)
    assert sums.pop().expected == owed
    by_mentor = [queries.table(one, cycle, By.MONTH, asked) for one in mentors]
    assert sum(one.total.total.expected for one in by_mentor) == owed


def _assigned(make, cycle, who, span, withdrawn, sent, months):
    ended = datetime(2026, 9 + withdrawn, 20, tzinfo=UTC) if withdrawn is not None else None
    assignment = make.assignment(
        who,
        cycle=cycle,
        first_month=months[span[0]],
        last_month=months[span[1]],
        withdrawn_at=ended,
    )
    for at, state, is_late, is_quarantined in {one[0]: one for one in sent}.values():
        if state is None:
            continue
        entry = make.entry(assignment, month=months[at], state=state, newest=1)
        entry.timeliness = LATE if is_late else Timeliness.ON_TIME
        entry.is_quarantined = is_quarantined
        entry.received_at = NOW


def _owed(cycle, one):
    listing = db.select(db.func.count(Assignment.id)).where(
        Assignment.cycle_id == cycle.id, expected_in(one)
    )
    return db.session.scalar(listing)
