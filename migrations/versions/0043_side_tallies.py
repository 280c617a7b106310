"""Reasons and reports are counted where they change, not on each page."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from itertools import islice
from typing import Any

import sqlalchemy as sa
from alembic import op

from mobilizer.scoring.rules import Rating
from mobilizer.tallies.rules import Found, Period
from mobilizer.tallies.rules.beside import Sums, counted

revision = "0043"
down_revision = "0042"
branch_labels = None
depends_on = None

#: So many promises are read at a time, and so many rows written.
STRIDE = 500
NOW = sa.text("until IS NULL")
KINDS = ("cycle", "topic", "party", "region", "place")
REASONS = {"no_money", "precondition", "no_priority", "stopped", "unknown", "other"}

LISTING = sa.table(
    "listing",
    sa.column("promise_id", sa.Integer()),
    sa.column("since", sa.Date()),
    sa.column("topic_id", sa.Integer()),
    sa.column("party_id", sa.Integer()),
)
FINDING = sa.table(
    "finding",
    *(sa.column(name, sa.Integer()) for name in ("number", "promise_id", "place_id")),
    sa.column("month", sa.Date()),
    sa.column("published_on", sa.Date()),
    sa.column("content", sa.JSON()),
)


def upgrade() -> None:
    """Make the table, and count what is there."""
    table = _make()
    connection = op.get_bind()
    regions = _regions(connection)
    for (cycle_id,) in connection.execute(sa.text("SELECT id FROM cycle")).all():
        sums = Sums(regions)
        for keys in _strides(connection, cycle_id):
            periods, found = _periods(connection, keys), _found(connection, keys)
            for key in keys:
                sums.add(cycle_id, periods[key], found[key])
        rows = _rows(cycle_id, sums)
        while some := list(islice(rows, STRIDE)):
            connection.execute(sa.insert(table), some)


def downgrade() -> None:
    """Count on each page again."""
    op.drop_table("side_tally")


def _make() -> sa.Table:
    kind = sa.Enum(*KINDS, name="kind", native_enum=False, create_constraint=True, length=32)
    table = op.create_table(
        "side_tally",
        sa.Column("cycle_id", sa.Integer(), nullable=False),
        sa.Column("kind", kind, nullable=False),
        sa.Column("subject_id", sa.Integer(), nullable=False),
        sa.Column("says", sa.String(length=32), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["cycle_id"], ["cycle.id"], name=op.f("fk_side_tally_cycle_id_cycle")
        ),
        sa.PrimaryKeyConstraint(
            "cycle_id", "kind", "subject_id", "says", "since", name=op.f("pk_side_tally")
        ),
    )
    op.create_index(
        "ix_side_tally_now",
        "side_tally",
        ["cycle_id", "kind", "subject_id", "says"],
        sqlite_where=NOW,
        postgresql_where=NOW,
    )
    return table


def _rows(cycle_id: int, sums: Sums) -> Iterator[dict[str, Any]]:
    for (kind, subject_id, says), days in sums.added.items():
        for one in counted((), days):
            spot = {"kind": kind.value, "subject_id": subject_id, "says": says}
            yield {"cycle_id": cycle_id, **spot, **one._asdict()}


def _strides(connection: sa.Connection, cycle_id: int) -> Iterator[list[int]]:
    asked = sa.text(
        "SELECT id FROM promise WHERE cycle_id = :cycle AND state = 'published'"
        " AND id > :last ORDER BY id LIMIT :stride"
    )
    last = 0
    while keys := list(
        connection.scalars(asked, {"cycle": cycle_id, "last": last, "stride": STRIDE})
    ):
        yield keys
        last = keys[-1]


def _periods(connection: sa.Connection, keys: Iterable[int]) -> dict[int, list[Period]]:
    asked = sa.select(LISTING).where(LISTING.c.promise_id.in_(keys)).order_by(LISTING.c.since)
    periods = defaultdict(list)
    for promise_id, *where in connection.execute(asked):
        # Of places and what nobody has read yet neither reasons nor reports say anything.
        periods[promise_id].append(Period(*where, (), Rating.NOT_YET_RATED))
    return periods


def _found(connection: sa.Connection, keys: Iterable[int]) -> dict[int, list[Found]]:
    columns = (FINDING.c.published_on, FINDING.c.place_id, FINDING.c.month, FINDING.c.number)
    given = FINDING.c.content["answers"]["stagnation"]
    asked = sa.select(FINDING.c.promise_id, *columns, given).where(FINDING.c.promise_id.in_(keys))
    found = defaultdict(list)
    for promise_id, *facts, codes in connection.execute(asked):
        found[promise_id].append(_one(facts, codes))
    return found


def _one(facts: list[Any], codes: Any) -> Found:
    known = tuple(code for code in codes if code in REASONS) if isinstance(codes, list) else ()
    on: tuple[date, int, date, int] = (facts[0], facts[1], facts[2], facts[3])
    return Found(*on, Rating.NOT_YET_RATED, known)


def _regions(connection: sa.Connection) -> dict[int, int]:
    """The region of each place that lies in one."""
    rows = connection.execute(sa.text("SELECT id, parent_id, kind FROM place")).all()
    parents = {row.id: row.parent_id for row in rows}
    regions = {row.id for row in rows if row.kind == "region"}
    found = {}
    for place_id in parents:
        above = place_id
        while above is not None and above not in regions:
            above = parents.get(above)
        if above is not None:
            found[place_id] = above
    return found
