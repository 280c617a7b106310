"""Nothing is sent to an address until its owner has said that it is hers."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from mobilizer.accounts.rules.throttle import LIMITS, Door
from mobilizer.audit.models import AuditEvent
from mobilizer.core import clock
from mobilizer.core.database import db
from mobilizer.follow.models import Followed, Follower, FollowWish
from mobilizer.follow.rules import WAITING
from mobilizer.jobs.models import Job
from tests.follow.conftest import MIRA, WEDNESDAY, leaving, link, rows


def test_an_address_that_is_not_confirmed_follows_nothing(cycle, make, ask, morning, out):
    letter = ask()

    assert letter["To"] == MIRA
    assert "press the button" in letter.get_content()
    assert rows(Follower) == []
    make.finding(make.promise(cycle=cycle))
    morning()
    assert out.letters == [letter]


def test_a_program_that_looks_at_the_link_confirms_nothing(cycle, ask, page):
    where = link(ask())
    for _ in range(2):
        assert "Yes, I want to follow" in page.get(where)
    page.client.head(where)

    assert rows(Follower) == []


def test_who_presses_the_button_follows(cycle, follow, page):
    own = follow("topics/health", pace="weekly")
    [follower] = rows(Follower)

    assert (follower.reach, follower.pace.value, follower.language) == (MIRA, "weekly", "en")
    assert rows(FollowWish) == []
    assert "Health" in page.get(own)


def test_a_link_confirms_once_and_not_too_late(cycle, ask, page):
    where = link(ask())
    page.post(where, expect=302)
    assert "This link does not work" in page.get(where, expect=404)
    assert "This link does not work" in page.post(where, expect=409)

    where = link(ask("topics/health"))
    with clock.at(WEDNESDAY + WAITING + timedelta(minutes=1)):
        assert "This link does not work" in page.get(where, expect=404)
        assert "This link does not work" in page.post(where, expect=409)
    assert len(rows(Followed)) == 1


def test_no_page_and_no_answer_tells_whether_an_address_follows(cycle, ask, follow, page, out):
    follow()
    known, unknown = (
        page.post("/follow/all", data={"address": address, "pace": "daily"}, expect=302)
        for address in (MIRA, "nobody@mail.example")
    )
    assert known.location == unknown.location
    assert MIRA not in known.location

    assert "You are told already" in ask().get_content()
    assert "press the button" in ask(address="other@mail.example").get_content()


def test_the_letter_to_who_follows_already_leads_to_her_own_page(cycle, ask, follow, page):
    own = follow().partition("&")[0]
    assert link(ask()) == own
    assert "What you follow" in page.get(own)


def test_nobody_is_asked_more_than_a_few_times(cycle, ask):
    most = LIMITS[Door.FOLLOW_ADDRESS].tries
    letters = [ask(address=address) for address in (MIRA, MIRA.upper()) * most]

    assert len([letter for letter in letters if letter]) == most
    assert len(rows(FollowWish)) == most


def test_who_confirms_may_ask_for_as_much_as_can_be_followed(cycle, make, follow, ask):
    most = LIMITS[Door.FOLLOW_ADDRESS].tries
    promises = [make.promise(cycle=cycle) for _ in range(most)]
    for promise in promises:
        follow(f"promises/{promise.number}")

    assert ask("all") is not None
    assert len(rows(Followed)) == most


def test_whose_letters_have_come_to_an_end_is_told_how_many_there_are(cycle, page):
    assert f"gets {LIMITS[Door.FOLLOW_ADDRESS].tries} such letters" in page.get("/follow/asked")


def test_before_she_confirms_she_is_told_that_it_holds_for_all_she_follows(cycle, ask, page):
    assert "of all of them so often and in this language" in page.get(link(ask()))


def test_from_one_network_there_is_an_end_to_it(cycle, page):
    most = LIMITS[Door.FOLLOW_NETWORK].tries
    for number in range(most):
        address = f"a{number}@mail.example"
        page.post("/follow/all", data={"address": address, "pace": "daily"})
    refused = page.post("/follow/all", data={"address": MIRA, "pace": "daily"}, expect=429)

    assert "Retry-After" in refused.headers
    assert len(rows(FollowWish)) == most


def test_what_nobody_confirms_is_forgotten(cycle, ask, morning):
    ask()
    morning(2)
    assert len(rows(FollowWish)) == 1
    morning(4)
    assert rows(FollowWish) == []


def test_a_letter_that_asks_can_be_left_by_one_click_too(cycle, ask, page, work, out):
    letter = ask()
    page.client.post(leaving(letter), data={"List-Unsubscribe": "One-Click"})

    assert rows(FollowWish) == []
    page.get(link(letter), expect=404)


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ({"address": "", "pace": "daily"}, "This is needed"),
        ({"address": "mira", "pace": "daily"}, "This is not an e-mail address"),
        ({"address": "mira@mail.example\r\nBcc: x@y.example", "pace": "daily"}, "not an e-mail"),
        ({"address": "a" * 300 + "@mail.example", "pace": "daily"}, "254"),
        ({"address": MIRA, "pace": "hourly"}, "Not a valid choice"),
        ({"address": MIRA}, "This is needed"),
    ],
)
def test_what_is_wrong_is_said_beside_its_field_and_nothing_is_lost(cycle, page, typed, says):
    shown = page.post("/follow/all", data=typed, expect=422)

    assert says in shown
    assert rows(FollowWish) == []
    if typed["address"] == "mira":
        assert shown.query("#address")[0].attrs["value"] == "mira"


@pytest.mark.parametrize(
    "where",
    ["topics/none", "people/x", "promises/99", "promises/x", "all?cycle=none", "regions/x"],
)
def test_what_is_not_there_is_not_followed(cycle, page, where):
    page.get(f"/follow/{where}", expect=404)
    page.post(f"/follow/{where}", data={"address": MIRA, "pace": "daily"}, expect=404)


def test_no_page_of_following_sets_a_cookie_or_may_be_kept(cycle, ask, follow, page):
    own = follow()
    for where in ("/follow/all", "/follow/asked", "/follow/left", own, own.replace("own", "leave")):
        answer = page.get(where)
        assert "Set-Cookie" not in answer.headers
        assert answer.headers["Cache-Control"] == "no-store"
        assert answer.headers["Referrer-Policy"] == "no-referrer"
        assert MIRA not in answer.source


def test_an_address_stands_nowhere_but_where_it_is_needed(cycle, make, follow, morning, caplog):
    caplog.set_level("DEBUG")
    follow()
    make.finding(make.promise(cycle=cycle))
    morning()

    assert MIRA not in caplog.text
    for model in (Job, AuditEvent):
        assert MIRA not in str([vars(row) for row in rows(model)])
    [follower] = rows(Follower)
    assert follower.reach == MIRA


def test_a_copy_of_the_database_confirms_nothing_and_leaves_for_nobody(cycle, ask, page):
    ask()
    [wish] = rows(FollowWish)
    for stolen in (wish.salt, wish.token_hash, wish.uid):
        page.post(f"/follow/confirm/{stolen}", expect=409)
        page.client.post(f"/follow/leave/{stolen}")
    assert db.session.scalar(select(func.count(FollowWish.uid))) == 1


def test_where_no_letters_can_be_sent_none_is_promised(app, cycle, page, monkeypatch):
    monkeypatch.setitem(app.config, "MAIL_URL", "console:")
    monkeypatch.setitem(app.config, "IS_PRODUCTION", True)

    assert not page.get("/follow/all").query("main form")
    refused = page.post("/follow/all", data={"address": MIRA, "pace": "daily"}, expect=422)
    assert "No letters can be sent" in refused
