"""Making an account. The caller commits, and knows why there may be one."""

from sqlalchemy.exc import IntegrityError

from mobilizer.accounts.models import User
from mobilizer.accounts.rules.names import check_alias, sign_in_name
from mobilizer.core import clock
from mobilizer.core.database import db
from mobilizer.core.errors import RuleBroken
from mobilizer.core.words import N_


def create(
    name: str,
    password_hash: str,
    *,
    language: str,
    alias: str = "",
    full_name: str = "",
    suggested: str = "",
) -> User:
    """Make a person's account, without any role yet.

    Raises:
        RuleBroken: the sign-in name is taken or no name, or the alias gives the person away.
    """
    name = sign_in_name(name)
    check_alias(alias, full_name=full_name, sign_in_name=name, suggested=suggested)
    user = User(
        sign_in_name=name,
        email=name if "@" in name else None,
        full_name=full_name,
        alias=alias,
        language=language,
        password_hash=password_hash,
        created_at=clock.now(),
    )
    try:
        with db.session.begin_nested():
            db.session.add(user)
    except IntegrityError as taken:
        raise RuleBroken(
            N_("This sign-in name is taken. Choose another one."), field="sign_in_name"
        ) from taken
    return user
