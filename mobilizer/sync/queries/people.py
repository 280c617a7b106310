"""Whose a file is that a phone has exported."""

from mobilizer.accounts.models import User
from mobilizer.accounts.rules import Role
from mobilizer.core.database import db
from mobilizer.cycles.queries import posted, run_by
from mobilizer.sync.rules import person_key


def whose(key: str, secret: str, by: User) -> User | None:
    """The mobilizer of one of her cycles who has this opaque name."""
    for cycle in db.session.scalars(run_by(by)):
        for person in db.session.scalars(posted(cycle, Role.MOBILIZER)):
            if person_key(secret, person.id) == key:
                return person
    return None
