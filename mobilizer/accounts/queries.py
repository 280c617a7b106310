"""Which people there are."""

from mobilizer.accounts.models import User
from mobilizer.core.database import db


def signed_in(user_id: str) -> User | None:
    """The person a session names; None when she has been deactivated since."""
    user = db.session.get(User, int(user_id))
    return user if user is not None and user.is_active else None
