"""How many people are still wanted, and where."""

from collections.abc import Collection, Mapping
from datetime import date

from mobilizer.accounts.rules import Role
from mobilizer.accounts.rules.postings import check_grant
from mobilizer.core.errors import RuleBroken
from mobilizer.core.words import N_
from mobilizer.cycles.rules import Headcount, Quotas

#: A role and the region it is wanted in, by its code.
FreePlace = tuple[Role, str]
#: A mentor who is away for longer, in days, is replaced and not stood in for.
LONGEST_ABSENCE = 92
#: An absence is known at most so many days beforehand.
FURTHEST_ABSENCE = 366


def free_places(
    quotas: Quotas, there: Mapping[str, Headcount], invited: Mapping[str, Headcount]
) -> tuple[FreePlace, ...]:
    """The places of the plan for which nobody is posted or invited, region by region.

    Args:
        quotas: the plan of the cycle.
        there: people posted, by the code of every region.
        invited: people with an open invitation, likewise; an absent region has none.
    """
    free: list[FreePlace] = []
    for region, posted in there.items():
        planned, coming = quotas.of(region), invited.get(region, Headcount())
        mentors = planned.mentors - posted.mentors - coming.mentors
        mobilizers = planned.mobilizers - posted.mobilizers - coming.mobilizers
        free += [(Role.MENTOR, region)] * mentors + [(Role.MOBILIZER, region)] * mobilizers
    return tuple(free)


def check_absence(first: date, last: date, today: date) -> None:
    """Days of an absence: in order, not over, and not for ever.

    Raises:
        RuleBroken: they are not.
    """
    if last < first:
        raise RuleBroken(N_("The last day comes before the first."), field="last_day")
    if last < today:
        raise RuleBroken(N_("These days are over."), field="last_day")
    if (first - today).days > FURTHEST_ABSENCE:
        raise RuleBroken(N_("This is too far ahead."), field="first_day")
    if (last - first).days >= LONGEST_ABSENCE:
        raise RuleBroken(
            N_("At most %(most)s days at once: then name another mentor for good."),
            field="last_day",
            most=LONGEST_ABSENCE,
        )


def check_closing(
    roles: Collection[tuple[Role, int | None]], by: Collection[tuple[Role, int | None]]
) -> None:
    """Somebody may close, open or sign out an account: if she could take all its roles.

    Args:
        roles: what the person holds, with the cycle of each.
        by: what she holds who would close the account.

    Raises:
        RuleBroken: the person holds a role that is not hers to take.
    """
    for role, cycle_id in roles:
        try:
            check_grant(role, cycle_id, by)
        except RuleBroken as broken:
            raise RuleBroken(
                N_("This person holds a role that is not yours to take: ask an administrator.")
            ) from broken
