"""Who may know of which entry. Every list and every look-up starts here."""

from sqlalchemy import Select, select

from mobilizer.accounts.models import User
from mobilizer.accounts.rules import Role
from mobilizer.assignments.models import Assignment
from mobilizer.assignments.queries import within_reach
from mobilizer.evidence.models import Evidence
from mobilizer.monitoring.models import Entry


def visible_to(user: User) -> Select[Entry]:
    """One's own; for a mentor those of her regions, for a coordinator those of her cycles."""
    return select(Entry).join(Entry.assignment).where(within_reach(user))


def assignments_of(user: User) -> Select[Assignment]:
    """What a mobilizer herself reports on."""
    return select(Assignment).where(
        Assignment.mobilizer_id == user.id,
        Assignment.cycle_id.in_(user.cycle_ids(Role.MOBILIZER)),
    )


def evidence_visible_to(user: User) -> Select[Evidence]:
    """What proves the entries she may see."""
    return select(Evidence).where(
        Evidence.entry_id.in_(visible_to(user).with_only_columns(Entry.id))
    )
