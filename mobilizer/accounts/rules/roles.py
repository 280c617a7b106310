"""Who may do what: roles, and the one table of permissions."""

from enum import StrEnum

from mobilizer.core.words import N_, Word


class Role(Word):
    """What a posting makes of a person. The public has no account and no role."""

    MOBILIZER = "mobilizer", N_("Mobilizer")
    MENTOR = "mentor", N_("Mentor")
    COORDINATOR = "coordinator", N_("Coordinator")
    ADMINISTRATOR = "administrator", N_("Administrator")


MOBILIZER, MENTOR = Role.MOBILIZER, Role.MENTOR
COORDINATOR, ADMINISTRATOR = Role.COORDINATOR, Role.ADMINISTRATOR


class Reach(StrEnum):
    """How far a permission of a role goes."""

    OWN = "own"
    REGION = "own regions"
    CYCLE = "the cycle"
    ALL = "everything"


#: permission -> role -> how far. A role that is absent may not. Printed into docs/permissions.md.
PERMISSIONS: dict[str, dict[Role, Reach]] = {
    "account.own": {
        MOBILIZER: Reach.OWN,
        MENTOR: Reach.OWN,
        COORDINATOR: Reach.OWN,
        ADMINISTRATOR: Reach.OWN,
    },
    "person.read": {MENTOR: Reach.REGION, COORDINATOR: Reach.CYCLE, ADMINISTRATOR: Reach.ALL},
    "person.invite": {COORDINATOR: Reach.CYCLE, ADMINISTRATOR: Reach.ALL},
    "person.deactivate": {COORDINATOR: Reach.CYCLE, ADMINISTRATOR: Reach.ALL},
    "posting.write": {COORDINATOR: Reach.CYCLE, ADMINISTRATOR: Reach.ALL},
    "cycle.read": {
        MOBILIZER: Reach.OWN,
        MENTOR: Reach.REGION,
        COORDINATOR: Reach.CYCLE,
        ADMINISTRATOR: Reach.ALL,
    },
    "cycle.make": {COORDINATOR: Reach.ALL, ADMINISTRATOR: Reach.ALL},
    "cycle.write": {COORDINATOR: Reach.CYCLE},
    "promise.read": {MOBILIZER: Reach.CYCLE, MENTOR: Reach.CYCLE, COORDINATOR: Reach.CYCLE},
    "promise.write": {MOBILIZER: Reach.OWN, MENTOR: Reach.REGION, COORDINATOR: Reach.CYCLE},
    "promise.check": {MENTOR: Reach.REGION, COORDINATOR: Reach.CYCLE},
    "promise.publish": {COORDINATOR: Reach.CYCLE},
    "assignment.read": {MOBILIZER: Reach.OWN, MENTOR: Reach.REGION, COORDINATOR: Reach.CYCLE},
    "assignment.write": {COORDINATOR: Reach.CYCLE},
    "board.read": {MENTOR: Reach.REGION, COORDINATOR: Reach.CYCLE},
    "entry.read": {MOBILIZER: Reach.OWN, MENTOR: Reach.REGION, COORDINATOR: Reach.CYCLE},
    "entry.write": {MOBILIZER: Reach.OWN},
    "entry.discuss": {MOBILIZER: Reach.OWN, MENTOR: Reach.REGION, COORDINATOR: Reach.CYCLE},
    "entry.review": {MENTOR: Reach.REGION, COORDINATOR: Reach.CYCLE},
    "entry.second": {MENTOR: Reach.OWN},
    "agreement.read": {MENTOR: Reach.OWN, COORDINATOR: Reach.CYCLE},
    "entry.extend": {COORDINATOR: Reach.CYCLE},
    "entry.hand_in": {COORDINATOR: Reach.CYCLE},
    "evidence.read": {MOBILIZER: Reach.OWN, MENTOR: Reach.REGION, COORDINATOR: Reach.CYCLE},
    "finding.correct": {COORDINATOR: Reach.CYCLE},
    "reply.invite": {COORDINATOR: Reach.CYCLE},
    "reply.moderate": {COORDINATOR: Reach.CYCLE},
    "request.answer": {COORDINATOR: Reach.CYCLE},
    "progress.read": {MENTOR: Reach.REGION, COORDINATOR: Reach.CYCLE},
    "sheet.read": {MENTOR: Reach.REGION, COORDINATOR: Reach.CYCLE},
    "meeting.write": {MENTOR: Reach.OWN},
    "meeting.read": {MENTOR: Reach.OWN, COORDINATOR: Reach.CYCLE},
    "meeting.export": {COORDINATOR: Reach.CYCLE},
    "meeting.read_shared": {MOBILIZER: Reach.OWN},
    "desk.open": {MENTOR: Reach.REGION, COORDINATOR: Reach.CYCLE, ADMINISTRATOR: Reach.ALL},
    "audit.read": {COORDINATOR: Reach.CYCLE},
    "audit.export": {COORDINATOR: Reach.CYCLE},
}


#: What everybody with an account may do, also when no posting is left to her.
OF_ANY_ACCOUNT = frozenset({"account.own"})

#: role -> the roles its holders may give, by invitation or posting. Never to themselves.
GRANTS: dict[Role, frozenset[Role]] = {
    COORDINATOR: frozenset({MOBILIZER, MENTOR}),
    ADMINISTRATOR: frozenset(Role),
}


def reach(permission: str, roles: set[Role]) -> Reach | None:
    """How far a person with these roles may go; None when she may not at all.

    Raises:
        KeyError: the permission is not in the table: a slip of the programmer.
    """
    granted = PERMISSIONS[permission]
    reaches = [granted[role] for role in roles if role in granted]
    if permission in OF_ANY_ACCOUNT:
        reaches.append(Reach.OWN)
    return max(reaches, key=list(Reach).index) if reaches else None


def home(roles: set[Role]) -> str:
    """The address where a person's work begins."""
    if reach("desk.open", roles):
        return "/desk/"
    return "/field/" if MOBILIZER in roles else "/account/"
