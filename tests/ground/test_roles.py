"""Every route × everybody × a record that is not everybody's: generated, none left out.

What must come back follows from three things: the permission the view declares, the table of who
holds it, and who may know of the record in the address. Whoever may not act changes nothing, with
data that do act in the right hands.
"""

from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask

from mobilizer.accounts.rules import PERMISSIONS, Role
from mobilizer.core import clock
from mobilizer.core.database import db
from mobilizer.core.policy import ANYONE, PUBLIC, declared
from tests.builders import Builders
from tests.support.applications import application
from tests.support.page import Page
from tests.support.world import ADDRESSES, NOBODY, NOVEMBER, WHO, WORDS, World, build

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
    "begun": HER_DESK,
    "returned": HER_DESK,
    "waiting": HER_DESK,
    "late": HER_DESK,
    "photo": HER_DESK,
}

#: What makes a sent form do something, where an empty one would not: view -> fields.
SAID = "Words that say what was seen, where, when and by whom."
DATA: dict[str, dict[str, Any]] = {
    "assignments.withdraw": {"reason": "She moved away."},
    "cycles.edit": {"name_en": "Another name"},
    "cycles.extensions": {"month": "2026-11-01", "until": "2026-12-20", "reason": "She was ill."},
    "cycles.topic": {"name_en": "Another name"},
    "cycles.topics": {"name_en": "A new topic"},
    "monitoring.could_not": {"because": "no_access", "tried": SAID},
    "monitoring.same": {"tried": SAID},
    "monitoring.save": {"rating_reason": SAID + " Today."},
    "monitoring.save_evidence": {"link": "https://news.example/another"},
    "promises.decide": {"testability": "testable"},
    "promises.duplicate": {"duplicate_of": "1"},
    "promises.keep": {"exact_words": "Other words that nobody promised.", "go": "later"},
    "promises.publish": {"seen": "1"},
    "promises.reopen": {"seen": "1", "reason": "Its target is missing."},
    "review.decide": {"verdict": "return", "comment_whole": "Who said so?"},
}
#: Who knows of the record and holds the permission, yet may not act on it.
MAY_LOOK_ONLY = {
    "promises.change": {"other mentor"},
    "promises.decide": {"other mentor"},
    "promises.duplicate": {"other mentor"},
    "promises.reopen": {"other mentor"},
}
#: Who knows of it elsewhere, but is told here that there is nothing.
HIDDEN_FROM = {
    "promises.change": {"other mobilizer"},
}
#: Views whose step is not open to the record as it is: her account is open already.
CLOSED_STEP = {"people.reactivate"}


def views(method: str) -> list[str]:
    app = application("sqlite://")
    rules = app.url_map.iter_rules()
    return sorted({rule.endpoint for rule in rules if method in (rule.methods or ())})


@pytest.fixture
def world(make: Builders) -> Iterator[World]:
    with clock.at(NOVEMBER):
        world = build(make)
        db.session.commit()
        yield world


def expected(app: Flask, view: str, who: str) -> str:
    """What must become of a request: let in, refused, hidden, or shown the door."""
    permission = declared(app.view_functions[view])
    if permission in (PUBLIC, ANYONE):
        return "let in"
    if who == NOBODY:
        return "shown the door"
    if ROLE_OF[who] not in PERMISSIONS[permission or ""]:
        return "refused"
    asked = [name for name in ADDRESSES.get(view, {}).values() if name not in WORDS]
    return "let in" if not asked or who in KNOWS[asked[0]] else "hidden"


def became(status: int, location: str | None) -> str:
    if location and "/account/sign-in" in location:
        return "shown the door"
    return {403: "refused", 404: "hidden"}.get(status, "let in")


def enter(page: Page, world: World, who: str) -> None:
    page.sign_out()
    if who != NOBODY:
        from mobilizer.accounts.models import User

        page.sign_in(db.session.get(User, world.people[who]))


@pytest.mark.parametrize("who", WHO)
def test_who_may_open_what(app: Flask, page: Page, world: World, who: str) -> None:
    enter(page, world, who)
    wrong = []
    for view in views("GET"):
        answer = page.get(view, expect=None, **world.values(view))
        found, wanted = became(answer.status, answer.location), expected(app, view, who)
        if found != wanted or answer.status >= 500:
            wrong.append(f"{view}: {who} is {found} ({answer.status}), not {wanted}")
    assert not wrong, "\n".join(wrong)
