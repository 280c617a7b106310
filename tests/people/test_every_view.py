"""Every view of the people's desk × every kind of person: generated, none left out."""

import pytest

from mobilizer.accounts.rules import PERMISSIONS, Role
from mobilizer.core.policy import declared

#: Who somebody is, beside the person the page is about: a mobilizer of Polog.
WHO = ("anonymous", "herself", "mobilizer", "mentor", "far mentor", "coordinator",
       "far coordinator", "administrator", "without role")  # fmt: skip

#: view -> (method, what the address names). A view that is missing here fails the test below.
VIEWS = {
    "people.index": ("GET", None),
    "people.show": ("GET", "user_id"),
    "people.deactivate": ("POST", "user_id"),
    "people.reactivate": ("POST", "user_id"),
    "people.sign_out": ("POST", "user_id"),
    "people.way_back": ("POST", "user_id"),
    "people.invite": ("GET", None),
    "people.workshop": ("GET", None),
    "people.invitations": ("GET", None),
    "people.withdraw": ("POST", "invitation_id"),
    "people.absence": ("GET", "posting_id"),
    "people.end_stand_in": ("POST", "stand_in_id"),
    "people.add_posting": ("GET", "user_id"),
    "people.change_posting": ("GET", "posting_id"),
    "people.end_posting": ("POST", "posting_id"),
}

#: Who may know of the record, among those who hold the permission.
KNOWS = {
    "user_id": {"mentor", "coordinator", "administrator"},
    "posting_id": {"mentor", "coordinator", "administrator"},
    "invitation_id": {"coordinator", "administrator"},
    "stand_in_id": {"coordinator", "administrator"},
}
ROLE_OF = {"far mentor": Role.MENTOR, "far coordinator": Role.COORDINATOR, "herself": "mobilizer"}


@pytest.fixture
def world(make):
    """The records that the addresses name, and the people who ask."""
    mira = make.mobilizer("Polog")
    mira.deactivated_at = None
    invitation, _ = make.invitation()
    other = make.cycle()
    absent, there = make.mentor("Polog"), make.mentor("Vardar")
    stand_in = make.stand_in(absent.postings[0], there, first="2026-01-01", last="2026-01-02")
    ids = {
        "stand_in_id": stand_in.id,
        "user_id": mira.id,
        "posting_id": mira.postings[0].id,
        "invitation_id": invitation.id,
    }
    people = {
        "herself": mira,
        "mobilizer": make.mobilizer("Polog"),
        "mentor": make.mentor("Polog"),
        "far mentor": make.mentor("Pelagonia"),
        "coordinator": make.coordinator(),
        "far coordinator": make.coordinator(cycle=other),
        "administrator": make.administrator(),
        "without role": make.user(),
    }
    return ids, people


def expected(app, view, who):
    method, names = VIEWS[view]
    role = ROLE_OF.get(who, who)
    if who == "anonymous":
        return 302 if method == "GET" else 409
    if role not in set(Role) or Role(role) not in PERMISSIONS[declared(app.view_functions[view])]:
        return 403
    if names and who not in KNOWS[names]:
        return 404
    if view == "people.reactivate":
        return 409  # Her account is open.
    if view == "people.way_back":
        return 200  # The link is shown, this once.
    return 200 if method == "GET" else 302


@pytest.mark.parametrize("who", WHO)
@pytest.mark.parametrize("view", VIEWS)
def test_who_may_open_and_do_what(app, page, world, view, who):
    ids, people = world
    method, names = VIEWS[view]
    values = {names: ids[names]} if names else {}
    if who != "anonymous":
        page.sign_in(people[who])
    page.get("/account/sign-in", expect=None if who == "anonymous" else 302)

    wanted = expected(app, view, who)
    if method == "GET":
        page.get(view, expect=wanted, **values)
    else:
        if who != "anonymous":
            page.get("accounts.own")
        page.post(view, expect=wanted, **values)


def test_no_view_of_the_desk_is_left_out(app):
    assert {name for name in app.view_functions if name.startswith("people.")} == set(VIEWS)
