"""Several bodies are asked about one finding: nobody's days are ended by what another does."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from mobilizer.core import clock
from mobilizer.core.clock import day_end
from mobilizer.core.database import db
from mobilizer.core.errors import RuleBroken
from mobilizer.findings.models import Finding
from mobilizer.replies.actions import decide, forgo, withdraw
from mobilizer.replies.models import HeldFinding
from mobilizer.replies.queries import beside
from mobilizer.replies.rules import (
    READING_DAYS,
    AddresseeKind,
    Asked,
    Ruling,
    body_key,
    deadline,
    deadline_of,
    held_until,
    last_deadline,
)
from tests.support.days import ZONE, over
from tests.support.world import NOVEMBER

DAY = timedelta(days=1)
MINISTRY = "Ministry of Roads"
PARTY_WORDS = "The road was opened in May."

#: So many days after the others a body was told, and so many later it answered, if it did.
BODIES = st.lists(
    st.tuples(st.integers(0, 20), st.none() | st.integers(0, 9)), min_size=1, max_size=4
)


def findings():
    return db.session.scalars(select(Finding)).all()


def later(days, work):
    with clock.at(over(days)):
        work()


def asked(number, told, answered):
    told_at = NOVEMBER + told * DAY
    return Asked(
        body=f"party:{number}",
        told_at=told_at,
        expires_at=told_at + 14 * DAY,
        accepted_at=None if answered is None else told_at + answered * DAY,
    )


@given(BODIES)
def test_it_is_held_until_the_last_body_answered_or_its_days_are_over(bodies):
    listed = [asked(number, *body) for number, body in enumerate(bodies)]
    last = last_deadline(min(one.told_at for one in listed), 10, ZONE)

    until = held_until(listed, 10, ZONE, approved_at=NOVEMBER)

    ends = [one.accepted_at or min(deadline(one.told_at, 10, ZONE), last) for one in listed]
    assert until == max(ends)


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["a", "b", "c", "d"]),  # whom
            st.none() | st.integers(0, 40),  # told after so many days; or its letter never went out
            st.integers(0, 60),  # how long the link lives
            st.none() | st.integers(0, 40),  # when a reply came that nobody has read
            st.booleans(),  # taken back
        ),
        min_size=1,
        max_size=5,
    )
)
def test_nothing_is_held_longer_than_twice_the_days_and_those_of_reading(links):
    listed = [
        Asked(
            body,
            None if told is None else NOVEMBER + told * DAY,
            NOVEMBER + lives * DAY,
            unread_since=None if came is None else NOVEMBER + came * DAY,
            is_withdrawn=is_withdrawn,
        )
        for body, told, lives, came, is_withdrawn in links
    ]
    told = [one.told_at for one in listed if one.told_at]

    until = held_until(listed, 10, ZONE, approved_at=NOVEMBER)

    if told:
        assert until <= day_end(min(told), 2 * 10 + READING_DAYS, ZONE)
    else:
        assert until == day_end(NOVEMBER, 2 * 10, ZONE)


@given(
    st.integers(0, 20),  # told after so many days, and its link taken back
    st.lists(
        st.tuples(
            st.sampled_from(["a", "b"]),  # whom else, or the same body by another link
            st.integers(0, 20),
            st.sampled_from(["forgone_at", "accepted_at", "unread_since", "told_at"]),
            st.booleans(),  # taken back
        ),
        max_size=4,
    ),
)
def test_a_link_taken_back_holds_to_the_end_of_its_bodys_days_whatever_others_do(told, others):
    lost = replace(asked("a", told, None), body="a", is_withdrawn=True)
    listed = [lost]
    for body, day, step, is_withdrawn in others:
        other = replace(asked(body, day, None), body=body, is_withdrawn=is_withdrawn)
        listed.append(replace(other, **{step: other.told_at}))

    until = held_until(listed, 10, ZONE, approved_at=NOVEMBER)

    assert until >= deadline_of("a", listed, 10, ZONE)


def test_a_published_reply_of_one_body_leaves_another_its_days(make, page, work):
    held = make.held(days=10)
    reply = make.reply(held, text=PARTY_WORDS)
    with clock.at(NOVEMBER + 2 * DAY):
        make.reply_link(held, name=MINISTRY)

    with clock.at(NOVEMBER + 3 * DAY):
        ruling = decide(reply, Ruling.PUBLISH, by=make.coordinator())
    later(11.9, work)

    assert findings() == []
    assert (ruling.beside, reply.shown_at) == (None, None)
    assert page.get("api.listing", name="replies").json == []

    later(12, work)

    assert ruling.beside == held.finding_number == findings()[0].number
    assert page.get("api.listing", name="replies").json[0]["published_on"] == "2026-12-05"
    assert beside(held.promise) == {held.finding_number: [reply]}


def test_it_is_published_as_soon_as_each_body_has_answered(make, work):
    held = make.held(days=10)
    reply = make.reply(held)
    _, token = make.reply_link(held, name=MINISTRY)
    decide(reply, Ruling.PUBLISH, by=make.coordinator())
    assert findings() == []

    forgo(token)
    work()

    assert len(findings()) == 1


def test_the_body_reads_that_its_accepted_reply_waits_for_others(make, page):
    held = make.held(days=10)
    _, token = make.reply_link(held)
    make.reply_link(held, name=MINISTRY)
    written = {"text": PARTY_WORDS, "body": "Road Party", "language": "en", "consent": "y"}
    page.post("reply.send", secret=token, data=written)
    page.sign_in(make.coordinator())

    page.post("replies.decide", reply_id=1, data={"ruling": "publish"})

    assert "Accepted" in page.get("replies.index")
    assert "published together with the finding" in page.get("replies.show", reply_id=1)
    page.sign_out()
    assert "It was accepted on 22 November 2026" in page.get("reply.answer", secret=token)
    public = page.get("scorecards.promise", lang="en", number=held.promise.number)
    assert PARTY_WORDS not in public


def test_a_body_that_is_asked_later_is_told_of_its_own_days(make, page):
    held = make.held(days=10)
    _, first = make.reply_link(held)
    with clock.at(NOVEMBER + 5 * DAY):
        _, second = make.reply_link(held, name=MINISTRY)
        assert "end with 2 December 2026" in page.get("reply.answer", secret=first)
        assert "end with 7 December 2026" in page.get("reply.answer", secret=second)


def test_no_coordinator_ends_a_bodys_days_by_taking_its_link_back(make, page):
    held = make.held(days=10)
    make.reply_link(held)
    with clock.at(NOVEMBER + 5 * DAY):
        link, _ = make.reply_link(held, name=MINISTRY)
        page.sign_in(make.coordinator())
        page.post("replies.withdraw", link_id=link.id)
        assert "The days of this body run on." in page.get("replies.index")

    assert held.publish_at == over(15)


def test_nor_begins_them_anew(make):
    held = make.held(days=10)
    for days in (0, 5, 9):
        with clock.at(NOVEMBER + days * DAY):
            link, _ = make.reply_link(held)
            withdraw(link, by=make.coordinator())

    assert held.publish_at == over(10)
    with clock.at(over(10)), pytest.raises(RuleBroken):
        make.reply_link(held, name="Town Hall")


def test_no_coordinator_ends_a_bodys_days_by_a_link_she_makes_and_uses_herself(make, work):
    held = make.held(days=10)
    link, _ = make.reply_link(held)
    with clock.at(NOVEMBER + DAY):
        withdraw(link, by=make.coordinator())
        _, token = make.reply_link(held)
        forgo(token)

    later(9, work)
    assert findings() == []
    later(10, work)
    assert len(findings()) == 1


def test_a_town_in_brackets_makes_no_other_body_of_a_party():
    one = body_key(AddresseeKind.PARTY, "Road Party")

    assert body_key(AddresseeKind.PARTY, "Road Party (Skopje)") == one
    assert body_key(AddresseeKind.INSTITUTION, "Road Party") != one
    assert body_key(AddresseeKind.PARTY, "(Skopje)") != body_key(AddresseeKind.PARTY, "(Tetovo)")


def test_a_letter_that_is_on_its_way_holds_it_until_its_link_expires(make, work):
    """Nobody is told late by a mail server that is down; nor does it wait for ever for one."""
    held = make.held(days=10)
    make.reply_link(held)
    make.reply_link(held, name=MINISTRY, address="press@roads.example", days=14)
    assert held.publish_at == over(14)

    with clock.at(NOVEMBER + DAY):
        work()

    assert db.session.get_one(HeldFinding, held.id).publish_at == over(11)


def test_nobody_new_is_asked_once_the_first_days_are_over(make):
    """Else a finding could be held back for ever by asking one body after the other."""
    held = make.held(days=10)
    make.reply_link(held)
    with clock.at(NOVEMBER + 9 * DAY):
        make.reply_link(held, name=MINISTRY)

    with clock.at(over(10)):
        make.reply_link(held, name=MINISTRY)
        with pytest.raises(RuleBroken):
            make.reply_link(held, name="Town Hall")

    assert held.publish_at == over(19)


def test_no_reply_of_one_body_leaves_another_its_days(make, page, work):
    held = make.held(days=10)
    _, token = make.reply_link(held)
    _, other = make.reply_link(held, name=MINISTRY)

    page.get("reply.answer", secret=token)
    page.post("reply.forgo", secret=token, data={"sure": "y"})
    later(9.9, work)

    assert findings() == []
    with clock.at(over(9.9)):
        assert page.get("reply.answer", secret=other).query("textarea")
    later(10, work)
    assert len(findings()) == 1
