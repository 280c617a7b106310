"""People, their postings and invitations, and the extensions they are given."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from argon2 import PasswordHasher

from mobilizer.accounts.models import Invitation, Posting, StandIn, User, WayBack
from mobilizer.accounts.rules import Role
from mobilizer.core import clock
from mobilizer.core.sessions import hashed
from mobilizer.cycles.models import Cycle, Extension
from mobilizer.places.models import Place
from tests.builders.base import month, months_from
from tests.builders.cycles import CycleBuilders

PASSWORD = "correct horse battery staple"
#: Costs a test nothing; takes the place of the real one wherever there is an ``app``.
HASHER = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
PASSWORD_HASH = HASHER.hash(PASSWORD)


class PeopleBuilders(CycleBuilders):
    """Who."""

    def user(
        self,
        role: Role | str | None = None,
        region: Place | str | None = None,
        *,
        cycle: Cycle | None = None,
        mentor: User | None = None,
        **given: Any,
    ) -> User:
        """A person who can sign in with ``PASSWORD``; posted if a role is said."""
        number = next(self.numbers)
        values: dict[str, Any] = {
            "sign_in_name": f"person{number}@promises.example",
            "full_name": f"Person {number}",
            "alias": f"Alias {number}",
            "password_hash": PASSWORD_HASH,
            "created_at": clock.now(),
        }
        user = self._keep(User(**{**values, **given}))
        if role is not None:
            self.posting(user, role, region, cycle=cycle, mentor=mentor)
        return user

    def posting(
        self,
        user: User,
        role: Role | str,
        region: Place | str | None = None,
        *,
        cycle: Cycle | None = None,
        mentor: User | None = None,
        **given: Any,
    ) -> Posting:
        """A role of a person, in the test's cycle if no other is said."""
        role = Role(role)
        place = self.region(region) if isinstance(region, str) else region
        if role != Role.ADMINISTRATOR:
            cycle = cycle or self.the_cycle()
        return self._keep(
            Posting(
                user=user,
                role=role,
                cycle_id=cycle.id if cycle else None,
                region_id=place.id if place else None,
                mentor=mentor,
                created_at=clock.now(),
                **given,
            )
        )

    def mobilizer(self, region: Place | str = "Polog", **given: Any) -> User:
        return self.user(Role.MOBILIZER, region, **given)

    def mentor(self, region: Place | str = "Polog", **given: Any) -> User:
        return self.user(Role.MENTOR, region, **given)

    def coordinator(self, **given: Any) -> User:
        return self.user(Role.COORDINATOR, **given)

    def administrator(self, **given: Any) -> User:
        return self.user(Role.ADMINISTRATOR, **given)

    def invitation(
        self,
        role: Role | str = Role.MOBILIZER,
        region: Place | str | None = "Polog",
        *,
        cycle: Cycle | None = None,
        **given: Any,
    ) -> tuple[Invitation, str]:
        """An open invitation of the test's cycle, and its token."""
        role = Role(role)
        place = self.region(region) if isinstance(region, str) else region
        has_region = role in (Role.MOBILIZER, Role.MENTOR)
        token = f"token-of-invitation-{next(self.numbers)}"
        values: dict[str, Any] = {
            "token_hash": hashed(token),
            "role": role,
            "cycle_id": (cycle or self.the_cycle()).id if role != Role.ADMINISTRATOR else None,
            "region_id": place.id if place and has_region else None,
            "created_at": clock.now(),
            "expires_at": clock.now() + timedelta(days=7),
        }
        return self._keep(Invitation(**{**values, **given})), token

    def way_back(self, user: User, **given: Any) -> str:
        """An open link for a new password: its token."""
        token = f"token-of-way-back-{next(self.numbers)}"
        values: dict[str, Any] = {
            "token_hash": hashed(token),
            "user_id": user.id,
            "opened_by_id": user.id,
            "opened_at": clock.now(),
            "expires_at": clock.now() + timedelta(days=1),
        }
        self._keep(WayBack(**{**values, **given}))
        return token

    def stand_in(self, posting: Posting, user: User, *, first: str, last: str) -> StandIn:
        """Another mentor who looks after an absent one's reports from day to day."""
        begins, ends = date.fromisoformat(first), date.fromisoformat(last)
        return self._keep(
            StandIn(
                posting=posting,
                user=user,
                first_day=begins,
                last_day=ends,
                begins_at=datetime.combine(begins, time(), UTC),
                ends_at=datetime.combine(ends + timedelta(days=1), time(), UTC),
                named_by_id=user.id,
                named_at=clock.now(),
            )
        )

    def extension(
        self, user: User | None = None, *, cycle: Cycle | None = None, **given: Any
    ) -> Extension:
        """One person's later close of this month."""
        cycle = cycle or self.the_cycle()
        this_month = clock.today(cycle.time_zone).replace(day=1)
        values = {
            "month": month(given.pop("month", this_month)),
            "until": months_from(this_month, 1).replace(day=15),
            "reason": "She was ill.",
            "created_at": clock.now(),
        }
        person = user or self.mobilizer(cycle=cycle)
        giver = given.pop("given_by", None) or self.coordinator(cycle=cycle)
        return self._keep(
            Extension(
                cycle_id=cycle.id, user_id=person.id, given_by_id=giver.id, **{**values, **given}
            )
        )
