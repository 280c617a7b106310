"""Before publication a body can reply: what waits, what publishes it, what lets it go."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from mobilizer.core import clock
from mobilizer.core.database import db
from mobilizer.core.errors import RuleBroken
from mobilizer.findings.actions import Verdict
from mobilizer.findings.models import Finding
from mobilizer.replies.actions import decide, forgo, publish_due, publish_or_hold, withdraw
from mobilizer.replies.models import HeldFinding, PartyContact, ReplyLink
from mobilizer.replies.queries import held_of, untold
from mobilizer.replies.rules import Ruling
from mobilizer.scorecards.queries import board
from mobilizer.scoring.rules import Rating
from tests.support.days import over
from tests.support.world import NOVEMBER

DAY = timedelta(days=1)


def findings():
    return db.session.scalars(select(Finding).order_by(Finding.number)).all()


def later(days, work):
    with clock.at(over(days)):
        work()


def test_without_days_an_approval_publishes_at_once(make):
    entry = make.report()

    assert make.decision(entry, "approve").finding is not None
    assert not db.session.scalar(select(func.count()).select_from(HeldFinding))


def test_with_days_it_is_approved_and_neither_public_nor_counted(make, page):
    held = make.held(rating=Rating.PARTLY_KEPT)
    cycle = held.promise.cycle

    assert findings() == []
    assert board(cycle).overall.rated == 0
    assert "Findings stand here once" in page.get(
        "scorecards.promise", lang="en", number=held.promise.number
    )


def test_it_is_published_so_many_days_after_the_body_was_told(make, work):
    held = make.held(days=10)
    with clock.at(NOVEMBER + 3 * DAY):
        make.reply_link(held)

    later(12.9, work)
    assert findings() == []
    later(13, work)

    finding = findings()[0]
    assert finding.published_at == over(13)
    assert (finding.rating, finding.content, finding.month) == (
        held.rating,
        held.content,
        held.month,
    )
    assert held.finding_number == finding.number


def test_a_worker_that_was_down_publishes_it_later_at_the_real_moment_once(make, work):
    held = make.held(days=10)
    make.reply_link(held)

    later(40, work)
    later(41, work)

    assert [one.published_at for one in findings()] == [over(40)]
    with clock.at(NOVEMBER + 42 * DAY):
        assert publish_due(held.id) is None


def test_of_what_nobody_was_told_stands_on_the_coordinators_list(make, page):
    held = make.held()
    cora = make.coordinator()

    assert db.session.scalars(untold(cora)).all() == [held]
    page.sign_in(cora)
    assert "To be told" in page.get("replies.index")
    with clock.at(NOVEMBER):
        make.reply_link(held)
    assert db.session.scalars(untold(cora)).all() == []


def test_telling_nobody_keeps_nothing_from_the_public(make, work):
    make.held(days=10)

    later(19, work)
    assert findings() == []
    later(20, work)
    assert [one.published_at for one in findings()] == [over(20)]


def test_whoever_is_told_on_the_last_day_has_all_of_hers(make, work):
    held = make.held(days=10)
    with clock.at(NOVEMBER + 20 * DAY):
        make.reply_link(held)

    later(29, work)
    assert findings() == []
    later(30, work)
    assert len(findings()) == 1


def test_a_second_link_does_not_put_it_off(make):
    held = make.held(days=10)
    make.reply_link(held)
    with clock.at(NOVEMBER + 5 * DAY):
        make.reply_link(held)

    assert held.publish_at == over(10)


def test_a_link_that_is_taken_back_before_its_letter_went_out_told_nobody(make, work):
    held = make.held(days=10)
    link, _ = make.reply_link(held, address="press@party.example")
    withdraw(link, by=make.coordinator())

    later(19, work)
    assert findings() == []
    with clock.at(NOVEMBER + 19 * DAY):
        make.reply_link(held)
    later(28, work)
    assert findings() == []
    later(29, work)

    assert len(findings()) == 1


def test_a_party_with_an_address_is_told_by_letter_and_its_days_begin_then(make, letters, work):
    entry = make.report()
    promise = entry.assignment.promise
    make._keep(
        PartyContact(
            cycle_id=promise.cycle_id,
            party_id=promise.party_id,
            address="a@b.example",
            language="sq",
        )
    )
    held = make.held(entry, days=10)
    assert held.told_at is None

    with clock.at(NOVEMBER + DAY):
        work()

    assert held.publish_at == over(11)
    assert "3 dhjetor 2026" in letters[0].get_content()
    assert db.session.scalars(select(ReplyLink)).one().invited_by_id is None


def test_a_published_reply_publishes_it_and_stands_beside_it(make, work):
    held = make.held()
    reply = make.reply(held)

    ruling = decide(reply, Ruling.PUBLISH, by=make.coordinator())

    assert [one.number for one in findings()] == [ruling.beside] == [held.finding_number]
    later(20, work)
    assert len(findings()) == 1


def test_a_declined_reply_changes_nothing_about_the_day(make, page, work):
    held = make.held(days=10)
    make.declined_reply(held)

    later(9, work)
    assert findings() == []
    later(10, work)
    assert len(findings()) == 1


def test_a_body_that_will_not_reply_has_it_published_now(make, page, work):
    held = make.held()
    link, token = make.reply_link(held)
    shown = page.get("reply.answer", secret=token)
    assert "What is about to be published" in shown

    page.post("reply.forgo", secret=token, data={}, expect=422)
    page.post("reply.forgo", secret=token, data={"sure": "y"})
    work()

    assert len(findings()) == 1
    assert link.forgone_at is not None
    assert "You said that you will not reply" in page.get("reply.answer", secret=token)
    with pytest.raises(RuleBroken):
        forgo(token)


def test_the_body_is_shown_what_the_public_will_read_and_no_more(make, page):
    entry = make.report(note_mentor="A secret word")
    her = entry.assignment.mobilizer
    held = make.held(entry)
    _, token = make.reply_link(held)

    shown = page.get("reply.answer", secret=token)

    assert held.content["reason"] in shown
    for secret in (her.alias, her.full_name, her.sign_in_name, "A secret word"):
        assert secret not in shown.source


def test_a_correction_is_never_held_back(make):
    held = make.held()
    wrong = make.finding(held.promise, place=held.place)
    verdict = Verdict(
        held.promise,
        held.place,
        Rating.KEPT,
        held.content,
        month=held.month,
        revision_id=held.revision_id,
        corrects=wrong.number,
    )

    assert publish_or_hold(verdict, by=make.coordinator()) is not None


def test_author_and_mentor_read_when_it_is_published(make, page):
    entry = make.report()
    held = make.held(entry, days=10)
    report = {"assignment_id": entry.assignment_id, "month": f"{entry.month:%Y-%m}"}
    page.sign_in(entry.assignment.mobilizer)
    assert "once the party or institution was told" in page.get("monitoring.show", **report)

    make.reply_link(held)

    words = "it is published on 3 December 2026; earlier"
    assert words in page.get("monitoring.show", **report)
    page.sign_in(entry.assignment.mentor)
    assert words in page.get("review.show", entry_id=entry.id)
    assert held_of(held.revision_id) is not None


def test_a_mentor_is_told_that_her_approval_waits(make, page):
    entry = make.report()
    entry.assignment.cycle.reply_days = 5
    page.sign_in(entry.assignment.mentor)
    page.get("review.show", entry_id=entry.id)

    page.post("review.decide", entry_id=entry.id, data={"verdict": "approve"})

    assert "It is published once the party" in page.get("review.queue")
