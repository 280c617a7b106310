"""Signing in: who may, and what is noted of it."""

from sqlalchemy import select

from mobilizer.accounts.actions import passwords, throttle
from mobilizer.accounts.models import User
from mobilizer.accounts.rules.names import compared
from mobilizer.accounts.rules.throttle import Door, network
from mobilizer.audit.actions import record
from mobilizer.core import clock
from mobilizer.core.database import db, reading


def admit(sign_in_name: str, password: str, address: str) -> User | None:
    """The person these words belong to; None for wrong ones, whatever is wrong about them.

    The work is the same whether there is such an account or not. No transaction is open while
    the password is hashed; the one it is called in has ended.

    Raises:
        TooMany: the account or the address has failed too often.
    """
    own = Door.SIGN_IN_NAME, compared(sign_in_name)
    shared = Door.SIGN_IN_ADDRESS, network(address)
    throttle.enter(own, shared)
    user_id, password_hash, is_open = _account(own[1])
    if not passwords.is_right(password_hash, password) or not is_open or user_id is None:
        return None
    outdated = passwords.is_outdated(password_hash)
    renewed = passwords.hashed(password) if outdated else password_hash
    throttle.passed(own, shared)
    user = db.session.get_one(User, user_id)
    user.password_hash = renewed
    user.signed_in_at = clock.now()
    record(user, "account.sign_in", user)
    return user


def _account(sign_in_name: str) -> tuple[int | None, str, bool]:
    """The id, the hash and whether the account is open; of nobody where there is none."""
    account = select(User.id, User.password_hash, User.deactivated_at)
    with reading():
        found = db.session.execute(account.where(User.sign_in_name == sign_in_name)).one_or_none()
        db.session.rollback()
    return (found[0], found[1], found[2] is None) if found else (None, passwords.NOBODYS, False)
