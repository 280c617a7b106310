"""In production without a mail server nobody counts as told, and no log learns a link."""

import pytest
from sqlalchemy import func, select

from mobilizer.core.database import db
from mobilizer.jobs.models import Job
from mobilizer.jobs.rules import JobState
from mobilizer.reminders.tasks import sending
from mobilizer.replies import queries
from mobilizer.replies.models import PartyContact, ReplyLink
from mobilizer.replies.rules import MAIL
from tests.replies.test_links import PRESS, asked

SEND = sending.send


@pytest.fixture
def in_production(app, monkeypatch):
    monkeypatch.setattr(sending, "send", SEND)
    monkeypatch.setitem(app.config, "MAIL_URL", "console:")
    monkeypatch.setitem(app.config, "IS_PRODUCTION", True)


def links():
    return db.session.scalar(select(func.count()).select_from(ReplyLink))


def test_no_letter_can_be_asked_for_and_the_link_still_can(make, page, in_production):
    finding = make.finding()
    page.sign_in(make.coordinator())
    number, sent = finding.promise.number, asked(finding, address=PRESS)
    assert "no mail server" in page.get("replies.invite", number=number).texts("#address-hint")[0]

    refused = page.post("replies.make", number=number, data=sent, expect=422)

    assert "no mail server" in refused.texts("#address-error")[0]
    assert PRESS in refused.source
    assert links() == 0
    page.post("replies.make", number=number, data=asked(finding), expect=200)
    assert links() == 1


def test_a_party_whose_address_is_kept_is_on_the_list_of_who_is_to_be_told(
    make, page, in_production
):
    entry = make.report()
    of = {"cycle_id": entry.assignment.cycle_id, "party_id": entry.assignment.promise.party_id}
    make._keep(PartyContact(address=PRESS, language="sq", **of))

    held = make.held(entry, days=10)

    coordinator = make.coordinator()
    assert links() == 0
    assert db.session.scalars(queries.untold(coordinator)).all() == [held]
    page.sign_in(coordinator)
    shown = page.get("replies.contacts", code=entry.assignment.cycle.code)
    assert "no mail server" in shown.texts("main .notice")[0]


def test_a_letter_that_was_asked_for_before_waits_and_is_printed_nowhere(
    app, make, page, work, monkeypatch, capfd
):
    finding = make.finding()
    page.sign_in(make.coordinator())
    page.post("replies.make", number=finding.promise.number, data=asked(finding, address=PRESS))
    monkeypatch.setattr(sending, "send", SEND)
    monkeypatch.setitem(app.config, "MAIL_URL", "console:")
    monkeypatch.setitem(app.config, "IS_PRODUCTION", True)

    work()

    job = db.session.scalars(select(Job).where(Job.kind == MAIL)).one()
    assert (job.state, job.fault) == (JobState.WAITING, "NoMailServer")
    assert db.session.scalars(select(ReplyLink)).one().address == PRESS
    assert "/account/reply/" not in "".join(capfd.readouterr())
