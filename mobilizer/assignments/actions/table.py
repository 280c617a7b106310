"""Many assignments at once: all rows of a table, or none."""

from mobilizer.accounts.models import User
from mobilizer.assignments import queries
from mobilizer.assignments.actions.single import add, hold
from mobilizer.assignments.models import Assignment
from mobilizer.assignments.rules.plan import Plan, plan
from mobilizer.assignments.rules.table import Table
from mobilizer.cycles.models import Cycle


def planned(cycle: Cycle, table: Table) -> Plan:
    """What a table would do, with every fault of it. Nothing is stored."""
    made = plan(table.rows, queries.ground(cycle))
    made.faults = sorted([*table.faults, *made.faults], key=lambda fault: fault.row or 0)
    return made


def assign_all(cycle: Cycle, table: Table, *, by: User | None) -> tuple[Plan, list[Assignment]]:
    """Store what is new in a table that is right as a whole; with a single fault, nothing.

    The table is held to the rules once more, against what has been assigned since it was shown.
    """
    hold(cycle)
    made = planned(cycle, table)
    stored = [add(cycle, row.wish, row.mentor_id, row.region_id, by=by) for row in made.new]
    return made, stored
