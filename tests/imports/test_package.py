"""What was exported comes in again as it was."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select

from mobilizer.core import clock
from mobilizer.core.database import db
from mobilizer.cycles.models import Cycle
from mobilizer.desk.queries.contents import forged
from mobilizer.findings.queries import broken_links, head
from mobilizer.imports.cli import command
from mobilizer.promises.models import Promise
from tests.api.test_export import export, told
from tests.builders import Builders
from tests.support.databases import Store
from tests.support.page import apart


def take_in(app: Flask, *arguments: object) -> tuple[int, str]:
    """Run the import, and what it says."""

    def called() -> tuple[int, str]:
        with app.app_context():
            done = app.test_cli_runner().invoke(
                command, ["package", *(str(one) for one in arguments)]
            )
            return done.exit_code, f"{done.output}{done.exception or ''}"

    return apart(called)


@pytest.fixture
def exported(app: Flask, make: Builders, tmp_path: Path) -> Iterator[Path]:
    """Two cycles of a programme, exported."""
    told(make)
    make.cycle("summer", election=make.election())
    make.finding(make.promise("We will mend it.", cycle=make.cycle("autumn")), "kept")
    assert export(app, tmp_path / "out").exit_code == 0
    yield tmp_path / "out"
    db.session.remove()


def emptied(app: Flask, store: Store) -> None:
    db.session.remove()
    store.refresh(app)


def test_out_and_in_and_out_again_is_the_same_byte_by_byte(
    app: Flask, store: Store, exported: Path, tmp_path: Path
) -> None:
    emptied(app, store)

    assert take_in(app, exported)[0] == 0
    assert export(app, tmp_path / "again").exit_code == 0

    files = sorted(path.relative_to(exported) for path in exported.glob("*/*"))
    assert len(files) == 3 * 17
    for file in files:
        assert (tmp_path / "again" / file).read_bytes() == (exported / file).read_bytes(), file


def test_the_chain_and_the_log_hold_and_go_on(
    app: Flask, store: Store, make: Builders, exported: Path
) -> None:
    before = head()
    assert before is not None
    sealed = before.hash
    emptied(app, store)
    take_in(app, exported)

    newest = head()
    assert newest is not None
    assert newest.hash == sealed
    assert list(broken_links()) == []
    assert list(forged()) == []
    with clock.at(clock.now() + timedelta(days=50)):
        make.finding(newest.promise, "broken")
    assert list(broken_links()) == []


def test_nothing_comes_into_a_programme_that_is_not_empty(app: Flask, exported: Path) -> None:
    status, said = take_in(app, exported)

    assert status == 1
    assert "into an empty programme only" in said


def test_a_part_of_the_chain_does_not_come_in(app: Flask, store: Store, exported: Path) -> None:
    emptied(app, store)

    status, said = take_in(app, exported / "spring")

    assert status == 1
    assert "Give the folder with the packages of all cycles" in said
    assert _nothing_there()


def test_what_was_changed_does_not_come_in(app: Flask, store: Store, exported: Path) -> None:
    emptied(app, store)
    path = exported / "spring" / "findings.csv"
    path.write_text(path.read_text("utf-8").replace(",kept,", ",broken,", 1), "utf-8", newline="")

    status, said = take_in(app, exported)

    assert status == 1
    assert "spring: findings.csv, row 2, hash: finding 1 was changed" in said
    assert _nothing_there()


def test_a_dry_run_changes_nothing(app: Flask, store: Store, exported: Path) -> None:
    emptied(app, store)
    status, said = take_in(app, exported, "--dry-run")
    assert status == 0
    assert "3 cycles, 4 promises, 5 findings" in said
    assert _nothing_there()


def test_a_place_that_is_another_one_here_is_refused(
    app: Flask, store: Store, make: Builders, exported: Path
) -> None:
    emptied(app, store)
    make.country("MK").names = {"en": "Elsewhere"}
    db.session.commit()

    status, said = take_in(app, exported)

    assert status == 1
    assert "“MK” is known here already" in said
    assert _nothing_there()


def _nothing_there() -> bool:
    return not any(
        db.session.scalar(select(func.count()).select_from(kind)) for kind in (Cycle, Promise)
    )
