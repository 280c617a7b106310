"""The register of an earlier day, what moved since, and lists of findings are read from sets."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from itertools import islice
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0044"
down_revision = "0043"
branch_labels = None
depends_on = None

#: So many numbers of findings are in one block.
SIZE = 8192
#: So many rows are written at a time.
STRIDE = 500
NOW = sa.text("until IS NULL")
OVER = sa.text("until IS NOT NULL")
KINDS = ("cycle", "topic", "party", "region", "place")

STANDING = sa.table(
    "standing",
    *(sa.column(name, sa.Integer()) for name in ("cycle_id", "subject_id", "number")),
    *(sa.column(name, sa.String()) for name in ("kind", "rating")),
    *(sa.column(name, sa.Date()) for name in ("since", "until")),
)
LISTING = sa.table(
    "listing",
    *(sa.column(name, sa.Integer()) for name in ("promise_id", "topic_id", "party_id")),
    sa.column("since", sa.Date()),
)
FINDING = sa.table(
    "finding",
    *(sa.column(name, sa.Integer()) for name in ("number", "cycle_id", "promise_id", "place_id")),
    sa.column("published_on", sa.Date()),
)
SIDE_TALLY = sa.table(
    "side_tally",
    *(sa.column(name, sa.Integer()) for name in ("cycle_id", "subject_id", "number")),
    *(sa.column(name, sa.String()) for name in ("kind", "says")),
    *(sa.column(name, sa.Date()) for name in ("since", "until")),
)


def upgrade() -> None:
    """Tell the sets of every day apart, and in which places something was found."""
    op.create_index(
        "ix_standing_until",
        "standing",
        ["cycle_id", "kind", "subject_id", "until"],
        sqlite_where=OVER,
        postgresql_where=OVER,
    )
    op.drop_table("number_set")
    table = _make(with_days=True)
    connection = op.get_bind()
    for (cycle_id,) in connection.execute(sa.text("SELECT id FROM cycle")).all():
        for kind, choice, turns in _turns(connection, cycle_id):
            spot = {"cycle_id": cycle_id, "kind": kind, "choice": choice}
            _write(connection, table, ({**spot, **row} for row in _sets(turns)))
    connection.execute(sa.delete(SIDE_TALLY).where(SIDE_TALLY.c.says.startswith("place ")))
    _write(connection, SIDE_TALLY, _places(connection))
    _write(connection, _make_found(), _found(connection))


def downgrade() -> None:
    """Keep the sets of now alone."""
    op.drop_table("finding_set")
    op.drop_index("ix_standing_until", "standing")
    now = sa.text("SELECT cycle_id, kind, choice, bits FROM number_set WHERE until IS NULL")
    connection = op.get_bind()
    rows = [row._asdict() for row in connection.execute(now)]
    op.drop_table("number_set")
    _write(connection, _make(with_days=False), iter(rows))
    connection.execute(sa.delete(SIDE_TALLY).where(SIDE_TALLY.c.says.startswith("place ")))


def _make(*, with_days: bool) -> sa.Table:
    days = (
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
    )
    kind = sa.Enum(*KINDS, name="kind", native_enum=False, create_constraint=True, length=32)
    table = op.create_table(
        "number_set",
        sa.Column("cycle_id", sa.Integer(), nullable=False),
        sa.Column("kind", kind, nullable=False),
        sa.Column("choice", sa.String(length=32), nullable=False),
        *(days if with_days else ()),
        sa.Column("bits", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["cycle_id"], ["cycle.id"], name=op.f("fk_number_set_cycle_id_cycle")
        ),
        sa.PrimaryKeyConstraint(
            *("cycle_id", "kind", "choice"),
            *(("since",) if with_days else ()),
            name=op.f("pk_number_set"),
        ),
    )
    if with_days:
        op.create_index(
            "ix_number_set_now",
            "number_set",
            ["cycle_id", "kind", "choice"],
            sqlite_where=NOW,
            postgresql_where=NOW,
        )
    return table


def _write(connection: sa.Connection, table: Any, rows: Iterator[dict[str, Any]]) -> None:
    while some := list(islice(rows, STRIDE)):
        connection.execute(sa.insert(table), some)


def _turns(
    connection: sa.Connection, cycle_id: int
) -> Iterator[tuple[str, str, Mapping[date, set[int]]]]:
    """Which numbers come or go under each choice, day by day."""
    choice = sa.func.coalesce(STANDING.c.rating, sa.cast(STANDING.c.subject_id, sa.String()))
    here = STANDING.c.cycle_id == cycle_id
    choices = sa.select(STANDING.c.kind, choice).where(here, STANDING.c.kind != "place").distinct()
    for kind, chosen in connection.execute(choices).all():
        spans = sa.select(STANDING.c.number, STANDING.c.since, STANDING.c.until)
        spans = spans.where(here, STANDING.c.kind == kind, choice == chosen)
        turns: dict[date, set[int]] = defaultdict(set)
        for number, *days in connection.execute(spans):
            for day in filter(None, days):
                turns[day] ^= {number}
        yield kind, chosen, {day: numbers for day, numbers in turns.items() if numbers}


def _sets(turns: Mapping[date, Iterable[int]]) -> Iterator[dict[str, Any]]:
    days, there = sorted(turns), bytearray(1)
    for day, until in zip(days, [*days, None][1:], strict=True):
        for number in turns[day]:
            there.extend(bytes(max(0, number // 8 + 1 - len(there))))
            there[number // 8] ^= 1 << number % 8
        yield {"since": day, "until": until, "bits": bytes(there)}


# --- which findings are about what


def _make_found() -> sa.Table:
    kind = sa.Enum(*KINDS, name="kind", native_enum=False, create_constraint=True, length=32)
    return op.create_table(
        "finding_set",
        sa.Column("cycle_id", sa.Integer(), nullable=False),
        sa.Column("kind", kind, nullable=False),
        sa.Column("subject_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("block", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("bits", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["cycle_id"], ["cycle.id"], name=op.f("fk_finding_set_cycle_id_cycle")
        ),
        sa.PrimaryKeyConstraint(
            "cycle_id", "kind", "subject_id", "block", name=op.f("pk_finding_set")
        ),
    )


def _found(connection: sa.Connection) -> Iterator[dict[str, Any]]:
    regions, listings = _regions(connection), _listings(connection)
    blocks: dict[tuple[int, str, int, int], bytearray] = defaultdict(lambda: bytearray(SIZE // 8))
    columns = FINDING.c.number, FINDING.c.cycle_id, FINDING.c.promise_id, FINDING.c.place_id
    for number, cycle_id, promise_id, place_id in connection.execute(sa.select(*columns)):
        if promise_id not in listings:
            continue  # It is not public, or no more.
        _, topic, party = listings[promise_id][-1]
        whole = {"cycle": cycle_id, "topic": topic, "party": party, "region": regions.get(place_id)}
        block, place = divmod(number, SIZE)
        for kind, key in whole.items():
            if key is not None:
                blocks[cycle_id, kind, key, block][place // 8] |= 1 << place % 8
    for (cycle_id, kind, key, block), bits in blocks.items():
        spot = {"cycle_id": cycle_id, "kind": kind, "subject_id": key, "block": block}
        yield {**spot, "bits": bytes(bits)}


# --- in which places something was found


def _places(connection: sa.Connection) -> Iterator[dict[str, Any]]:
    """About how many promises of each subject something was found in a place, day by day."""
    regions, listings = _regions(connection), _listings(connection)
    spot = FINDING.c.cycle_id, FINDING.c.promise_id, FINDING.c.place_id
    found = sa.select(*spot, sa.func.min(FINDING.c.published_on)).group_by(*spot)
    added: dict[tuple[int, str, int, str], dict[date, int]] = defaultdict(lambda: defaultdict(int))
    for cycle_id, promise_id, place_id, since in connection.execute(found):
        if promise_id not in listings:
            continue  # It is not public, or no more.
        whole = {"cycle": cycle_id, "place": place_id, "region": regions.get(place_id)}
        for kind, key, begins, ends in _subjects(listings[promise_id], whole, since):
            days = added[cycle_id, kind, key, f"place {place_id}"]
            days[begins] += 1
            if ends:
                days[ends] -= 1
    for (cycle_id, kind, key, says), days in added.items():
        where = {"cycle_id": cycle_id, "kind": kind, "subject_id": key, "says": says}
        yield from ({**where, **row} for row in _counts(days))


def _subjects(
    listings: list[tuple[date, int, int]], whole: Mapping[str, int | None], found: date
) -> Iterator[tuple[str, int, date, date | None]]:
    """For what something was found from a day on, until which."""
    for kind, key in whole.items():
        if key is not None:
            yield kind, key, max(listings[0][0], found), None
    ends = [*(since for since, _, _ in listings[1:]), None]
    for (since, topic, party), until in zip(listings, ends, strict=True):
        begins = max(since, found)
        if until is None or begins < until:
            yield "topic", topic, begins, until
            yield "party", party, begins, until


def _counts(added: Mapping[date, int]) -> Iterator[dict[str, Any]]:
    days, number = sorted(day for day in added if added[day]), 0
    for day, until in zip(days, [*days, None][1:], strict=True):
        number += added[day]
        yield {"since": day, "until": until, "number": number}


def _listings(connection: sa.Connection) -> dict[int, list[tuple[date, int, int]]]:
    """Since when each promise counted for which topic and party."""
    found = defaultdict(list)
    for promise_id, *where, since in connection.execute(
        sa.select(LISTING).order_by(LISTING.c.since)
    ):
        found[promise_id].append((since, where[0], where[1]))
    return found


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
