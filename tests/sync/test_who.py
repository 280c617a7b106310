"""Every address of the phone × everybody × things that are not everybody's."""

import pytest

from mobilizer.accounts.models import User
from mobilizer.accounts.rules import PERMISSIONS, Role
from mobilizer.assignments.models import Assignment
from mobilizer.core.database import db
from mobilizer.core.policy import declared
from mobilizer.monitoring.models import Entry
from tests.evidence.uploading import announced
from tests.support.world import NOBODY, WHO, build
from tests.sync.phone import report, uid
from tests.sync.promising import promise

CONTENT = b"not a photo, but enough of one to be announced"
TUS = {"Tus_Resumable": "1.0.0", "Content_Type": "application/offset+octet-stream"}


@pytest.fixture
def world(make):
    return build(make)


def asked(phone, make, world, view):
    """What is sent to a view, and where: things of the mobilizer's."""
    if view == "sync.report":
        hers = db.session.get(Assignment, world.records["reported"])
        return "PUT", f"/sync/entries/{uid()}/revisions/1", report(hers), {}
    if view == "sync.promise":
        return "PUT", f"/sync/promises/{uid()}", promise(make), {}
    if view in ("sync.standing", "sync.piece"):
        upload = announced(db.session.get(Entry, world.records["draft entry"]), CONTENT).id
        method = "HEAD" if view == "sync.standing" else "PATCH"
        return method, f"/sync/media/{upload}", CONTENT[:10], {**TUS, "Upload_Offset": "0"}
    return "GET", view.replace("sync.", "/sync/"), b"", {}


#: view -> who is let in, of those whose role holds the permission; the others are told 404.
LETS_IN = {
    "sync.hello": set(WHO),
    "sync.pack": set(WHO),
    "sync.receipts": set(WHO),
    "sync.report": {"mobilizer"},
    "sync.promise": {"other mobilizer", "other mentor", "mobilizer", "mentor", "coordinator"},
    "sync.standing": {"mobilizer"},
    "sync.piece": {"mobilizer"},
}


def expected(app, view, who):
    if who == NOBODY:
        return 401
    role = Role(who.removeprefix("other "))
    permission = declared(app.view_functions[view])
    if permission != "account.own" and role not in PERMISSIONS[permission]:
        return 403
    if who not in LETS_IN[view]:
        return 404
    return {"sync.report": 201, "sync.promise": 201, "sync.piece": 204}.get(view, 200)


def test_no_address_is_left_out(app):
    assert {name for name in app.view_functions if name.startswith("sync.")} == set(LETS_IN)


@pytest.mark.parametrize("view", LETS_IN)
def test_who_may_ask_and_send_what(app, make, phone, world, view):
    wrong = []
    for who in WHO:
        method, address, content, headers = asked(phone, make, world, view)
        if who == NOBODY:
            phone.page.sign_out()
        else:
            phone.sign_in(db.session.get(User, world.people[who]))
        status = expected(app, view, who)
        try:
            phone.send(address, content, status, method=method, **headers)
        except AssertionError as fault:
            wrong.append(f"{who}: {fault}")
    assert not wrong, "\n".join(wrong)
