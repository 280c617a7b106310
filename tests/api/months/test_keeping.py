"""The package of a month stays as it was made, and its hash tells."""

import io
import json
import zipfile
from datetime import date
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy.exc import DatabaseError

from mobilizer.api import tasks
from mobilizer.core.database import db
from mobilizer.core.storage import media
from mobilizer.cycles.models import Cycle
from mobilizer.desk.cli import command as verify
from mobilizer.desk.queries.files import broken_files
from mobilizer.jobs.tasks import Worker
from mobilizer.opendata.models import MonthPackage
from mobilizer.opendata.rules.checking import check
from mobilizer.opendata.rules.keeping import stored_as
from mobilizer.promises.actions import change
from mobilizer.promises.models import Promise
from tests.api.months.autumn import OCTOBER, Work, export_on, released, unpacked
from tests.builders import Builders
from tests.support.days import on
from tests.support.page import Page, apart


def test_what_is_reworded_later_changes_nothing_of_it(
    cycle: Cycle, make: Builders, work: Work, page: Page, tmp_path: Path
) -> None:
    work(11, 1, 12)
    before = page.get(f"{OCTOBER}/package.zip").body
    promise = db.session.get_one(Promise, 1)
    with on(2026, 11, 4, 12):
        values = make.promise_values(cycle, exact_words="We build half a clinic.")
        change(promise, values, by=None, reason="It was misread.")
        db.session.commit()

    assert work(11, 29, 12) == 0

    assert page.get(f"{OCTOBER}/package.zip").body == before
    folder = unpacked(page, tmp_path / "package")
    assert check(folder).faults == ()
    assert "We build a clinic." in (folder / "promises.csv").read_text()


def test_the_database_refuses_to_change_or_delete_what_is_kept_of_a_month(
    cycle: Cycle, work: Work
) -> None:
    work(11, 1, 12)
    for step in ("UPDATE month_package SET made_on = '2026-12-01'", "DELETE FROM month_package"):
        with pytest.raises(DatabaseError, match="append-only"):
            db.session.execute(db.text(step))
        db.session.rollback()


def test_its_files_stay_when_others_go(
    cycle: Cycle, work: Work, page: Page, app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    work(11, 1, 12)

    def pack() -> int:
        with on(2027, 2, 2, 12), app.app_context():
            worker = Worker(tasks.HANDLERS, often=tasks.OFTEN)
            worker.look()
            return worker.drain()

    assert apart(pack) == 1

    page.get(f"{OCTOBER}/package.zip")
    page.get(f"{OCTOBER}/datapackage.json")


def test_verify_holds_a_folder_against_the_printed_hash(
    cycle: Cycle, work: Work, app: Flask, page: Page, tmp_path: Path
) -> None:
    work(11, 1, 12)
    folder = unpacked(page, tmp_path / "package")
    printed = released(page, 11, 5, 12).texts("code.hash")[-1]
    run = app.test_cli_runner().invoke

    assert run(verify, ["--from", str(folder), "--sha256", f" {printed.upper()} "]).exit_code == 0
    other = run(verify, ["--from", str(folder), "--sha256", "0" * 64])
    assert other.exit_code == 1
    assert f"datapackage.json: is another than the one that was kept: its SHA-256 is {printed}" in (
        other.output
    )
    assert run(verify, ["--sha256", printed]).exit_code == 2


def test_a_hash_is_of_one_package(app: Flask, tmp_path: Path) -> None:
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "datapackage.json").write_text("{}")
    told = app.test_cli_runner().invoke(verify, ["--from", str(tmp_path), "--sha256", "0" * 64])
    assert told.exit_code == 2
    assert "--sha256 is of one package" in told.output


def test_a_package_that_fits_in_itself_is_told_by_the_hash(
    cycle: Cycle, work: Work, app: Flask, page: Page, tmp_path: Path
) -> None:
    """Words are changed and the description is written anew: only the printed hash knows."""
    work(11, 1, 12)
    printed = released(page, 11, 5, 12).texts("code.hash")[-1]
    promise = db.session.get_one(Promise, 1)
    promise.exact_words = "We build two clinics."
    db.session.commit()
    export_on(app, tmp_path / "words", 10, 31, 22)

    assert check(tmp_path / "words").faults == ()
    (fault,) = check(tmp_path / "words", sha256=printed).faults
    assert fault.file == "datapackage.json"


def test_the_description_holds_the_hash_of_every_table(
    cycle: Cycle, work: Work, page: Page
) -> None:
    work(11, 1, 12)
    said = json.loads(page.get(f"{OCTOBER}/datapackage.json").source)
    packed = zipfile.ZipFile(io.BytesIO(page.get(f"{OCTOBER}/package.zip").body))
    assert {one["path"] for one in said["resources"]} | {"datapackage.json"} == set(
        packed.namelist()
    )
    assert all(one["hash"].startswith("sha256:") for one in said["resources"])


def test_verify_reads_the_kept_files(cycle: Cycle, work: Work) -> None:
    work(11, 1, 12)
    assert list(broken_files()) == []
    made = db.session.get_one(MonthPackage, (cycle.id, date(2026, 10, 1)))
    name = stored_as("package.zip", made.files[1]["sha256"])
    (media().folder / name).write_bytes(b"another")
    assert list(broken_files()) == [(name, "was changed after it was kept")]


@pytest.mark.parametrize("month", ["2026-09", "2026-11", "2026-13", "october", "x" * 500])
@pytest.mark.parametrize("file", ["package.zip", "findings.csv", "nothing"])
def test_of_other_months_and_files_there_is_nothing(
    cycle: Cycle, work: Work, page: Page, month: str, file: str
) -> None:
    work(11, 1, 12)
    page.get(f"/api/v1/releases/local/{month}/{file}", expect=404)
