"""Who follows changes what she is told, and leaves by one click."""

from datetime import UTC, date, datetime, timedelta

import pytest

from mobilizer.core import clock
from mobilizer.follow.models import Followed, Follower, FollowWish
from mobilizer.follow.rules import Pace
from mobilizer.follow.tasks.planning import begin_day
from tests.follow.conftest import WEDNESDAY, leaving, link, rows

#: What a mail program sends.
ONE_CLICK = {"List-Unsubscribe": "One-Click"}


def test_who_leaves_by_one_click_is_forgotten_and_told_nothing(found, follow, morning, page, out):
    follow()
    found()
    morning()
    [letter] = out.letters
    assert letter["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    raw = bytes(letter).decode()
    assert f"\nList-Unsubscribe: {letter['List-Unsubscribe']}\n" in raw

    page.get(leaving(letter))
    assert len(rows(Follower)) == 1, "who only looks does not leave"
    answer = page.client.post(leaving(letter), data=ONE_CLICK)
    assert answer.status_code == 200, "a mail program goes nowhere else"
    assert rows(Follower) == rows(Followed) == []
    with clock.at(WEDNESDAY + timedelta(days=1)):
        found("stalled")
    morning(2)
    assert len(out.letters) == 1
    page.get(link(letter), expect=404)


def test_the_letter_that_asked_still_leads_out_once_it_was_confirmed(ask, page, cycle):
    letter = ask()
    page.post(link(letter), expect=302)
    second = ask("all", lang="sq")
    third = ask(address="other@mail.example")

    page.client.post(leaving(letter), data=ONE_CLICK)
    assert rows(Follower) == []
    assert [wish.address for wish in rows(FollowWish)] == ["other@mail.example"]
    assert leaving(second).partition("?")[0] == leaving(letter).partition("?")[0]
    assert leaving(third) != leaving(letter)


def test_the_letter_that_asks_for_more_leads_out_of_all(ask, follow, page, cycle, school):
    follow("topics/health")
    letter = ask("all")
    page.post(link(letter), expect=302)
    assert len(rows(Followed)) == 2

    page.client.post(leaving(letter), data=ONE_CLICK)
    assert rows(Follower) == rows(FollowWish) == []


@pytest.mark.parametrize("typed", [{}, ONE_CLICK])
def test_nobody_is_told_that_she_left_by_a_link_that_leads_to_nobody(follow, page, cycle, typed):
    follow()
    said = page.post("/follow/leave/made-up", data=typed, expect=409)

    assert "This link does not work" in said
    assert len(rows(Follower)) == 1


def test_who_left_between_planning_and_sending_is_told_nothing(found, follow, page, work, out, app):
    own = follow()
    found()
    with clock.at(datetime(2026, 11, 26, 8, 30, tzinfo=UTC)):
        begin_day()
        work(jobs=2)
        page.client.post(own.replace("/own/", "/leave/"))
        work()
    assert out.letters == []


def test_her_own_page_changes_what_is_told(cycle, follow, page, morning, found, out):
    follow("topics/health")
    own = follow("all")
    health, _ = rows(Followed)
    gone = page.post(
        own, data={"kept": [str(health.id)], "pace": "weekly", "language": "mk"}, expect=302
    )
    assert gone.location.endswith("lang=mk&told=saved")
    [left] = rows(Followed)
    [follower] = rows(Follower)
    assert left.id == health.id
    assert (follower.pace, follower.language) == (Pace.WEEKLY, "mk")
    assert follower.next_on == date(2026, 11, 30)


def test_who_keeps_nothing_has_left(cycle, follow, page):
    own = follow()
    answer = page.post(own, data={"kept": [], "pace": "daily", "language": "en"}, expect=302)
    assert "/follow/left" in answer.location
    assert rows(Follower) == []


@pytest.mark.parametrize(
    "typed",
    [
        {"kept": ["999"], "pace": "daily", "language": "en"},
        {"kept": [], "pace": "x", "language": "en"},
        {"kept": [], "pace": "daily", "language": "xx"},
        {},
    ],
)
def test_nonsense_on_her_own_page_changes_nothing(cycle, follow, page, typed):
    own = follow()
    page.post(own, data=typed, expect=422)
    assert len(rows(Followed)) == 1
