"""Approving several reports at once: only what says that nothing changed, and nothing unseen."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import func, select

from mobilizer.core import clock
from mobilizer.core.database import db
from mobilizer.core.pages import PER_PAGE
from mobilizer.desk.queries.contents import forged
from mobilizer.evidence.rules.links import EvidenceKind
from mobilizer.findings.models import Finding
from mobilizer.monitoring.rules.workflow import EntryState, RevisionKind
from mobilizer.review.actions import approve_together
from mobilizer.review.models import Decision
from mobilizer.review.queries import Only, together
from mobilizer.review.rules import Superseded
from mobilizer.scoring.rules import Rating

NOW = datetime(2026, 11, 22, 10, tzinfo=UTC)
TRIED = "Asked the municipality by telephone; nobody knew of anything new."


@pytest.fixture(autouse=True)
def november():
    with clock.at(NOW):
        yield


@pytest.fixture
def mira(make):
    return make.mentor("Polog")


def alike(make, mentor, rating=Rating.IN_PROGRESS, *, writer=None, **answers):
    """A report that says: the same as last month."""
    assignment = make.assignment(writer, mentor=mentor)
    make.decision(make.report(assignment, rating, month="2026-10"), "approve")
    entry = make.entry(assignment, month="2026-11", state=EntryState.SUBMITTED)
    make.evidence(entry)
    make.revision(entry, rating, kind=RevisionKind.NO_CHANGE, **{"tried": TRIED} | answers)
    db.session.flush()
    return entry


def ticked(report, **other):
    newest = report.revisions[-1]
    named = {"entry": report.id, "number": newest.number, "sha256": newest.sha256} | other
    return ".".join(str(named[part]) for part in ("entry", "number", "sha256"))


def approve(page, *values, expect=302):
    page.get("review.same")
    return page.post("review.approve_together", data={"same": list(values)}, expect=expect)


def test_what_says_the_same_is_listed_with_all_it_takes_and_nothing_else_is(make, page, mira):
    entry = alike(make, mira)
    other = make.report(make.assignment(mentor=mira))
    page.sign_in(mira)

    shown = page.get("review.same")

    (line,) = shown.texts("#same tbody tr")
    assignment = entry.assignment
    for part in (assignment.promise.titles["en"], assignment.mobilizer.shown_name, TRIED):
        assert part in line
    assert "November 2026" in line
    assert "In progress" in line
    assert other.assignment.promise.titles["en"] not in shown
    (box,) = shown.query("input[name=same]")
    assert box.attrs["value"] == ticked(entry)
    assert "checked" not in box.attrs


def test_what_is_ticked_is_approved_and_the_rest_is_left(make, page, mira):
    one, two, three = (alike(make, mira) for _ in range(3))
    page.sign_in(mira)

    approve(page, ticked(one), ticked(three))

    assert "2 reports approved." in page.get("review.same")
    assert [e.state.value for e in (one, two, three)] == ["approved", "submitted", "approved"]
    decided = db.session.scalars(select(Decision).order_by(Decision.id)).all()[3:]
    assert {one.sha256 for one in decided} == {e.revisions[-1].sha256 for e in (one, three)}
    assert all(one.by_id == mira.id for one in decided)
    assert not [fault for fault in forged() if fault.name in ("decision", "finding")]


def test_sent_twice_it_is_done_once(make, page, mira):
    entry = alike(make, mira)
    page.sign_in(mira)

    for _ in range(2):
        approve(page, ticked(entry))

    assert db.session.scalar(select(func.count(Decision.id))) == 2
    assert db.session.scalar(select(func.count(Finding.number))) == 2


@pytest.mark.parametrize("forged", [{"number": 7}, {"sha256": "0" * 64}, {"number": "x"}])
def test_what_changed_meanwhile_is_left_and_told_and_holds_up_nothing(make, page, mira, forged):
    fresh, changed = alike(make, mira), alike(make, mira)
    page.sign_in(mira)

    approve(page, ticked(changed, **forged), ticked(fresh))

    told = page.get("review.same")
    title = changed.assignment.promise.titles["en"]
    assert "1 report approved." in told
    (warning,) = told.texts(".notice.warning")
    assert f"Not approved: {title}, November 2026." in warning
    assert "A newer version of this report came in" in warning
    assert "comments" not in warning, "in the list nobody comments"
    assert (fresh.state, changed.state) == (EntryState.APPROVED, EntryState.SUBMITTED)


def test_what_somebody_else_decided_on_is_told(make, page, mira):
    entry = alike(make, mira)
    seen = ticked(entry)
    make.decision(entry, "return", by=make.mentor("Polog", full_name="Ana"))
    page.sign_in(mira)

    approve(page, seen)

    (warning,) = page.get("review.same").texts(".notice.warning")
    assert "Ana has decided on this report meanwhile: Returned for changes." in warning
    assert "typed" not in warning
    assert entry.state is EntryState.RETURNED


def returned_twice(make, entry):
    for _ in range(2):
        make.decision(entry, "return")
        entry.state = EntryState.SUBMITTED
        make.revision(entry, kind=RevisionKind.NO_CHANGE, tried=TRIED)


@pytest.mark.parametrize("why", ["disagrees", "asked nobody", "returned twice", "full"])
def test_what_has_to_be_looked_at_by_itself_has_no_box_and_is_refused(make, page, mira, why):
    cora = make.coordinator()
    entry = make.report(make.assignment(mentor=mira)) if why == "full" else alike(make, mira)
    if why == "disagrees":
        make.revision(entry, Rating.KEPT, kind=RevisionKind.NO_CHANGE, tried=TRIED, light_1="red")
    if why == "asked nobody":
        make.evidence(entry, kind=EvidenceKind.REQUEST, address="12-34/2026")
        make.revision(entry, kind=RevisionKind.NO_CHANGE, tried=TRIED, foi="not_sent")
    if why == "returned twice":
        returned_twice(make, entry)
    db.session.expire(entry)
    page.sign_in(cora)

    shown = page.get("review.same")
    assert not shown.query("input[name=same]")
    assert not shown.query("#together button"), "there is nothing to tick, and nothing to approve"
    approve(page, ticked(entry))

    assert "look at it by itself" in page.get("review.same")
    assert entry.state is EntryState.SUBMITTED


def test_nobody_approves_her_own_among_others(make, page, mira):
    make.posting(mira, "mobilizer", "Polog")
    entry = alike(make, make.mentor("Polog"), writer=mira)
    page.sign_in(mira)

    assert not page.get("review.same").query("input[name=same]")
    approve(page, ticked(entry))

    assert entry.state is EntryState.SUBMITTED
    assert "nobody decides on her own" in page.get("review.same")


@pytest.mark.parametrize("named", ["elsewhere", "nowhere"])
def test_of_what_she_may_not_know_of_nothing_is_told(make, page, mira, named):
    there = make.mentor("Skopje")
    entry = alike(make, there, writer=make.mobilizer("Skopje", mentor=there))
    uid = entry.id if named == "elsewhere" else "00000000-0000-4000-8000-000000000000"
    page.sign_in(mira)

    approve(page, ticked(entry, entry=uid))

    told = page.get("review.same")
    assert "None of these waits for you any more." in told
    assert entry.assignment.promise.titles["en"] not in told
    assert entry.state is EntryState.SUBMITTED


@pytest.mark.parametrize("typed", [[], [""], ["a.b"], ["x" * 5000], ["a.1.b.c"]])
def test_nothing_ticked_is_said_and_nothing_happens(make, page, mira, typed):
    alike(make, mira)
    page.sign_in(mira)

    assert "Tick at least one report." in approve(page, *typed, expect=422)
    assert db.session.scalar(select(func.count(Decision.id))) == 1


def test_what_cannot_be_decided_leaves_no_trace_of_the_try(make, mira):
    good, bad = alike(make, mira), alike(make, mira)
    asked = {one.id: make.ruling(one, "approve") for one in (good, bad)}
    swapped = type(asked[bad.id])(asked[bad.id].verdict, 1, "0" * 64, {})

    came = approve_together(asked | {bad.id: swapped}, by=mira)

    assert isinstance(came[bad.id], Superseded)
    assert came[good.id].finding.number == 3
    assert db.session.scalar(select(func.count(Decision.id))) == 3


def test_the_list_costs_the_same_whatever_its_length(make, page, queries, mira):
    alike(make, mira)
    page.sign_in(mira)
    page.get("review.same")
    with queries.counted() as short:
        page.get("review.same")
    for hours in range(PER_PAGE):
        with clock.at(NOW - timedelta(hours=hours)):
            alike(make, mira)

    db.session.commit()  # What the builders logged is sealed before anything is counted.
    with queries.at_most(len(short)):
        page.get("review.same")
    assert len(together(mira).rows) == PER_PAGE
    assert together(mira, Only(month=clock.now().date().replace(day=1, month=10))).total == 0
    assert len(short) <= 16
