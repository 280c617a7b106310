import pytest
import segno
from hypothesis import given, settings
from hypothesis import strategies as st

from mobilizer.accounts.rules import Role
from mobilizer.core.errors import RuleBroken
from mobilizer.cycles.rules import FIRST_CYCLE_QUOTAS, Headcount, Quotas
from mobilizer.people.rules import check_closing, free_places
from mobilizer.people.rules.qr import QUIET, drawn

REGIONS = [f"MK00{number}" for number in range(1, 9)]
NOBODY = {region: Headcount() for region in REGIONS}


def test_the_first_cycle_has_room_for_seventeen_mobilizers_and_eight_mentors():
    free = free_places(FIRST_CYCLE_QUOTAS, NOBODY, {})

    assert [role for role, _ in free].count(Role.MOBILIZER) == 17
    assert [role for role, _ in free].count(Role.MENTOR) == 8
    assert free.count((Role.MOBILIZER, "MK008")) == 3


def test_who_is_posted_or_invited_takes_a_place():
    there, invited = {"MK006": Headcount(1, 1)}, {"MK006": Headcount(1, 0)}

    assert free_places(Quotas(3, 1), there, invited) == ((Role.MOBILIZER, "MK006"),)


heads = st.builds(Headcount, st.integers(0, 5), st.integers(0, 5))


@settings(deadline=None)
@given(st.integers(0, 5), st.integers(0, 5), heads, heads)
def test_filling_every_free_place_leaves_none_free(mobilizers, mentors, posted, invited):
    quotas = Quotas(mobilizers, mentors)

    free = [role for role, _ in free_places(quotas, {"A": posted}, {"A": invited})]

    coming = Headcount(
        invited.mobilizers + free.count(Role.MOBILIZER), invited.mentors + free.count(Role.MENTOR)
    )
    assert free_places(quotas, {"A": posted}, {"A": coming}) == ()


def test_an_account_is_closed_only_by_who_could_take_all_its_roles():
    coordinator = [(Role.COORDINATOR, 1)]

    check_closing([(Role.MOBILIZER, 1), (Role.MENTOR, 1)], coordinator)
    check_closing([], coordinator)
    check_closing([(Role.COORDINATOR, 1)], [(Role.ADMINISTRATOR, None)])
    for roles in (
        [(Role.MOBILIZER, 1), (Role.MOBILIZER, 2)],
        [(Role.COORDINATOR, 1)],
        [(Role.MOBILIZER, 1), (Role.ADMINISTRATOR, None)],
    ):
        with pytest.raises(RuleBroken):
            check_closing(roles, coordinator)


def modules(path):
    """The dark modules of a path, read back from its rectangles."""
    for piece in path.split("M")[1:]:
        x, y = piece.partition("h")[0].split()
        width = int(piece.partition("h")[2].partition("v")[0])
        yield from ((int(x) + step, int(y)) for step in range(width))


@settings(deadline=None)
@given(st.text("abcdefghijklmnopqrstuvwxyz0123456789-_", min_size=43, max_size=43))
def test_the_drawn_code_is_the_code_with_a_quiet_border(token):
    link = f"https://promises.example/account/invitation/{token}"
    code = segno.make_qr(link, error="m", boost_error=False)

    qr = drawn(link)

    dark = {(x, y) for y, row in enumerate(code.matrix) for x, module in enumerate(row) if module}
    assert {(x - QUIET, y - QUIET) for x, y in modules(qr.path)} == dark
    assert qr.size == len(code.matrix) + 8
