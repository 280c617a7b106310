"""What `mobilizer export` writes, and what it keeps."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from click.testing import Result
from flask import Flask

from mobilizer.api.cli import command
from mobilizer.api.queries.editions import edition
from mobilizer.api.queries.tables import rows_of
from mobilizer.core import clock
from mobilizer.core.database import db
from mobilizer.cycles.models import Cycle
from mobilizer.desk.cli import command as verify
from mobilizer.findings.queries import head
from mobilizer.opendata.rules.checking import check
from mobilizer.opendata.rules.counted import TABLES
from mobilizer.opendata.rules.description import FILE
from mobilizer.opendata.rules.package import read_package
from mobilizer.promises.models import PromiseChange
from mobilizer.promises.rules import PromiseState, Testability
from mobilizer.requests.actions import hide
from tests.builders import Builders
from tests.support.page import apart
from tests.support.queries import Queries


def told(make: Builders, code: str = "spring") -> Cycle:
    """A cycle with a bit of everything, published over some months."""
    cycle = make.cycle(code, first_month=clock.now().date().replace(day=1), least_rated=1)
    city, village = make.municipality(), make.municipality("Butel", region="Skopje")
    one = make.promise("=We will build.", cycle=cycle, places=[city, village], speaker="@speaker")
    two = make.promise("'Quoted', he said.", cycle=cycle, topic=make.topic("roads", cycle=cycle))
    make.promise(cycle=cycle, testability=Testability.NOT_TESTABLE, testability_reason="No way.")
    make.promise("Nobody may read this yet.", cycle=cycle, state=PromiseState.CHECKED)
    first = make.finding(one, "kept", place=city, content={"kind": "full", "reason": "Ќе."})
    make.finding(one, "stalled", place=village)
    later = clock.now() + timedelta(days=40)
    with clock.at(later):
        why = {"correction": {"reason": "Wrong year.", "language": "en"}}
        make.finding(one, "broken", place=city, month=first.month, corrects=first.number,
                     content=why)  # fmt: skip
        make.finding(two, "partly_kept")
        change = PromiseChange(
            promise=two, changed_at=later, by_id=make.user(full_name="Petra Plant").id,
            field="source_spot", after="p. 4", reason="It stands there.",
        )  # fmt: skip
        db.session.add(change)
    db.session.commit()
    return cycle


def export(app: Flask, *arguments: object, days: int = 45) -> Result:
    """Run the command so many days from now."""

    def called() -> Result:
        with clock.at(clock.now() + timedelta(days=days)), app.app_context():
            return app.test_cli_runner().invoke(command, [str(one) for one in arguments])

    db.session.commit()
    return apart(called)


def test_every_score_of_the_site_is_counted_again_from_the_files(
    app: Flask, make: Builders, tmp_path: Path
) -> None:
    told(make)

    result = export(app, tmp_path / "new" / "folder")

    checked = check(tmp_path / "new" / "folder" / "spring")
    assert result.exit_code == 0, result.output
    assert checked.faults == ()
    assert checked.findings == 4
    assert checked.scores > 20
    newest = head()
    assert newest is not None
    assert checked.head == newest.hash


def test_corrections_are_read_at_once(app: Flask, make: Builders, queries: Queries) -> None:
    cycle = told(make)
    wrong = [make.finding(make.promise(cycle=cycle), "kept") for _ in range(3)]
    right = [
        make.finding(one.promise, "broken", place=one.place, corrects=one.number) for one in wrong
    ]
    db.session.commit()
    cycle_id, number = cycle.id, right[-1].number
    db.session.expunge_all()
    with clock.at(clock.now() + timedelta(days=45)):
        of = edition(db.session.get_one(Cycle, cycle_id))
        with queries.at_most(1):
            rows = list(rows_of("corrections", of))

    assert (len(rows), rows[-1]["finding"]) == (4, number)
    assert {(row["said"], row["says"]) for row in rows} == {("kept", "broken")}


def test_what_nobody_may_read_stands_in_no_file(app: Flask, make: Builders, tmp_path: Path) -> None:
    told(make)
    export(app, tmp_path, "--cycle", "spring")

    written = "".join(path.read_text("utf-8") for path in tmp_path.iterdir())

    assert "Nobody may read" not in written
    assert "Petra" not in written
    assert "published_at" not in written
    assert "p. 4" in written
    assert "No way." in written
    assert "'@speaker" in written


def test_questions_and_answers_are_told_as_the_page_shows_them(
    app: Flask, make: Builders, tmp_path: Path
) -> None:
    promise = make.promise(cycle=told(make))
    make.published_answer(promise, text="=When?", url="https://a.example/2")
    make.published_answer(promise, text="I, Petra, ask.", summary="Why?", may_quote=False)
    hide(make.published_answer(promise, text="Taken from the page."), by=make.coordinator())
    make.closed_request(promise, text="Never public.", may_quote=True)
    db.session.commit()
    export(app, tmp_path, "--cycle", "spring")

    assert check(tmp_path).faults == ()
    rows = read_package(tmp_path).rows("answers")
    today = clock.today(promise.cycle.time_zone)
    facts = ("promise", "position", "question", "quoted", "link", "answer", "published_on")
    assert [tuple(row[name] for name in facts) for row in rows] == [
        (promise.number, 1, "=When?", True, "https://a.example/2", "In May.", today),
        (promise.number, 2, "Why?", False, "", "In May.", today),
    ]
    written = (tmp_path / "answers.csv").read_text("utf-8")
    assert "Petra" not in written
    assert "Never public" not in written


def test_a_chain_over_several_cycles_can_be_walked_in_each(
    app: Flask, make: Builders, tmp_path: Path
) -> None:
    told(make)
    hidden = make.cycle("hidden", is_public=False)
    make.finding(make.promise("A hidden promise.", cycle=hidden), "kept")
    told(make, "summer")

    result = export(app, tmp_path)

    assert result.exit_code == 0
    assert sorted(path.name for path in tmp_path.iterdir()) == ["spring", "summer"]
    for code in ("spring", "summer"):
        assert check(tmp_path / code).faults == ()
        assert "hidden" not in (tmp_path / code / "links.csv").read_text()
    said = app.test_cli_runner().invoke(verify, ["--from", str(tmp_path)])
    assert said.exit_code == 0
    assert said.output.count("scores counted again, all as published") == 2


def test_the_same_again_is_the_same_byte_by_byte(
    app: Flask, make: Builders, tmp_path: Path
) -> None:
    told(make)
    export(app, tmp_path)
    before = {path: path.read_bytes() for path in (tmp_path / "spring").iterdir()}

    assert export(app, tmp_path).exit_code == 0

    assert {path: path.read_bytes() for path in (tmp_path / "spring").iterdir()} == before


def test_nothing_of_somebody_elses_is_written_over(
    app: Flask, make: Builders, tmp_path: Path
) -> None:
    told(make)
    (tmp_path / "letter.txt").write_text("Dear")

    result = export(app, tmp_path, "--cycle", "spring")

    assert result.exit_code == 1
    assert "is not empty" in str(result.exception)
    assert [path.name for path in tmp_path.iterdir()] == ["letter.txt"]


@pytest.mark.parametrize("arguments", [["--cycle", "hidden"], ["--cycle", "nothing"]])
def test_what_is_not_public_is_not_exported(
    app: Flask, make: Builders, tmp_path: Path, arguments: list[str]
) -> None:
    make.cycle("hidden", is_public=False)

    result = export(app, tmp_path, *arguments)

    assert result.exit_code == 1
    assert list(tmp_path.iterdir()) == []


def test_the_command_names_the_first_row_that_differs(
    app: Flask, make: Builders, tmp_path: Path
) -> None:
    told(make)
    export(app, tmp_path, "--cycle", "spring")
    path = tmp_path / "scores.csv"
    path.write_text(path.read_text().replace(",50,", ",51,", 1), newline="")

    said = app.test_cli_runner().invoke(verify, ["--from", str(tmp_path)])

    assert said.exit_code == 1
    assert "percent: says “51”, and should say “50”" in said.output
    nowhere = app.test_cli_runner().invoke(verify, ["--from", str(tmp_path / "nowhere")])
    assert nowhere.exit_code == 2
    both = app.test_cli_runner().invoke(verify, ["--from", str(tmp_path), "--files"])
    assert both.exit_code == 2


def test_a_row_has_what_its_table_says_and_nothing_else(make: Builders) -> None:
    cycle = told(make)
    for table in TABLES:
        for row in rows_of(table.name, edition(cycle)):
            assert set(row) >= set(table.columns), table.name


def test_an_empty_cycle_is_a_package_too(app: Flask, make: Builders, tmp_path: Path) -> None:
    make.cycle("spring", first_month=date(2026, 1, 1))
    assert export(app, tmp_path).exit_code == 0
    assert check(tmp_path / "spring").faults == ()
    assert (tmp_path / "spring" / FILE).exists()
