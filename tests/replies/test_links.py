"""Asking a body: by a link that is shown once, or by letter."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from mobilizer.audit.models import AuditEvent
from mobilizer.core import clock
from mobilizer.core.database import db
from mobilizer.core.errors import RuleBroken
from mobilizer.core.sessions import hashed
from mobilizer.jobs.models import Job
from mobilizer.promises.rules import PromiseState
from mobilizer.reminders.tasks import sending
from mobilizer.replies.actions import Addressee, forget_addresses, invite, keep_contact, withdraw
from mobilizer.replies.models import PartyContact, ReplyLink
from mobilizer.replies.rules import AddresseeKind
from tests.support.days import over
from tests.support.world import NOVEMBER

PRESS = "press@party.example"


def asked(finding, **given):
    values = {
        "about": str(finding.number),
        "kind": "party",
        "addressee": "Road Party",
        "language": "sq",
        "days": "7",
        "address": "",
    }
    return values | given


def the_link():
    return db.session.scalars(select(ReplyLink)).one()


def test_a_coordinator_makes_a_link_and_sees_it_once(make, page):
    finding = make.finding()
    page.sign_in(make.coordinator())
    number = finding.promise.number

    shown = page.post("replies.make", number=number, data=asked(finding), expect=200)

    address = shown.texts(".address code")[0]
    token = address.rpartition("/")[2]
    assert the_link().token_hash == hashed(token)
    assert the_link().salt == ""
    assert token not in page.get("replies.index").source
    page.sign_out()
    assert finding.promise.exact_words in page.get("reply.answer", secret=token)


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"addressee": " "}, "addressee"),
        ({"addressee": "x" * 201}, "addressee"),
        ({"address": "no address"}, "address"),
        ({"address": "x" * 250 + "@a.example"}, "address"),
        ({"days": "365"}, "days"),
        ({"about": "999"}, "about"),
        ({"about": "held-999"}, "about"),
        ({"kind": "person"}, "kind"),
        ({"language": "xx"}, "language"),
    ],
)
def test_a_link_that_cannot_be_is_refused_beside_its_field(make, page, given, field):
    finding = make.finding()
    page.sign_in(make.coordinator())

    shown = page.post(
        "replies.make", number=finding.promise.number, data=asked(finding, **given), expect=422
    )

    assert shown.query(f"#{field}-error")
    assert not db.session.scalars(select(ReplyLink)).all()


def test_a_finding_of_another_promise_cannot_be_asked_about(make, page):
    finding, other = make.finding(), make.finding()
    page.sign_in(make.coordinator())

    page.post("replies.make", number=other.promise.number, data=asked(finding), expect=422)


def test_a_promise_without_a_finding_has_nothing_to_reply_to(make, page):
    promise = make.promise()
    page.sign_in(make.coordinator())

    assert "Nothing to reply to yet" in page.get("replies.invite", number=promise.number)


def test_nobody_is_asked_about_a_promise_that_is_not_public(make):
    finding = make.finding()
    finding.promise.state = PromiseState.CHECKED

    with pytest.raises(RuleBroken):
        invite(finding, Addressee(AddresseeKind.PARTY, "Road Party", "en"), by=make.coordinator())


def test_a_link_is_taken_back_once_and_not_after_it_was_answered(make, page):
    link, token = make.reply_link()
    answered = make.reply().link
    page.sign_in(make.coordinator())

    page.post("replies.withdraw", link_id=link.id)

    page.post("replies.withdraw", link_id=link.id, expect=409)
    page.post("replies.withdraw", link_id=answered.id, expect=409)
    page.get("reply.answer", secret=token, expect=404)


def test_a_letter_says_what_it_is_and_its_address_is_forgotten(make, letters, work):
    link, _ = make.reply_link(language="mk", name="Пат", address=PRESS, by=make.coordinator())

    work()

    letter = letters[0]
    body = letter.get_content()
    token = body.partition("/account/reply/")[2].split()[0]
    assert letter["To"] == PRESS
    assert hashed(token) == link.token_hash
    assert "За: Пат" in body
    assert (link.address, link.salt) == ("", "")
    assert PRESS not in str([event.details for event in db.session.scalars(select(AuditEvent))])
    assert PRESS not in str([job.payload for job in db.session.scalars(select(Job))])


def test_a_letter_that_could_not_be_sent_is_sent_later_with_the_same_link(
    make, letters, work, monkeypatch
):
    link, _ = make.reply_link(address=PRESS)

    def fails(_):
        raise OSError

    monkeypatch.setattr(sending, "send", fails)
    work()
    assert link.address == PRESS

    monkeypatch.setattr(sending, "send", letters.append)
    with clock.at(NOVEMBER + timedelta(hours=1)):
        work()
        work()
    assert len(letters) == 1
    assert (link.address, link.salt) == ("", "")


def test_no_letter_goes_out_for_a_link_that_was_taken_back(make, letters, work):
    link, _ = make.reply_link(address=PRESS)
    withdraw(link, by=make.coordinator())

    work()

    assert not letters
    assert link.address == ""


def test_an_address_that_no_letter_reached_is_forgotten_with_its_link(make, monkeypatch):
    link, _ = make.reply_link(address=PRESS)

    for days, kept in ((13.9, PRESS), (14, "")):
        with clock.at(over(days)):
            forget_addresses()
        db.session.refresh(link)
        assert link.address == kept


def test_a_changed_secret_of_the_server_sends_no_wrong_link(app, make, letters, work, monkeypatch):
    make.reply_link(address=PRESS)
    monkeypatch.setitem(app.config, "SECRET_KEY", "another")

    work()

    assert not letters
    assert db.session.scalars(select(Job.fault)).all() == ["Hopeless"]


def test_the_list_costs_as_much_with_many_links(make, page, queries):
    for _ in range(12):
        make.reply()
        make.published_reply()
    page.sign_in(make.coordinator())
    page.get("replies.index")

    with queries.at_most(20):
        page.get("replies.index")


def test_addresses_of_parties_are_kept_changed_and_forgotten(make, page):
    party = make.promise().party
    page.sign_in(make.coordinator())
    code, address, language = make.the_cycle().code, f"address_{party.id}", f"language_{party.id}"

    page.post("replies.contacts", code=code, data={address: PRESS, language: "sq"})
    kept = db.session.scalars(select(PartyContact)).one()
    assert (kept.address, kept.language) == (PRESS, "sq")
    wrong = page.post(
        "replies.contacts", code=code, data={address: "none", language: "sq"}, expect=200
    )
    assert wrong.query(f"#{address}-error")
    page.post("replies.contacts", code=code, data={address: "", language: "sq"})

    assert not db.session.scalars(select(PartyContact)).all()
    assert PRESS not in str([event.details for event in db.session.scalars(select(AuditEvent))])


def test_of_two_who_change_an_address_at_once_the_later_sees_what_the_other_saved(make, page):
    party, cora = make.promise().party, make.coordinator()
    page.sign_in(make.coordinator())
    code, address = make.the_cycle().code, f"address_{party.id}"
    page.get("replies.contacts", code=code)
    keep_contact(make.the_cycle(), party, PRESS, "en", by=cora)
    hers = {address: "office@party.example", f"language_{party.id}": "en"}

    told = page.post("replies.contacts", code=code, data=hers, expect=200)

    assert f"Saved now: {PRESS}" in told.texts(f"#{address}-error")[0]
    assert told.query(f"#{address}")[0].attrs["value"] == "office@party.example"
    page.post("replies.contacts", code=code, data=hers)
    assert db.session.scalars(select(PartyContact.address)).one() == "office@party.example"
