"""Who may do what, and what holds for names, passwords, invitations and tries at the door."""

from mobilizer.accounts.rules.roles import (
    ADMINISTRATOR,
    COORDINATOR,
    GRANTS,
    MENTOR,
    MOBILIZER,
    OF_ANY_ACCOUNT,
    PERMISSIONS,
    Reach,
    Role,
    home,
    reach,
)

__all__ = [
    "ADMINISTRATOR",
    "COORDINATOR",
    "GRANTS",
    "MENTOR",
    "MOBILIZER",
    "OF_ANY_ACCOUNT",
    "PERMISSIONS",
    "Reach",
    "Role",
    "home",
    "reach",
]
