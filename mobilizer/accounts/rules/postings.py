"""Postings: which role needs what, and who may give it."""

from collections.abc import Collection
from dataclasses import dataclass

from mobilizer.accounts.rules.roles import (
    ADMINISTRATOR,
    COORDINATOR,
    GRANTS,
    MENTOR,
    MOBILIZER,
    Role,
)
from mobilizer.core.errors import RuleBroken
from mobilizer.core.words import N_


@dataclass(frozen=True)
class Place:
    """Where a role is held: a cycle, a region of it, under a mentor. Ids, or None."""

    cycle_id: int | None = None
    region_id: int | None = None
    mentor_id: int | None = None


def check_place(role: Role, place: Place) -> None:
    """A role is held where it belongs.

    Administrators are of no cycle; coordinators of a cycle; mentors and mobilizers of a region in
    a cycle; and a mobilizer alone has a mentor, who may still be to come.

    Raises:
        RuleBroken: something is missing or too much.
    """
    wants_cycle, wants_region = role != ADMINISTRATOR, role in (MENTOR, MOBILIZER)
    if wants_cycle and place.cycle_id is None:
        raise RuleBroken(N_("Choose a cycle."), field="cycle")
    if wants_region and place.region_id is None:
        raise RuleBroken(N_("Choose a region."), field="region")
    if not wants_cycle and place.cycle_id is not None:
        raise RuleBroken(N_("An administrator belongs to no cycle."), field="cycle")
    if not wants_region and place.region_id is not None:
        raise RuleBroken(N_("This role belongs to no region."), field="region")
    if place.mentor_id is not None and role != MOBILIZER:
        raise RuleBroken(N_("Only a mobilizer has a mentor."), field="mentor")


def check_grant(
    role: Role, cycle_id: int | None, roles: Collection[tuple[Role, int | None]]
) -> None:
    """Somebody may give or take this role.

    Args:
        role: the role that is given or taken.
        cycle_id: in which cycle.
        roles: what she holds herself, with the cycle of each.

    Raises:
        RuleBroken: no role of hers reaches so far.
    """
    for own, own_cycle_id in roles:
        if role in GRANTS.get(own, ()) and (own != COORDINATOR or own_cycle_id == cycle_id):
            return
    raise RuleBroken(N_("You cannot give or take this role."), field="role")
