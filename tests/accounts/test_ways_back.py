"""Who has lost her password comes back by a link, once."""

from datetime import timedelta

import pytest

from mobilizer.accounts.actions import passwords
from mobilizer.accounts.models import WayBack
from mobilizer.core import clock
from mobilizer.core.database import db
from mobilizer.people.actions import open_way_back

NEW = "gumbo lantern fiddle"


def come(page, token, password=NEW, expect=302):
    return page.post(f"/account/way-back/{token}", data={"password": password}, expect=expect)


def test_a_link_gives_a_new_password_and_signs_in(make, page):
    her = make.mobilizer()
    old = her.password_hash
    assert come(page, make.way_back(her)).location == "/field/"
    page.get("accounts.own")
    db.session.refresh(her)
    assert her.password_hash != old
    assert passwords.is_right(her.password_hash, NEW)


def test_the_page_says_whose_it_is_and_looking_does_not_use_it_up(make, page):
    her = make.mobilizer()
    token = make.way_back(her)
    for _ in range(2):
        assert her.sign_in_name in page.get(f"/account/way-back/{token}")
    come(page, token)


def test_coming_back_signs_out_everywhere_else(make, app, page):
    her = make.mobilizer()
    thief = type(page)(app)
    thief.sign_in(her)
    thief.get("accounts.own")
    come(page, make.way_back(her))
    assert "sign-in" in (thief.get("accounts.own", expect=302).location or "")


@pytest.mark.parametrize(
    "why",
    [
        {"used_at": timedelta(hours=-1)},
        {"expires_at": timedelta(0)},
    ],
)
def test_a_link_that_was_used_or_has_expired_opens_nothing(make, page, why):
    moments = {name: clock.now() + off for name, off in why.items()}
    token = make.way_back(make.mobilizer(), **moments)
    assert "This link does not work" in page.get(f"/account/way-back/{token}", expect=404)
    come(page, token, expect=404)


def test_a_link_works_once(make, page):
    token = make.way_back(make.mobilizer())
    come(page, token)
    page.sign_out()
    come(page, token, "another lantern fiddle", expect=404)


def test_a_closed_account_has_no_way_back(make, page):
    token = make.way_back(make.mobilizer(deactivated_at=clock.now()))
    come(page, token, expect=404)


@pytest.mark.parametrize("password", ["", "short", "password123"])
def test_a_bad_password_is_refused_beside_its_field_and_the_link_stays(make, page, password):
    token = make.way_back(make.mobilizer())
    answer = come(page, token, password, expect=200)
    assert answer.query(".has-error")
    come(page, token)


def test_a_coordinator_hands_over_a_link_that_works(make, page):
    coordinator, her = make.coordinator(), make.mobilizer()
    page.sign_in(coordinator)
    shown = page.post("people.way_back", user_id=her.id, expect=200)
    (link,) = shown.texts(".address code")
    page.sign_out()
    assert come(page, link.rpartition("/")[2]).location == "/field/"


def test_a_newer_link_ends_the_older(make, page):
    coordinator, her = make.coordinator(), make.mobilizer()
    older = make.way_back(her)
    _, newer = open_way_back(her, by=coordinator)
    db.session.commit()
    come(page, older, expect=404)
    come(page, newer)


@pytest.mark.parametrize("whose", ["administrator", "coordinator", "her own"])
def test_nobody_opens_a_way_into_an_account_that_may_do_more(make, page, whose):
    coordinator = make.coordinator()
    others = {"administrator": make.administrator, "coordinator": make.coordinator}
    target = others[whose]() if whose in others else coordinator
    page.sign_in(coordinator)
    page.post("people.way_back", user_id=target.id, expect=None)
    assert page.last.status in (404, 409)
    assert db.session.scalars(db.select(WayBack)).first() is None


def test_a_link_stands_nowhere_in_what_is_stored(make):
    way, token = open_way_back(make.mobilizer(), by=make.coordinator())
    assert token not in str(vars(way))
