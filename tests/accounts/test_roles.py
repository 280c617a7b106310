import pytest

from mobilizer.accounts.rules import (
    ADMINISTRATOR,
    COORDINATOR,
    GRANTS,
    MENTOR,
    MOBILIZER,
    PERMISSIONS,
    Reach,
    Role,
    home,
    reach,
)
from mobilizer.accounts.rules.postings import Place, check_grant, check_place
from mobilizer.core.errors import RuleBroken

CONTENT = ("promise", "assignment", "entry", "evidence", "finding", "audit")


def test_an_administrator_sees_accounts_but_no_content():
    granted = {name for name, roles in PERMISSIONS.items() if ADMINISTRATOR in roles}

    assert not [name for name in granted if name.startswith(CONTENT)]
    assert "person.read" in granted


def test_a_mobilizer_reaches_her_own_work_and_reads_promises():
    far = {name: roles[MOBILIZER] for name, roles in PERMISSIONS.items() if MOBILIZER in roles}

    assert {name for name, reach in far.items() if reach != Reach.OWN} == {"promise.read"}
    assert not [name for name in far if name.startswith(("person", "posting", "desk"))]


def test_a_mentor_only_reads_about_people():
    far = {name for name, roles in PERMISSIONS.items() if MENTOR in roles}

    assert {name for name in far if name.startswith(("person", "posting"))} == {"person.read"}
    assert PERMISSIONS["person.read"][MENTOR] == Reach.REGION


def test_several_roles_reach_as_far_as_the_farthest():
    assert reach("entry.read", {MOBILIZER, MENTOR}) == Reach.REGION
    assert reach("entry.read", {MOBILIZER, COORDINATOR}) == Reach.CYCLE
    assert reach("entry.write", {MENTOR, COORDINATOR}) is None


def test_ones_own_account_is_open_to_whoever_has_one():
    assert reach("account.own", set()) == Reach.OWN
    assert reach("promise.read", set()) is None


def test_a_permission_that_is_not_in_the_table_is_a_slip():
    with pytest.raises(KeyError):
        reach("entry.wirte", {MOBILIZER})


def test_work_begins_on_the_phone_for_mobilizers_and_at_the_desk_for_others():
    assert home({MOBILIZER}) == "/field/"
    assert {home({role}) for role in (MENTOR, COORDINATOR, ADMINISTRATOR)} == {"/desk/"}
    assert home({MOBILIZER, MENTOR}) == "/desk/"
    assert home(set()) == "/account/"


@pytest.mark.parametrize("giver", Role)
@pytest.mark.parametrize("role", Role)
def test_who_may_give_which_role(giver, role):
    allowed = {
        COORDINATOR: {MOBILIZER, MENTOR},
        ADMINISTRATOR: {MOBILIZER, MENTOR, COORDINATOR, ADMINISTRATOR},
    }.get(giver, set())

    assert (role in GRANTS.get(giver, ())) == (role in allowed)
    if role in allowed:
        check_grant(role, 1, [(giver, 1)])
    else:
        with pytest.raises(RuleBroken):
            check_grant(role, 1, [(giver, 1)])


def test_a_coordinator_gives_roles_in_her_own_cycles_only():
    with pytest.raises(RuleBroken):
        check_grant(MENTOR, 2, [(COORDINATOR, 1), (MENTOR, 2)])
    check_grant(MENTOR, 2, [(ADMINISTRATOR, None)])


@pytest.mark.parametrize(
    ("role", "place"),
    [
        (MOBILIZER, Place(1, 2, 3)),
        (MOBILIZER, Place(1, 2)),
        (MENTOR, Place(1, 2)),
        (COORDINATOR, Place(1)),
        (ADMINISTRATOR, Place()),
    ],
)
def test_a_role_is_held_where_it_belongs(role, place):
    check_place(role, place)


@pytest.mark.parametrize(
    ("role", "place", "field"),
    [
        (MOBILIZER, Place(), "cycle"),
        (MOBILIZER, Place(1), "region"),
        (MENTOR, Place(None, 2), "cycle"),
        (MENTOR, Place(1), "region"),
        (MENTOR, Place(1, 2, 3), "mentor"),
        (COORDINATOR, Place(), "cycle"),
        (COORDINATOR, Place(1, 2), "region"),
        (ADMINISTRATOR, Place(1), "cycle"),
        (ADMINISTRATOR, Place(None, 2), "region"),
    ],
)
def test_a_role_is_held_nowhere_else(role, place, field):
    with pytest.raises(RuleBroken) as broken:
        check_place(role, place)

    assert broken.value.field == field
