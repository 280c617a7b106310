"""When a report is drawn, who is asked, and what becomes of it when things change."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from mobilizer.agreement import actions
from mobilizer.agreement.models import SecondLook
from mobilizer.agreement.queries import figures
from mobilizer.agreement.rules import is_drawn
from mobilizer.agreement.tasks import DRAW, begin_hour
from mobilizer.audit.models import AuditEvent
from mobilizer.core import clock
from mobilizer.core.database import db
from mobilizer.desk.queries.contents import forged
from mobilizer.jobs.models import Job
from mobilizer.monitoring.rules.workflow import EntryState, RevisionKind
from mobilizer.working import worker
from tests.builders import Builders
from tests.support.queries import Queries
from tests.support.world import NOVEMBER


def test_a_report_is_drawn_when_it_came_in_before_anybody_decided(make: Builders) -> None:
    far = make.mentor("Vardar")
    look = make.drawn(make.report())

    assert look is not None
    assert (look.coder_id, look.given_at) == (far.id, None)


def test_it_is_the_seed_that_draws_and_drawing_twice_draws_once(make: Builders) -> None:
    make.mentor("Vardar")
    assignments = [make.assignment() for _ in range(30)]
    reports = [make.report(one) for one in assignments]
    cycle = reports[0].assignment.cycle
    cycle.second_share = 40
    db.session.flush()

    for _ in range(2):
        actions.draw(cycle)
        db.session.flush()

    drawn = {look.revision.entry_id for look in db.session.scalars(select(SecondLook))}
    assert drawn == {one.id for one in reports if is_drawn(cycle.drawing_seed, one.id, 40)}
    assert 0 < len(drawn) < 30
    assert db.session.scalar(select(func.count()).select_from(SecondLook)) == len(drawn)


@pytest.mark.parametrize("what", ["taken back", "returned", "unrated", "after the close", "short"])
def test_only_a_full_report_that_stands_is_drawn(make: Builders, what: str) -> None:
    make.mentor("Vardar")
    entry = make.entry(state="submitted")
    kind = RevisionKind.NO_CHANGE if what == "short" else RevisionKind.FULL
    make.revision(entry, "not_yet_rated" if what == "unrated" else "kept", kind=kind)
    entry.is_quarantined = what == "after the close"
    state = {"taken back": EntryState.WITHDRAWN, "returned": EntryState.RETURNED}
    entry.state = state.get(what, entry.state)

    assert make.drawn(entry) is None


def test_what_was_approved_within_the_hour_is_drawn_and_what_long_ago_is_not(
    make: Builders,
) -> None:
    make.mentor("Vardar")
    early, late = make.report(month="2026-10"), make.report(month="2026-10")
    with clock.at(NOVEMBER - timedelta(days=31)):
        make.decision(early, "approve")
    make.decision(late, "approve")

    assert make.drawn(late) is not None
    assert make.drawn(early) is None


# --- who


def test_never_its_region_its_mentor_its_author_a_coordinator_or_who_is_gone(
    make: Builders,
) -> None:
    own_mentor = make.mentor("Skopje")
    author = make.mobilizer("Polog", mentor=own_mentor)
    make.posting(author, "mentor", "Pelagonia")
    of_the_assignment = make.mentor("Vardar")
    make.mentor("Polog")
    runs = make.coordinator()
    make.posting(runs, "mentor", "Vardar")
    make.mentor("Vardar", deactivated_at=clock.now())
    make.mentor("Vardar", cycle=make.cycle())
    gone = make.user()
    make.posting(gone, "mentor", "Vardar", ended_at=clock.now())

    look = make.drawn(make.report(make.assignment(author, mentor=of_the_assignment)))

    assert look is not None
    assert look.coder_id is None


def test_never_who_decided_on_an_earlier_version(make: Builders) -> None:
    decider = make.mentor("Polog")
    entry = make.report()
    make.decision(entry, "return", by=decider)
    for posting in decider.postings:
        posting.region_id = make.region("Vardar").id
    make.revision(entry, "kept")
    entry.state = EntryState.SUBMITTED

    look = make.drawn(entry)

    assert look is not None
    assert look.coder_id is None


def test_the_load_is_shared(make: Builders) -> None:
    far = [make.mentor("Vardar"), make.mentor("Skopje"), make.mentor("Pelagonia")]
    mobilizer = make.mobilizer("Polog", mentor=make.mentor("Polog"))
    looks = [make.drawn(make.report(make.assignment(mobilizer))) for _ in range(9)]

    asked = [look.coder_id for look in looks if look]
    assert [asked.count(one.id) for one in far] == [3, 3, 3]


def test_one_that_nobody_may_look_at_waits_until_somebody_comes(make: Builders) -> None:
    entry = make.report()
    look = make.drawn(entry)
    assert look is not None
    assert look.coder_id is None

    far = make.mentor("Vardar")

    assert make.drawn(entry) is look
    assert look.coder_id == far.id


@pytest.mark.parametrize("becomes", ["gone", "near", "a coordinator"])
def test_who_may_not_look_any_more_is_let_off_and_another_is_drawn(
    make: Builders, becomes: str
) -> None:
    first, entry = make.mentor("Vardar"), make.report()
    look = make.drawn(entry)
    second = make.mentor("Skopje")
    if becomes == "gone":
        first.postings[0].ended_at = clock.now()
    elif becomes == "near":
        make.posting(first, "mentor", entry.assignment.region)
    else:
        make.posting(first, "coordinator")

    assert make.drawn(entry) is look
    assert look is not None
    assert look.coder_id == second.id


# --- what becomes of it


@pytest.mark.parametrize("verdict", ["return", "reject"])
def test_a_look_lapses_with_its_report_and_the_next_version_is_drawn_anew(
    make: Builders, verdict: str
) -> None:
    make.mentor("Vardar")
    entry = make.report()
    assert make.drawn(entry) is not None

    make.decision(entry, verdict)
    assert make.drawn(entry) is None

    make.revision(entry, "kept")
    entry.state = EntryState.SUBMITTED
    look = make.drawn(entry)
    assert look is not None
    assert look.revision.number == 2
    assert [fault for fault in forged() if fault.name == "second look"] == []


def test_approval_leaves_the_look_where_it_is(make: Builders) -> None:
    make.mentor("Vardar")
    entry = make.report()
    look = make.drawn(entry)
    make.decision(entry, "approve")

    assert make.drawn(entry) is look


def test_an_answer_stays_whatever_becomes_of_the_report(make: Builders) -> None:
    far, entry = make.mentor("Vardar"), make.report()
    look = make.second(entry, "kept", by=far)
    make.decision(entry, "return")

    make.drawn(entry)

    assert db.session.get(SecondLook, look.id) is look


def test_the_log_tells_each_step_but_never_what_was_said(make: Builders) -> None:
    far, entry = make.mentor("Vardar"), make.report()
    make.drawn(entry)
    make.decision(entry, "return")
    make.drawn(entry)
    make.revision(entry, "kept")
    entry.state = EntryState.SUBMITTED
    make.second(entry, "stalled", by=far)

    steps = db.session.scalars(
        select(AuditEvent).where(AuditEvent.verb.like("second.%")).order_by(AuditEvent.id)
    ).all()
    verbs = [step.verb for step in steps]
    assert verbs == ["second.draw", "second.ask", "second.lapse", "second.give"]
    assert "stalled" not in str([step.details for step in steps])
    assert "photo" not in str([step.details for step in steps])


def test_the_worker_draws_every_hour_once(make: Builders) -> None:
    make.mentor("Vardar")
    entry = make.report()
    entry.assignment.cycle.second_share = 100
    begin_hour()
    begin_hour()
    db.session.commit()
    assert db.session.scalar(select(func.count()).where(Job.kind == DRAW)) == 1

    worker().drain()

    assert db.session.scalar(select(func.count()).select_from(SecondLook)) == 1


def test_the_drawing_costs_as_much_of_many_as_of_few(make: Builders, queries: Queries) -> None:
    make.mentor("Vardar")
    cycle = make.the_cycle()
    cycle.second_share = 0
    mobilizer = make.mobilizer("Polog", mentor=make.mentor("Polog"))
    for _ in range(12):
        make.report(make.assignment(mobilizer))
    db.session.flush()

    with queries.at_most(13):
        actions.draw(cycle)


def test_never_who_stands_in_for_its_mentor_nor_who_spoke_in_its_thread(make: Builders) -> None:
    own, stand_in, spoke = make.mentor("Polog"), make.mentor("Vardar"), make.mentor("Skopje")
    far = make.mentor("Pelagonia")
    make.stand_in(own.postings[0], stand_in, first="2027-01-10", last="2027-01-20")
    entry = make.report(make.assignment(make.mobilizer("Polog", mentor=own)))
    make.comment(entry, author=spoke)
    make.the_cycle().second_share = 100

    actions.draw(make.the_cycle())

    (look,) = db.session.scalars(select(SecondLook))
    assert look.coder == far


def test_of_one_report_one_pair_however_often_it_is_reopened(make: Builders) -> None:
    own, far = make.mentor("Polog"), make.mentor("Vardar")
    entry = make.odd_report(make.assignment(make.mobilizer("Polog", mentor=own)), "kept")
    make.second(entry, "stalled", by=far)
    make.decision(entry, "approve", by=own)
    make.reopening(entry, "The decree is of another year.")
    make.revision(entry, "partly_kept", contradiction_reason="It was opened early.")
    entry.state = EntryState.SUBMITTED
    make.the_cycle().second_share = 100

    actions.draw(make.the_cycle())
    make.decision(entry, "approve", by=own)

    assert db.session.scalar(select(func.count()).select_from(SecondLook)) == 1
    assert figures(make.the_cycle()).pairs == 0
