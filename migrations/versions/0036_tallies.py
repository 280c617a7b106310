"""Tallies: where each promise counts since when, and the counts of every day."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from alembic import op

from mobilizer.scoring.rules import Rating
from mobilizer.tallies.rules import (
    COLUMNS,
    Found,
    Kind,
    Period,
    Span,
    Sum,
    spans,
    tallied,
)
from mobilizer.tallies.rules.sets import Turned, as_bits, held

revision = "0036"
down_revision = "0035"
branch_labels = None
depends_on = None

#: So many promises are read at a time.
STRIDE = 500
NOW = sa.text("until IS NULL")
MENDS = sa.text("corrects IS NOT NULL")
RATINGS = (
    *("kept", "partly_kept", "in_progress", "stalled", "not_started", "broken"),
    *("cannot_be_rated", "not_yet_rated"),
)
KINDS = ("cycle", "topic", "party", "region", "place")


def upgrade() -> None:
    """Make the tables, and count what is there."""
    _make_listing()
    _make_standing()
    _make_tally()
    _make_number_set()
    op.create_index(
        "ix_finding_corrects",
        "finding",
        ["cycle_id", "number"],
        sqlite_where=MENDS,
        postgresql_where=MENDS,
    )
    connection = op.get_bind()
    regions = _regions(connection)
    cycles = connection.execute(sa.text("SELECT id, time_zone FROM cycle")).all()
    for cycle_id, zone in cycles:
        _fill(connection, cycle_id, zone, regions)


def downgrade() -> None:
    """Count at each page again."""
    op.drop_index("ix_finding_corrects", "finding")
    for table in ("number_set", "tally", "standing", "listing"):
        op.drop_table(table)


def _make_listing() -> None:
    op.create_table(
        "listing",
        sa.Column("promise_id", sa.Integer(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("topic_id", sa.Integer(), nullable=False),
        sa.Column("party_id", sa.Integer(), nullable=False),
        sa.Column("place_ids", sa.JSON(), nullable=False),
        sa.Column("unread", _word("rating", RATINGS), nullable=False),
        *(
            sa.ForeignKeyConstraint(
                [f"{of}_id"], [f"{of}.id"], name=op.f(f"fk_listing_{of}_id_{of}")
            )
            for of in ("promise", "topic", "party")
        ),
        sa.PrimaryKeyConstraint("promise_id", "since", name=op.f("pk_listing")),
    )


def _make_standing() -> None:
    op.create_table(
        "standing",
        sa.Column("promise_id", sa.Integer(), nullable=False),
        sa.Column("kind", _word("kind", KINDS), nullable=False),
        sa.Column("subject_id", sa.Integer(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("rating", _word("rating", RATINGS), nullable=True),
        sa.Column("cycle_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        *(
            sa.ForeignKeyConstraint(
                [f"{of}_id"], [f"{of}.id"], name=op.f(f"fk_standing_{of}_id_{of}")
            )
            for of in ("promise", "cycle")
        ),
        sa.PrimaryKeyConstraint(
            "promise_id", "kind", "subject_id", "since", name=op.f("pk_standing")
        ),
    )
    order = ["cycle_id", "kind", "subject_id", "number"]
    op.create_index("ix_standing_now", "standing", order, sqlite_where=NOW, postgresql_where=NOW)
    op.create_index("ix_standing_then", "standing", [*order, "since"])
    op.create_index("ix_standing_since", "standing", [*order[:3], "since"])


def _make_tally() -> None:
    op.create_table(
        "tally",
        sa.Column("cycle_id", sa.Integer(), nullable=False),
        sa.Column("kind", _word("kind", KINDS), nullable=False),
        sa.Column("subject_id", sa.Integer(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in (*RATINGS, "listed")),
        sa.ForeignKeyConstraint(["cycle_id"], ["cycle.id"], name=op.f("fk_tally_cycle_id_cycle")),
        sa.PrimaryKeyConstraint("cycle_id", "kind", "subject_id", "since", name=op.f("pk_tally")),
    )
    op.create_index(
        "ix_tally_now", "tally", ["cycle_id", "kind"], sqlite_where=NOW, postgresql_where=NOW
    )


def _make_number_set() -> None:
    op.create_table(
        "number_set",
        sa.Column("cycle_id", sa.Integer(), nullable=False),
        sa.Column("kind", _word("kind", KINDS), nullable=False),
        sa.Column("choice", sa.String(length=32), nullable=False),
        sa.Column("bits", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["cycle_id"], ["cycle.id"], name=op.f("fk_number_set_cycle_id_cycle")
        ),
        sa.PrimaryKeyConstraint("cycle_id", "kind", "choice", name=op.f("pk_number_set")),
    )


def _word(name: str, values: tuple[str, ...]) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=32)


# --- counting what is there


def _fill(connection: sa.Connection, cycle_id: int, zone: str, regions: dict[int, int]) -> None:
    sums, turned = Sum(regions), Turned()
    for promises in _strides(connection, cycle_id):
        keys = [row.id for row in promises]
        places, found = _places(connection, keys), _found(connection, keys)
        listings: list[dict[str, Any]] = []
        standings: list[dict[str, Any]] = []
        for row in promises:
            since = _utc(row.published_at).astimezone(ZoneInfo(zone)).date()
            period = _period(row, since, places[row.id])
            listings.append(
                {
                    **period._asdict(),
                    "promise_id": row.id,
                    "place_ids": list(period.place_ids),
                    "unread": period.unread.value,
                }
            )
            stands = spans(cycle_id, [period], found[row.id], regions)
            sums.add(stands)
            turned.add(row.number, stands)
            whose = {"promise_id": row.id, "cycle_id": cycle_id, "number": row.number}
            standings += [{**whose, **_stored(span)} for span in stands]
        connection.execute(sa.insert(_table("listing")), listings)
        connection.execute(sa.insert(_table("standing")), standings)
    _fill_tallies(connection, cycle_id, sums)
    sets = [
        {
            "cycle_id": cycle_id,
            "kind": kind.value,
            "choice": choice,
            "bits": as_bits(held((), days)[-1].numbers),
        }
        for (kind, choice), days in turned.turns.items()
    ]
    if sets:
        connection.execute(sa.insert(_table("number_set")), sets)


def _fill_tallies(connection: sa.Connection, cycle_id: int, sums: Sum) -> None:
    rows = [
        {
            "cycle_id": cycle_id,
            "kind": kind.value,
            "subject_id": subject_id,
            "since": one.since,
            "until": one.until,
            **dict(zip(COLUMNS, one.numbers, strict=True)),
        }
        for (kind, subject_id), days in sums.changes.items()
        for one in tallied((), days)
    ]
    if rows:
        connection.execute(sa.insert(_table("tally")), rows)


def _utc(moment: datetime) -> datetime:
    """SQLite keeps no zone."""
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _period(row: Any, since: date, places: list[int]) -> Period:
    untestable = row.testability == "not_testable"
    unread = Rating.CANNOT_BE_RATED if untestable else Rating.NOT_YET_RATED
    return Period(since, row.topic_id, row.party_id, tuple(sorted(places)), unread)


def _stored(span: Span) -> dict[str, Any]:
    rating = span.rating.value if span.rating else None
    return {**span._asdict(), "kind": Kind(span.kind).value, "rating": rating}


def _table(name: str) -> sa.Table:
    """A table as it is now, whatever becomes of its model."""
    return sa.Table(name, sa.MetaData(), autoload_with=op.get_bind())


def _strides(connection: sa.Connection, cycle_id: int) -> Iterator[list[Any]]:
    asked = sa.text(
        "SELECT id, number, topic_id, party_id, testability, published_at FROM promise"
        " WHERE cycle_id = :cycle AND state = 'published' AND published_at IS NOT NULL"
        " AND id > :last ORDER BY id LIMIT :stride"
    ).columns(published_at=sa.DateTime(timezone=True))
    last = 0
    while rows := connection.execute(
        asked, {"cycle": cycle_id, "last": last, "stride": STRIDE}
    ).all():
        yield list(rows)
        last = rows[-1].id


def _places(connection: sa.Connection, keys: list[int]) -> dict[int, list[int]]:
    asked = sa.text("SELECT promise_id, place_id FROM promise_place WHERE promise_id IN :keys")
    places = defaultdict(list)
    for promise_id, place_id in connection.execute(_among(asked), {"keys": keys}):
        places[promise_id].append(place_id)
    return places


def _found(connection: sa.Connection, keys: list[int]) -> dict[int, list[Found]]:
    asked = sa.text(
        "SELECT promise_id, published_on, place_id, month, number, rating FROM finding"
        " WHERE promise_id IN :keys"
    ).columns(published_on=sa.Date(), month=sa.Date())
    found = defaultdict(list)
    for row in connection.execute(_among(asked), {"keys": keys}):
        one = Found(row.published_on, row.place_id, row.month, row.number, Rating(row.rating))
        found[row.promise_id].append(one)
    return found


def _among(asked: Any) -> Any:
    return asked.bindparams(sa.bindparam("keys", expanding=True))


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
