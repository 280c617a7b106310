"""``mobilizer tallies check`` names what is stored otherwise, and ``rebuild`` mends it."""

import pytest
from flask import Flask
from sqlalchemy import text

from mobilizer.core.database import db
from mobilizer.tallies.cli import command
from tests.builders import Builders
from tests.support.page import apart

STALLED = {"kind": "full", "answers": {"stagnation": ["no_money"]}}


def run(app: Flask, verb: str) -> tuple[int, str]:
    """Run a command, and what it says."""

    def called() -> tuple[int, str]:
        with app.app_context():
            done = app.test_cli_runner().invoke(command, [verb])
            return done.exit_code, f"{done.output}{done.exception or ''}"

    db.session.commit()
    return apart(called)


@pytest.mark.parametrize(
    ("fault", "named"),
    [
        ("UPDATE tally SET kept = kept + 1 WHERE kind = 'topic'", "counted otherwise"),
        ("DELETE FROM tally WHERE kind = 'party'", "counted otherwise"),
        ("DELETE FROM listing", "counts elsewhere"),
        ("UPDATE standing SET rating = 'kept' WHERE kind = 'cycle'", "stands otherwise"),
        ("UPDATE side_tally SET number = 7 WHERE says = 'no_money'", "told otherwise of no_money"),
        ("DELETE FROM side_tally WHERE says <> 'no_money'", "told otherwise of 20"),
        ("DELETE FROM number_set WHERE kind = 'topic'", "numbers under topic"),
        ("DELETE FROM finding_set WHERE kind = 'party'", "findings about party"),
    ],
)
def test_what_is_stored_otherwise_is_named_and_counted_anew(
    app: Flask, make: Builders, fault: str, named: str
) -> None:
    cycle = make.cycle("spring")
    make.finding(make.promise(cycle=cycle), "stalled", content=STALLED)
    assert run(app, "check") == (0, "All is as it was counted.\n")

    db.session.execute(text(fault))
    status, said = run(app, "check")
    assert status == 1
    assert said.startswith("spring: ")
    assert named in said

    assert run(app, "rebuild") == (0, "spring: 1 promises\n")
    assert run(app, "check") == (0, "All is as it was counted.\n")
