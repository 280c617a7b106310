"""A link lives at least as long as the days its body has before publication."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from mobilizer.core import clock
from mobilizer.core.database import db
from mobilizer.core.errors import RuleBroken
from mobilizer.replies.actions import Written, forgo, receive
from mobilizer.replies.models import PartyContact, ReplyLink
from mobilizer.replies.rules import DAYS
from tests.support.days import over
from tests.support.world import NOVEMBER

DAY = timedelta(days=1)
WRITTEN = Written("Road Party", "It was opened in May.", "en")


@pytest.mark.parametrize("days", DAYS)
@pytest.mark.parametrize("least", [10, 30])
def test_a_link_shorter_than_the_days_of_its_body_is_refused(make, days, least):
    held = make.held(days=least)
    if days < least:
        with pytest.raises(RuleBroken) as broken:
            make.reply_link(held, days=days)
        assert broken.value.field == "days"
        return

    link, _ = make.reply_link(held, days=days)

    assert link.expires_at >= held.publish_at


def test_the_refusal_stands_beside_its_field_and_nothing_is_made(make, page):
    held = make.held(days=10)
    page.sign_in(make.coordinator())
    asked = {
        "about": f"held-{held.id}",
        "kind": "party",
        "addressee": "Road Party",
        "language": "en",
        "days": "7",
    }

    shown = page.post("replies.make", number=held.promise.number, data=asked, expect=422)

    assert "10 days" in shown.texts("#days-error")[0]
    assert not db.session.scalars(select(ReplyLink)).all()


@pytest.mark.parametrize("down", [0, 3, 13])
def test_a_letter_that_comes_late_lengthens_its_link(make, letters, work, down):
    """The mail server was down for so many days: the body has all its days nonetheless."""
    held = make.held(days=14)
    link, _ = make.reply_link(held, address="press@party.example", days=14)

    with clock.at(NOVEMBER + down * DAY):
        work()

    assert link.told_at == NOVEMBER + down * DAY
    assert link.expires_at == held.publish_at == over(down + 14)
    assert f"{link.expires_at - DAY / 2:%-d %B %Y}" in letters[0].get_content()


@pytest.mark.parametrize("answer", [forgo, lambda token: receive(token, WRITTEN)])
def test_whoever_answers_was_told_though_it_was_never_noted_that_her_letter_went_out(make, answer):
    """The mail server took it and said so too late."""
    held = make.held(days=10)
    link, token = make.reply_link(held, address="press@party.example")

    with clock.at(NOVEMBER + DAY):
        answer(token)

    assert link.told_at == held.told_at == NOVEMBER + DAY
    assert held.publish_at == (link.forgone_at or over(11))


def test_a_party_told_by_itself_has_a_link_for_all_its_days(make):
    entry = make.report()
    promise = entry.assignment.promise
    kept = PartyContact(cycle_id=promise.cycle_id, party_id=promise.party_id)
    kept.address, kept.language = "a@b.example", "sq"
    make._keep(kept)

    held = make.held(entry, days=30)

    link = db.session.scalars(select(ReplyLink)).one()
    assert link.expires_at >= link.made_at + held.days * DAY
