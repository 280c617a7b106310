"""Every route × everybody × a record that is not everybody's: generated, none left out.

What must come back follows from three things: the permission the view declares, the table of who
holds it, and who may know of the record in the address. Whoever may not act changes nothing, with
data that do act in the right hands.
"""

import hashlib
from io import BytesIO
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from mobilizer.accounts.models import User
from mobilizer.accounts.rules import PERMISSIONS, Role
from mobilizer.core.database import db
from mobilizer.core.policy import ANYONE, PUBLIC, declared
from tests.support.addresses import ADDRESSES, WORDS
from tests.support.answers import Answer
from tests.support.applications import application
from tests.support.filled import DATA, FILES, NEEDS_MORE
from tests.support.page import Page
from tests.support.world import NOBODY, WHO, World

ROLE_OF = {who: Role(who.removeprefix("other ")) for who in WHO if who != NOBODY}
OF_THE_CYCLE = {"mobilizer", "other mobilizer", "mentor", "other mentor", "coordinator"}
HER_DESK = {"mobilizer", "mentor", "coordinator"}

#: record -> who may know that it is there. Whoever holds the permission and is not named: 404.
KNOWS = {
    "cycle": OF_THE_CYCLE | {"administrator"},
    "her": {"mentor", "coordinator", "administrator"},
    "posting": {"mentor", "coordinator", "administrator"},
    "invitation": {"coordinator", "administrator"},
    "session": {"mobilizer"},
    "draft": {"mobilizer", "mentor", "other mentor", "coordinator"},
    "checked": OF_THE_CYCLE,
    "logging": {"mobilizer"},
    "reported": HER_DESK,
    "handable": HER_DESK,
    "begun": HER_DESK,
    "returned": HER_DESK,
    "sent back": HER_DESK,
    "asked": HER_DESK,
    "resolved": HER_DESK,
    "meeting": {"mentor"},
    "waiting": HER_DESK,
    "late": HER_DESK,
    "approved": HER_DESK,
    "mentor posting": {"mentor", "coordinator", "administrator"},
    "stand-in": {"mentor", "coordinator", "administrator"},
    "look": {"mentor"},
    "photo": HER_DESK,
    "clip": HER_DESK,
    "published": {"coordinator"},
    "reply": {"coordinator"},
    "reply link": {"coordinator"},
    "request": {"coordinator"},
    "answered request": {"coordinator"},
    "published answer": {"coordinator"},
}

#: Who knows of the record and holds the permission, yet may not act on it here.
MAY_NOT_ACT = {
    "conversation.resolve": {"mobilizer"},  # before she has answered
    "mentoring.new": {"other mentor"},
    "people.invite": {"other coordinator"},
    "people.workshop": {"other coordinator"},
    "promises.change": {"other mentor"},
    "promises.decide": {"other mentor"},
    "promises.duplicate": {"other mentor"},
    "promises.keep_copy": {"other mentor"},
    "promises.reopen": {"other mentor"},
}

#: Public views of what this world does not have: not there, for everybody alike.
NOT_THERE = {
    "api.package",  # no package of the cycle is kept: the worker makes it
    "api.package_of_month",  # nor of a month
}


def rules(app: Flask) -> list[Any]:
    return list(app.url_map.iter_rules())


def views(method: str) -> list[str]:
    app = application("sqlite://")
    return sorted({rule.endpoint for rule in rules(app) if method in (rule.methods or ())})


def expected(app: Flask, view: str, who: str) -> str:
    """What must become of a request: let in, refused, hidden, or shown the door."""
    permission = declared(app.view_functions[view])
    if permission in (PUBLIC, ANYONE):
        return "hidden" if view in NOT_THERE else "let in"
    if who == NOBODY:
        return "shown the door"
    if ROLE_OF[who] not in PERMISSIONS[permission or ""]:
        return "refused"
    asked = [name for name in ADDRESSES.get(view, {}).values() if name not in WORDS]
    return "let in" if not asked or who in KNOWS[asked[0]] else "hidden"


def became(answer: Answer, who: str) -> str:
    """What became of a request. Something sent by nobody is kept, and she is asked who she is."""
    assert answer.status < 500
    is_led = "/account/sign-in?next=" in (answer.location or "")
    if is_led or (who == NOBODY and answer.status in (401, 409)):
        return "shown the door"
    return {403: "refused", 404: "hidden"}.get(answer.status, "let in")


def enter(page: Page, world: World, who: str) -> None:
    page.sign_out()
    if who != NOBODY:
        page.sign_in(db.session.get(User, world.people[who]))


@pytest.mark.parametrize("who", WHO)
def test_who_may_open_what(app: Flask, page: Page, world: World, who: str) -> None:
    enter(page, world, who)
    wrong = []
    for view in views("GET"):
        answer = page.get(view, expect=None, **world.values(view))
        found, wanted = became(answer, who), expected(app, view, who)
        if found != wanted:
            wrong.append(f"{view}: {who} is {found} ({answer.status}), not {wanted}")
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("view", views("POST"))
def test_who_may_do_what(app: Flask, page: Page, world: World, view: str) -> None:
    may = [who for who in WHO if expected(app, view, who) == "let in"]
    doers = [who for who in may if who not in MAY_NOT_ACT.get(view, ())]
    others = [who for who in WHO if who not in doers]
    wrong = []
    before = digest()
    for who in (*others, *doers):
        found, wanted = tried(page, world, view, who), expected(app, view, who)
        if found != wanted:
            wrong.append(f"{who} is {found}, not {wanted}")
        if who in others and digest() != before:
            wrong.append(f"{who} changed something")
    assert not wrong, "\n".join(wrong)
    assert view in NEEDS_MORE or digest() != before, "nobody changed anything: the form is empty"


def tried(page: Page, world: World, view: str, who: str) -> str:
    """Send the form, and tell what became of it."""
    enter(page, world, who)
    form: dict[str, Any] = world.filled(DATA.get(view, {}))
    if view in FILES:
        field, content = FILES[view]
        form[field] = (BytesIO(content), "file")
    address = page.address(view, **world.values(view))
    return became(page.post(address, data=form, expect=None), who)


def digest() -> str:
    """All that is stored, but for who is signed in where and who tried at the door."""
    db.session.commit()
    seen = hashlib.sha256()
    for table in db.metadata.sorted_tables:
        if table.name not in ("web_session", "throttle"):
            seen.update(repr(sorted(map(repr, db.session.execute(select(table))))).encode())
    db.session.commit()
    return seen.hexdigest()


def test_no_route_is_left_out(app: Flask) -> None:
    """A new route with something in its address must say in ``ADDRESSES`` what that is."""
    missing = {
        rule.endpoint: asked
        for rule in rules(app)
        if (
            asked := rule.arguments
            - set(rule.defaults or {})
            - set(ADDRESSES.get(rule.endpoint, ()))
        )
    }
    assert not missing
    assert set(ADDRESSES) <= set(app.view_functions), "a view that is no longer there"
    named = {name for keys in ADDRESSES.values() for name in keys.values()} - set(WORDS)
    public = {
        "clip sha256",
        "far clip",
        "far photo",
        "follower",
        "municipality",
        "page of an alias",
        "party",
        "region",
        "sha256",
        "spare",
        "token",
        "topic",
        "way back",
        "way to ask",
        "way to reply",
        "way to reply anew",
        "wish",
    }
    assert named - public == set(KNOWS)
