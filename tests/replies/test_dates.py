"""When each held finding is published stands on the desk, with what else would end its waiting."""

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mobilizer.core import clock
from mobilizer.core.database import db
from mobilizer.replies.actions import forgo, withdraw
from mobilizer.replies.rules import Ending, LinkState, ending
from tests.support.queries import Queries
from tests.support.world import NOVEMBER

DAY = timedelta(days=1)
ROWS = "section[aria-labelledby=dated] tbody tr"


def rows(page):
    return page.get("replies.index").texts(ROWS)


def test_the_next_to_be_published_stands_first_with_its_day(make, page):
    late, soon = make.held(days=12), make.held(days=3)
    make.reply_link(late, by=make.coordinator())
    make.reply_link(soon)
    page.sign_in(make.coordinator())

    first, second = rows(page)

    assert "26 November 2026" in first
    assert soon.promise.titles["en"] in first
    assert "5 December 2026" in second
    assert "In progress" in second


def test_what_nobody_was_told_of_stands_apart_with_the_day_that_comes_all_the_same(make, page):
    make.held(days=10)
    page.sign_in(make.coordinator())

    assert rows(page) == []
    assert "if nobody is told: 13 December 2026" in page.get("replies.index")


def test_another_coordinators_is_not_listed(make, page):
    make.reply_link(make.held())
    page.sign_in(make.coordinator(cycle=make.cycle("elsewhere")))

    assert rows(page) == []


@pytest.mark.parametrize(
    ("what", "says"),
    [
        ("asked", "Earlier if all who were asked"),
        ("taken back", "not before the days are over"),
        ("taken back in time", "Earlier if all who were asked have answered, or will not reply."),
        ("replied", "A reply waits for your decision."),
        ("declined", "That day alone"),
        ("over", "Its day has come"),
    ],
)
def test_what_ends_the_waiting_is_said(make, page, what, says):
    held = make.held(days=10)
    if what == "replied":
        make.reply(held)
    elif what == "declined":
        make.declined_reply(held)
    else:
        _, token = make.reply_link(held)
        if what.startswith("taken back"):
            address = "press@party.example" if what.endswith("in time") else ""
            link, _ = make.reply_link(held, address=address)
            withdraw(link, by=make.coordinator())
        if what == "over":
            forgo(token)
    page.sign_in(make.coordinator())

    (row,) = rows(page)

    assert says in row
    assert ("Road Party" in row) == (what == "replied")


def test_what_is_published_or_looked_at_anew_is_gone(make, page, work):
    first, second = make.held(days=3), make.held(days=9)
    for one in (first, second):
        make.reply_link(one)
    with clock.at(NOVEMBER + 4 * DAY):
        work()
        page.sign_in(make.coordinator())

        assert len(rows(page)) == 1


@given(
    links=st.lists(st.sampled_from(LinkState), max_size=4),
    undecided=st.integers(0, 2),
    hours=st.integers(-50, 50),
)
def test_it_is_overdue_exactly_when_its_day_has_come(links, undecided, hours):
    now = datetime(2026, 11, 22, 10, tzinfo=NOVEMBER.tzinfo)

    found = ending(now + timedelta(hours=hours), links, undecided, now)

    assert (found is Ending.OVERDUE) == (hours <= 0)
    assert (found is Ending.REPLY) == (hours > 0 and undecided > 0)


def test_many_cost_as_much_as_few(make, page, queries: Queries):
    page.sign_in(make.coordinator())
    for _ in range(2):
        make.reply_link(make.held())
    with queries.counted() as few:
        page.get("replies.index")
    for _ in range(6):
        make.reply_link(make.held())
    db.session.commit()

    with queries.at_most(len(few)):
        page.get("replies.index")
