"""Who follows."""

import secrets
from typing import Any

from sqlalchemy import select

from mobilizer.core.database import db
from mobilizer.core.sessions import hashed
from mobilizer.cycles.models import Cycle
from mobilizer.findings.queries import head
from mobilizer.follow.actions import ask
from mobilizer.follow.models import Followed, Follower, FollowWish
from mobilizer.follow.queries import secret_of, today
from mobilizer.follow.rules import Pace, next_day
from mobilizer.scorecards.queries.news import Subject
from mobilizer.scorecards.rules import About
from tests.builders.cycles import CycleBuilders


class FollowBuilders(CycleBuilders):
    """Followers by e-mail, and what waits to be confirmed."""

    def follower(self, *, cycle: Cycle | None = None, **given: Any) -> tuple[Follower, str]:
        """Somebody who confirmed that she follows everything, and the secret of her links."""
        newest = head()
        values: dict[str, Any] = {
            "reach": f"reader{next(self.numbers)}@mail.example",
            "language": "en",
            "pace": Pace.DAILY,
            "seen": newest.number if newest else 0,
            "next_on": next_day(Pace.DAILY, today()),
            "salt": secrets.token_hex(16),
        }
        follower = Follower(**{**values, **given})
        follower.token_hash = hashed(secret_of(follower))
        follower.followed.append(Followed(cycle_id=(cycle or self.the_cycle()).id, about=About.ALL))
        return self._keep(follower), secret_of(follower)

    def wish(self, address: str = "reader@mail.example") -> tuple[FollowWish, str]:
        """Somebody who asked to follow everything, and the secret of the letter."""
        ask(address, Subject(About.ALL, self.the_cycle()), "en", Pace.DAILY)
        db.session.flush()
        wish = db.session.scalars(select(FollowWish).where(FollowWish.address == address)).one()
        return wish, secret_of(wish)
