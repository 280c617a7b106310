"""An accepted reply outlives the finding it waits for: it stands beside what replaces that."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from mobilizer.core import clock
from mobilizer.core.database import db
from mobilizer.monitoring.models import Revision
from mobilizer.monitoring.rules.workflow import EntryState
from mobilizer.replies.actions import Written, decide, receive
from mobilizer.replies.models import HeldFinding, PartyContact, Reply
from mobilizer.replies.queries import left_over
from mobilizer.replies.rules import Ruling
from mobilizer.scoring.rules import Rating
from tests.support.days import over
from tests.support.world import NOVEMBER

WORDS = "The road was opened in May."
MINISTRY = "Ministry of Roads"
PRESS = "press@party.example"


@pytest.fixture
def accepted(make):
    """A reply that was accepted while its finding waits for somebody else too."""
    held = make.held(rating=Rating.PARTLY_KEPT, days=10)
    _, token = make.reply_link(held)
    make.reply_link(held, name=MINISTRY)
    reply = receive(token, Written("Road Party", WORDS, "en"))
    decide(reply, Ruling.PUBLISH, by=make.coordinator())
    return reply


def entry_of(reply):
    return db.session.get_one(Revision, reply.link.held.revision_id).entry


def reopened(reply):
    entry = entry_of(reply)
    entry.state = EntryState.RETURNED
    db.session.commit()
    return entry


def sent_anew(make, entry, days):
    """The report comes in with another rating, and is approved."""
    make.revision(entry, Rating.IN_PROGRESS)
    entry.state = EntryState.SUBMITTED
    entry.assignment.cycle.reply_days = days
    make.decision(entry, "approve")
    db.session.commit()


@pytest.mark.parametrize("days", [0, 10])
def test_it_stands_beside_what_replaced_its_finding(make, page, work, accepted, days):
    entry = reopened(accepted)
    with clock.at(NOVEMBER + timedelta(days=2)):
        sent_anew(make, entry, days)
        newest = db.session.scalars(select(HeldFinding).order_by(HeldFinding.id.desc())).first()
        if days:
            assert accepted.beside is None
            make.reply_link(newest, name=MINISTRY)
    with clock.at(over(12)):
        work()
        shown = page.get("scorecards.promise", lang="en", number=entry.assignment.promise.number)
        (told,) = page.get("api.listing", name="replies").json

    assert WORDS in shown
    assert "written about the version of 22 November 2026" in shown
    assert (told["finding"], told["written_about"]) == (1, "2026-11-22")
    assert told["published_on"] == ("2026-12-05" if days else "2026-11-24")


def test_until_then_it_is_nowhere_public_and_on_the_coordinators_list(make, page, accepted):
    cora = make.coordinator()
    entry = reopened(accepted)
    page.sign_in(cora)

    assert db.session.scalars(left_over(cora)).all() == [accepted]
    assert "their finding was taken back" in page.get("replies.index")
    assert page.get("api.listing", name="replies").json == []

    sent_anew(make, entry, days=0)

    assert db.session.scalars(left_over(cora)).all() == []
    assert "their finding was taken back" not in page.get("replies.index")


def test_what_still_waits_or_is_public_is_on_no_such_list(make, accepted, work):
    cora = make.coordinator()
    assert db.session.scalars(left_over(cora)).all() == []

    with clock.at(over(10)):
        work()

    assert db.session.get_one(Reply, accepted.id).beside == 1
    assert db.session.scalars(left_over(cora)).all() == []


@pytest.mark.parametrize(("asked", "letters_sent"), [("its own", 1), ("another", 0)])
def test_a_party_whose_address_is_kept_is_told_by_letter(make, letters, work, asked, letters_sent):
    held = make.held(days=10)
    promise = held.promise
    name = next(iter(promise.party.names.values())) if asked == "its own" else "Another Party"
    reply = make.reply(held, addressee=name)
    make.reply_link(held, name=MINISTRY)
    decide(reply, Ruling.PUBLISH, by=make.coordinator())
    kept = PartyContact(cycle_id=promise.cycle_id, party_id=promise.party_id)
    kept.address, kept.language = PRESS, "en"
    make._keep(kept)
    reopened(reply)

    for day in (10, 11):
        with clock.at(over(day)):
            work()

    assert len(letters) == letters_sent
    if letters:
        assert letters[0]["To"] == PRESS
        assert "Your reply of 22 November 2026 was accepted." in letters[0].get_content()
