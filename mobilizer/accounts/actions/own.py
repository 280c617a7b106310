"""What a person changes about herself. The caller commits."""

import secrets

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from mobilizer.accounts.actions import passwords
from mobilizer.accounts.models import User
from mobilizer.accounts.rules.names import check_alias
from mobilizer.accounts.rules.passwords import check_password
from mobilizer.audit.actions import record
from mobilizer.core.database import db
from mobilizer.core.errors import RuleBroken
from mobilizer.core.sessions import WebSession, end_sessions
from mobilizer.core.text import slug
from mobilizer.core.words import N_

#: So long is the part of an address that is made of an alias.
LONGEST_ADDRESS = 60


def describe(
    user: User,
    *,
    language: str,
    alias: str,
    full_name: str,
    is_named_in_public: bool,
    has_public_page: bool,
    suggested: str = "",
    by: User,
) -> None:
    """Change how a person is called, in what language, and what the public sees of her.

    Raises:
        RuleBroken: the alias gives her away or makes no address, or there is no name to be
            named by.
    """
    if is_named_in_public and not full_name:
        raise RuleBroken(N_("To be named in public, give your name."), field="full_name")
    check_alias(alias, full_name=full_name, sign_in_name=user.sign_in_name, suggested=suggested)
    wanted = {
        "language": language,
        "alias": alias,
        "full_name": full_name,
        "is_named_in_public": is_named_in_public,
        "public_page": _address(user, alias) if has_public_page else None,
    }
    changed = [name for name, value in wanted.items() if getattr(user, name) != value]
    for name in changed:
        setattr(user, name, wanted[name])
    _store()
    if changed:
        record(by, "account.change", user, changed=changed)


def _address(user: User, alias: str) -> str:
    """The address of her page: it stays while her alias does, and leads from none to another."""
    if user.public_page and alias == user.alias:
        return user.public_page
    wanted = slug(alias, LONGEST_ADDRESS)
    if not wanted:
        raise RuleBroken(
            N_("For a page of your own the alias needs a letter or a digit."),
            field="has_public_page",
        )
    taken = select(User.id).where(User.public_page == wanted, User.id != user.id)
    is_taken = db.session.scalar(taken) is not None
    return f"{wanted}-{secrets.token_hex(3)}" if is_taken else wanted


def _store() -> None:
    try:
        with db.session.begin_nested():
            db.session.flush()
    except IntegrityError as error:  # Two of one alias at the same moment.
        raise RuleBroken(N_("Somebody took this address just now. Send it again.")) from error


def change_password(user: User, *, current: str, new: str, keep: str, by: User) -> None:
    """Change one's password, which signs out everywhere else.

    Args:
        user: whose.
        current: the present one, to show that it is she.
        new: the new one.
        keep: the token of the session that stays.
        by: who does it.

    Raises:
        RuleBroken: the present one is wrong, or the new one is not good enough.
    """
    if not passwords.is_right(user.password_hash, current):
        raise RuleBroken(N_("This is not your present password."), field="current_password")
    check_password(new, user.sign_in_name)
    if new == current:
        raise RuleBroken(N_("This is the password you have now."), field="password")
    user.password_hash = passwords.hashed(new)
    end_sessions(user.id, but=keep)
    record(by, "account.password", user)


def end_session(session: WebSession, user: User, *, by: User) -> None:
    """Sign out in one place."""
    db.session.delete(session)
    record(by, "account.session_end", user)


def end_other_sessions(user: User, *, keep: str, by: User) -> None:
    """Sign out everywhere but here."""
    end_sessions(user.id, but=keep)
    record(by, "account.session_end", user, all_others=True)
