"""Comments from before they were resolved one by one: what came with a return has been answered."""

import pytest
import sqlalchemy as sa
from flask import Flask
from flask_migrate import upgrade

from mobilizer.core.database import db
from tests.ground.test_migrations import SCRIPTS, empty, fill, there

__all__ = ["empty"]

BEFORE = SCRIPTS.get_revision("0019").down_revision


def copied(table: str, **other: object) -> None:
    """Another row like the first, but for some columns."""
    (row,) = db.session.execute(sa.text(f"SELECT * FROM {table}")).mappings().all()
    values = {**row, "id": 2, **other}
    columns, slots = ", ".join(values), ", ".join(f":{name}" for name in values)
    db.session.execute(sa.text(f"INSERT INTO {table} ({columns}) VALUES ({slots})"), values)


@pytest.mark.parametrize("verdict", ["return", "approve"])
def test_what_came_with_a_return_asked_and_the_next_version_resolved_it(
    empty: Flask, verdict: str
) -> None:
    upgrade(revision=BEFORE)
    fill(there() - {"decision"})
    copied("revision", number=2, answers="{}")
    decision = {"revision_id": 1, "sha256": "x", "verdict": verdict, "by_id": 1, "reason": ""}
    names = ", ".join(decision)
    slots = ", ".join(f":{name}" for name in decision)
    db.session.execute(
        sa.text(
            f"INSERT INTO decision (id, decided_at, {names})"
            f" VALUES (1, '2026-11-01 00:00:00', {slots})"
        ),
        decision,
    )
    db.session.commit()

    upgrade()

    (row,) = db.session.execute(sa.text("SELECT * FROM comment")).mappings().all()
    db.session.rollback()
    is_return = verdict == "return"
    assert bool(row["asks"]) is is_return
    assert row["resolved_in_id"] == (2 if is_return else None)
    assert row["resolved_by_id"] == (1 if is_return else None)
    assert (row["resolved_at"] is not None) is is_return
