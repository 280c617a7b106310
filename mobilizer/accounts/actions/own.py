"""What a person changes about herself. The caller commits."""

from mobilizer.accounts.actions import passwords
from mobilizer.accounts.models import User
from mobilizer.accounts.rules.names import check_alias
from mobilizer.accounts.rules.passwords import check_password
from mobilizer.audit.actions import record
from mobilizer.core.database import db
from mobilizer.core.errors import RuleBroken
from mobilizer.core.sessions import WebSession, end_sessions
from mobilizer.core.words import N_


def describe(
    user: User,
    *,
    language: str,
    alias: str,
    full_name: str,
    is_named_in_public: bool,
    suggested: str = "",
    by: User,
) -> None:
    """Change how a person is called, in what language, and whether she is named in public.

    Raises:
        RuleBroken: the alias gives her away, or there is no name to be named by.
    """
    if is_named_in_public and not full_name:
        raise RuleBroken(N_("To be named in public, give your name."), field="full_name")
    check_alias(alias, full_name=full_name, sign_in_name=user.sign_in_name, suggested=suggested)
    wanted = {
        "language": language,
        "alias": alias,
        "full_name": full_name,
        "is_named_in_public": is_named_in_public,
    }
    changed = [name for name, value in wanted.items() if getattr(user, name) != value]
    for name in changed:
        setattr(user, name, wanted[name])
    if changed:
        record(by, "account.change", user, changed=changed)


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
