"""Whoever hands in what a phone could not send decides on it as little as if she wrote it."""

import pytest

from mobilizer.core import clock
from mobilizer.core.database import db
from mobilizer.core.errors import RuleBroken
from mobilizer.monitoring.models import Entry
from mobilizer.monitoring.rules.workflow import EntryState
from mobilizer.promises import actions as promises
from mobilizer.promises import queries as promised
from mobilizer.promises.models import Promise
from mobilizer.promises.rules import PromiseState, Testability
from mobilizer.review import queries
from tests.support.world import NOVEMBER
from tests.sync.phone import report, uid
from tests.sync.promising import promise
from tests.sync.test_parcels import item, parcel, take

BROUGHT = "You handed in this"


@pytest.fixture(autouse=True)
def november():
    with clock.at(NOVEMBER):
        yield


@pytest.fixture
def ana(make, page):
    """A coordinator who hands things in."""
    ana = make.coordinator()
    page.sign_in(ana)
    return ana


@pytest.fixture
def entry(app, make, page, ana):
    """A report that she handed in."""
    assignment = make.assignment()
    sent = item(f"/sync/entries/{uid()}/revisions/1", report(assignment))
    take(page, parcel(app, assignment.mobilizer, sent))
    return db.session.scalars(db.select(Entry)).one()


@pytest.fixture
def draft(app, make, page, ana):
    """A promise that she handed in."""
    sent = item(f"/sync/promises/{uid()}", promise(make))
    take(page, parcel(app, make.mobilizer(), sent))
    return db.session.scalars(db.select(Promise).order_by(Promise.id.desc())).first()


@pytest.mark.parametrize("verdict", ["approve", "return", "reject"])
def test_she_neither_approves_returns_nor_rejects_what_she_handed_in(page, ana, entry, verdict):
    assert BROUGHT in page.get("review.show", entry_id=entry.id)
    newest = entry.revisions[-1]
    seen = {"revision": newest.number, "sha256": newest.sha256}
    said = {"verdict": verdict, "comment_whole": "Who of the ministry said this to you?"}
    refused = page.post("review.decide", entry_id=entry.id, data={**seen, **said}, expect=422)
    assert BROUGHT in refused
    db.session.refresh(entry)
    assert entry.state is EntryState.SUBMITTED


def test_it_waits_for_the_mentor_and_for_another_coordinator_and_not_for_her(make, ana, entry):
    others = [entry.assignment.mentor, make.coordinator()]
    for person in others:
        assert db.session.scalars(queries.queue(person)).all() == [entry]
        assert queries.case(person, entry.id).bar is None
    assert db.session.scalars(queries.queue(ana)).all() == []


def test_letting_it_in_after_the_close_is_no_decision_and_hers(page, ana, entry):
    entry.is_quarantined = True
    db.session.commit()
    waiting = queries.waiting(ana, queries.Shown.AFTER_CLOSE)
    assert db.session.scalars(waiting).all() == [entry]
    page.post("review.release", entry_id=entry.id)
    db.session.refresh(entry)
    assert not entry.is_quarantined


def test_what_its_author_sends_again_stays_hers_to_keep_off(make, ana, entry):
    make.revision(entry)
    assert queries.case(ana, entry.id).standing.has_handed_in


def test_she_gives_no_second_look_at_it_when_she_is_a_mentor_later(make, ana, entry):
    for posting in ana.postings:
        posting.ended_at = clock.now()
    make.posting(ana, "mentor", "Vardar")
    look = make.drawn(entry)
    assert look is not None
    assert look.coder_id is None


def test_she_does_not_check_the_promise_and_others_do(make, page, ana, draft):
    with pytest.raises(RuleBroken, match=BROUGHT):
        promises.check(draft, Testability.TESTABLE, by=ana)
    assert BROUGHT in page.get("promises.show", number=draft.number)
    assert draft not in db.session.scalars(promised.waiting_for(ana)).all()
    other = make.coordinator()
    assert draft in db.session.scalars(promised.waiting_for(other)).all()
    promises.check(draft, Testability.TESTABLE, by=other)
    assert draft.state is PromiseState.CHECKED


def test_nor_checks_it_again_after_somebody_else_did(make, ana, draft):
    promises.check(draft, Testability.TESTABLE, by=make.coordinator())
    with pytest.raises(RuleBroken):
        promises.reopen(draft, "It cannot be measured at all.", by=ana)
