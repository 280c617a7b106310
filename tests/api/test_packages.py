"""What the worker keeps of each cycle to be fetched, and what is got."""

import io
import json
import os
import time
import zipfile
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask

from mobilizer.api import tasks
from mobilizer.api.rules.openapi import PATHS
from mobilizer.core import clock
from mobilizer.core.database import db
from mobilizer.core.storage import media
from mobilizer.jobs.tasks import Worker
from mobilizer.opendata.models import KeptPackage
from mobilizer.opendata.rules.checking import check
from mobilizer.opendata.rules.counted import TABLES
from mobilizer.opendata.rules.keeping import NAMES
from tests.api.described import hold
from tests.api.test_export import export, told
from tests.builders import Builders
from tests.support.page import Page, apart
from tests.support.queries import Queries

OF_A_FILE = PATHS["/packages/{cycle}/{file}"]["get"]
Work = Callable[..., int]


@pytest.fixture
def work(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Work:
    """The worker looks and does what is due, 45 days and so many seconds from now."""

    def run(later: int = 0) -> int:
        def called() -> int:
            with clock.at(clock.now() + timedelta(days=45, seconds=later)), app.app_context():
                worker = Worker(tasks.HANDLERS, often=tasks.OFTEN)
                worker.look()
                return worker.drain()

        return apart(called)

    monkeypatch.setattr(tasks, "_written_down", {})
    return run


def test_the_first_package_is_made_at_once_and_is_what_is_exported(
    app: Flask, make: Builders, page: Page, work: Work, tmp_path: Path
) -> None:
    told(make)
    assert work() == 1

    export(app, tmp_path / "exported")

    for path in (tmp_path / "exported" / "spring").iterdir():
        assert page.get(f"/api/v1/packages/spring/{path.name}").body == path.read_bytes()
    with zipfile.ZipFile(
        io.BytesIO(page.get("/api/v1/packages/spring/package.zip").body)
    ) as packed:
        packed.extractall(tmp_path / "unpacked")
    assert check(tmp_path / "unpacked").faults == ()


def test_a_table_as_json_is_the_table(make: Builders, page: Page, work: Work) -> None:
    told(make)
    work()

    rows = page.get("/api/v1/packages/spring/promises.json").json

    assert [row["exact_words"] for row in rows][:2] == ["=We will build.", "'Quoted', he said."]
    assert isinstance(rows[0]["titles"], dict)
    assert page.get("/api/v1/packages/spring/replies.json").json == []
    findings = page.get("/api/v1/packages/spring/findings.json").json
    assert findings[0]["content"] == {"kind": "full", "reason": "Ќе."}
    assert findings[0]["corrects"] is None


def test_each_file_is_named_and_dated_and_sent_in_parts(
    make: Builders, page: Page, work: Work
) -> None:
    told(make)
    work()
    (package,) = page.get("/api/v1/packages").json
    assert package["is_newest"] is True
    assert [file["name"] for file in package["files"]] == list(NAMES)

    for file in package["files"]:
        answer = page.get(file["address"])
        assert len(answer.body) == file["bytes"]
        assert answer.headers["ETag"] == f'"{file["sha256"]}"'
        assert answer.headers["Content-Type"].startswith(file["media_type"])
        assert answer.headers["Last-Modified"].endswith("00:00:00 GMT")
        assert answer.headers["Access-Control-Allow-Origin"] == "*"
        page.get(file["address"], expect=304, headers={"If-None-Match": answer.headers["ETag"]})
        if file["bytes"] > 9:
            part = page.get(file["address"], expect=206, headers={"Range": "bytes=2-5"})
            assert part.body == answer.body[2:6]
            hold(part, OF_A_FILE)
        wish = {"Range": f"bytes={file['bytes'] + 1}-"}
        hold(page.get(file["address"], expect=416, headers=wish), OF_A_FILE)
        several = page.get(file["address"], headers={"Range": "bytes=0-0,5-9"})
        assert several.body == answer.body


def test_what_is_published_in_one_minute_is_packed_once_at_its_end(
    make: Builders, page: Page, work: Work
) -> None:
    told(make)
    work()
    before = page.get("/api/v1/packages/spring/findings.csv").body
    for _ in range(3):
        make.finding(make.promise(cycle=db.session.get_one(KeptPackage, 1).cycle))
        db.session.commit()
        assert work() == 0

    assert page.get("/api/v1/packages").json[0]["is_newest"] is False
    assert page.get("/api/v1/packages/spring/findings.csv").body == before

    assert work(61) == 1
    assert page.get("/api/v1/packages/spring/findings.csv").body.count(b"\r\n") == (
        before.count(b"\r\n") + 3
    )
    first = db.session.get_one(KeptPackage, 1).publication
    work(200)
    assert db.session.get_one(KeptPackage, 1).publication == first


def test_the_list_costs_the_same_with_any_number_of_packages(
    make: Builders, page: Page, work: Work, queries: Queries
) -> None:
    told(make)
    work()
    with queries.counted() as of_one:
        assert len(page.get("/api/v1/packages").json) == 1
    told(make, "autumn")
    assert work(61)

    with queries.at_most(len(of_one)):
        assert len(page.get("/api/v1/packages").json) == 2


def test_on_another_day_it_is_made_anew(make: Builders, page: Page, work: Work) -> None:
    told(make)
    work()
    a_day = 24 * 60 * 60
    work(a_day)
    assert work(a_day + 61) == 1
    days = page.get("/api/v1/packages/spring/scores.json").json
    in_spring = clock.now() + timedelta(days=46)
    assert days[-1]["as_of"] == clock.day_of(in_spring, "Europe/Skopje").isoformat()


def test_of_a_cycle_that_is_not_public_any_more_nothing_is_got(
    make: Builders, page: Page, work: Work
) -> None:
    cycle = told(make)
    work()
    cycle.is_public = False
    db.session.commit()

    page.get("/api/v1/packages/spring/scores.csv", expect=404)
    assert page.get("/api/v1/packages").json == []


def test_before_the_first_is_made_there_is_none(make: Builders, page: Page) -> None:
    told(make)
    page.get("/api/v1/packages/spring/package.zip", expect=404)
    assert page.get("/api/v1/packages").json == []


def test_what_no_package_names_any_more_goes_after_a_while(
    make: Builders, work: Work, monkeypatch: pytest.MonkeyPatch
) -> None:
    lingers = "mobilizer.opendata.actions.keeping.LINGERS"
    monkeypatch.setattr(lingers, timedelta(days=50))  # The files are of the machine's own day.
    cycle = told(make)
    work()
    first, long_ago = stored(), time.time() - timedelta(days=10).total_seconds()
    for name in first:
        os.utime(media().folder / "packages" / name, (long_ago, long_ago))
    make.finding(make.promise(cycle=cycle))
    db.session.commit()

    work()
    work(61)
    assert first < stored(), "whoever fetches the one before is left it, however old it is"
    make.finding(make.promise(cycle=cycle))
    db.session.commit()
    monkeypatch.setattr(lingers, timedelta())
    work(61)
    work(180)
    assert len(stored()) <= len(NAMES)


def stored() -> set[str]:
    return {path.name for path in (media().folder / "packages").iterdir()}


def test_while_a_package_is_made_others_write(app: Flask, make: Builders, work: Work) -> None:
    """It reads in a transaction of its own, which holds up nobody."""
    told(make)
    asked = []

    def look(*_: object) -> None:
        asked.append(db.session.connection().exec_driver_sql("SELECT 1").scalar())

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(tasks, "keep_made", look)
        work()
    assert asked == [1]


def test_the_workbook_holds_texts_as_texts_and_says_what_it_cut(
    make: Builders, page: Page, work: Work, monkeypatch: pytest.MonkeyPatch
) -> None:
    cutting = "mobilizer.opendata.rules.cutting"
    monkeypatch.setattr(f"{cutting}.MOST_CHARACTERS", 10)
    monkeypatch.setattr(f"{cutting}.MOST_ROWS", 2)
    told(make)
    work()

    book = zipfile.ZipFile(io.BytesIO(page.get("/api/v1/packages/spring/package.xlsx").body))

    parts = {name: book.read(name).decode() for name in book.namelist() if "sheet" in name}
    written = "".join(parts.values())
    assert "=We will b […] CUT: 15 characters, whole in promises.csv" in written
    assert "CUT: the rows after the first 2 stand in promises.csv" in written
    assert "<f>" not in written, "a formula"
    assert "hyperlink" not in written
    names = book.read("xl/workbook.xml").decode()
    assert all(f'name="{table.name}"' in names for table in TABLES)


def test_json_in_a_cell_of_the_workbook_is_written_as_in_the_table(
    make: Builders, page: Page, work: Work
) -> None:
    told(make)
    work()
    table = page.get("/api/v1/packages/spring/findings.csv").body.decode()
    assert '{""kind"":""full"",""reason"":""Ќе.""}' in table

    book = zipfile.ZipFile(io.BytesIO(page.get("/api/v1/packages/spring/package.xlsx").body))

    written = "".join(book.read(name).decode() for name in book.namelist() if "sheet" in name)
    assert '{"kind":"full","reason":"Ќе."}' in written


def test_the_same_is_packed_to_the_same_bytes(make: Builders, page: Page, work: Work) -> None:
    told(make)
    work()
    first = {file["name"]: file["sha256"] for file in page.get("/api/v1/packages").json[0]["files"]}
    db.session.get_one(KeptPackage, 1).publication = 0
    db.session.commit()
    work()

    assert work(61) == 1

    again = {file["name"]: file["sha256"] for file in page.get("/api/v1/packages").json[0]["files"]}
    assert first == again


def test_the_description_leads_to_the_tables_beside_it(
    make: Builders, page: Page, work: Work
) -> None:
    told(make)
    work()
    said = json.loads(page.get("/api/v1/packages/spring/datapackage.json").source)
    for resource in said["resources"]:
        page.get(f"/api/v1/packages/spring/{resource['path']}")


def test_a_package_of_before_a_table_came_is_offered_as_it_is(
    make: Builders, page: Page, work: Work
) -> None:
    """After an update of the program, until it is made anew."""
    told(make)
    work()
    package = db.session.get_one(KeptPackage, 1)
    package.files = [one for one in package.files if not one["name"].startswith("answers.")]
    db.session.commit()

    shown = page.get("/en/data?cycle=spring")

    assert "Scores" in shown.texts("tbody th")
    assert "Questions and answers" not in shown.texts("tbody th")


def test_what_a_column_holds_is_told_in_the_language_of_the_page(
    make: Builders, page: Page, work: Work
) -> None:
    told(make)
    work()
    assert "Tačne reči izvora." in page.get("/sr/data?cycle=spring").texts("dl dd")
    assert not page.get("/sr/data?cycle=spring").query('dl[lang="en"]')
