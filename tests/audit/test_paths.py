"""Whatever our own steps change of a vouched record they tell anew: verify never cries wolf."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from mobilizer.agreement.actions import draw
from mobilizer.assignments import actions as assignments
from mobilizer.board.actions import Asked, hand_over
from mobilizer.core import clock
from mobilizer.core.database import db
from mobilizer.cycles import actions as cycles
from mobilizer.cycles.rules import Level, Timeliness
from mobilizer.desk.queries.contents import forged
from mobilizer.elections import actions as elections
from mobilizer.elections.models import Party
from mobilizer.evidence.actions import add_link, remove
from mobilizer.evidence.rules.details import Details
from mobilizer.monitoring import actions as monitoring
from mobilizer.monitoring.models import Entry
from mobilizer.places import actions as places
from mobilizer.replies import actions as replies
from mobilizer.replies.models import ReplyLink
from mobilizer.review import actions as review
from tests.builders import month
from tests.evidence import pictures
from tests.evidence.uploading import announced, send

PHOTO = pictures.jpeg((600, 450))
pytestmark = pytest.mark.parametrize("app", ["sqlite"], indirect=True)


@pytest.fixture(autouse=True)
def november():
    """The month has opened on the 20th."""
    with clock.at(datetime(2026, 11, 22, 9, tzinfo=UTC)):
        yield


@pytest.fixture
def vouched(make):
    """What builders made is told as it is; from here on our own steps are alone."""

    def vouched(*records):
        make.vouched()
        db.session.commit()
        assert list(forged()) == []
        return records[0] if len(records) == 1 else records

    return vouched


@pytest.fixture(autouse=True)
def whole(app):
    """After each of these tests."""
    yield
    db.session.commit()
    assert list(forged()) == []


def settings(**given):
    values = {"names": {"en": "A"}, "level": Level.LOCAL, "is_public": True, "is_current": True}
    months = {"first_month": month("2026-09"), "last_month": month("2027-08")}
    return cycles.Settings(**{**values, **months, **given})


def test_a_cycle_takes_anothers_place_is_changed_and_shown_first_no_longer(make):
    cora = make.administrator()
    first = cycles.make("first", "MK", settings(), by=cora)
    second = cycles.make("second", "MK", settings(), by=cora)
    cycles.show_first(first, by=cora)
    cycles.change(first, settings(second_share=20, reply_days=7, is_current=False), by=cora)

    assert (first.is_current, second.is_current) == (False, False)


def test_topics_are_added_renamed_and_removed(make):
    cora = make.administrator()
    cycle = cycles.make("first", "MK", settings(), by=cora)
    kept, gone = (cycles.add_topic(cycle, {"en": name}, by=cora) for name in ("Roads", "Schools"))
    cycles.rename_topic(kept, {"en": "Roads and rails"}, by=cora)
    cycles.remove_topic(gone, by=cora)
    cycles.add_topic(cycle, {"en": "Health"}, by=cora)

    assert kept.code == "roads"


def test_parties_of_a_country_are_loaded_and_corrected(app):
    places.load("XK")
    elections.load("XK")
    party = db.session.scalars(select(Party)).first()
    party.names = {"en": "Misspelt"}
    corrected = elections.load("XK")

    assert corrected.changed == [party.code]


def test_a_report_is_begun_typed_sent_taken_back_and_its_evidence_changes(make, vouched):
    assignment = vouched(make.assignment())
    her = assignment.mobilizer
    entry = monitoring.start(assignment, month("2026-11"), by=her)
    kept, gone = (
        add_link(entry.id, f"https://news.example/{n}", Details(caption="x"), by=her) for n in "ab"
    )
    remove(gone, by=her)
    send(announced(entry, PHOTO), PHOTO)
    monitoring.submit_not_found_out(
        entry,
        by=her,
        because="no_reply",
        tried="I rang the ministry, and wrote to it twice this month.",
    )
    monitoring.withdraw(entry, by=her)

    assert kept.media is None


def test_a_late_report_is_let_in_approved_and_reopened(make, vouched):
    entry = make.report()
    entry.is_quarantined, entry.timeliness = True, Timeliness.AFTER_CLOSE
    cora = vouched(make.coordinator())
    review.release(entry.id, by=cora)
    make.decision(entry, "approve")
    make.reopening(entry, by=cora)


def test_an_assignment_passes_on_twice_and_ends(make, vouched):
    held, cora = make.assignment(last_month=month("2027-03")), make.coordinator()
    vesa, nora = make.mobilizer(mentor=held.mentor), make.mobilizer(mentor=held.mentor)
    vouched()
    hand_over(Asked(held.id, vesa.id, month("2027-02"), "She moves to Skopje."), by=cora)
    hand_over(Asked(held.id, nora.id, month("2026-12"), "She moves to Skopje."), by=cora)
    assignments.withdraw(held, "It is over for her.", by=cora)


def test_looks_are_drawn_asked_for_and_lapse(make, vouched):
    far = make.mentor("Vardar")
    entries = [make.report() for _ in range(2)]
    cycle = entries[0].assignment.cycle
    cycle.second_share = 100
    vouched()
    draw(cycle)
    far.deactivated_at = clock.now()
    draw(cycle)
    make.decision(entries[0], "reject")
    draw(cycle)
    far.deactivated_at = None
    draw(cycle)


@pytest.mark.parametrize("end", ["forgo", "withdraw", "receive", "letter", "reopen", "again"])
def test_a_link_on_what_is_held_takes_each_of_its_ways(make, vouched, end):
    entry, cora = make.report(), make.coordinator()
    vouched()
    if end == "letter":
        party = entry.assignment.promise.party
        replies.keep_contact(entry.assignment.cycle, party, "office@party.example", "en", by=cora)
    entry.assignment.cycle.reply_days = 10
    vouched()
    held = make.held(entry)
    if end == "letter":
        (link,) = db.session.scalars(select(ReplyLink))
        replies.letter_sent(link)
        return
    link, token = make.reply_link(held, by=cora)
    match end:
        case "forgo":
            replies.forgo(token)
            replies.publish_due(held.id)
        case "withdraw":
            replies.withdraw(link, by=cora)
        case "receive":
            replies.receive(token, replies.Written("Road Party", "It opened.", "en"))
        case "reopen":
            make.reopening(entry, by=cora)
            with clock.at(datetime(2026, 12, 22, 9, tzinfo=UTC)):
                replies.publish_due(held.id)
        case "again":
            make.reopening(entry, by=cora)
            make.revision(entry)
            db.session.get_one(Entry, entry.id).state = "submitted"
            vouched()
            make.held(entry)
            replies.renew(token)
