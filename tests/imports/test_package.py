"""What was exported comes in again as it was."""

import zipfile
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
from mobilizer.indexing.queries import faults
from mobilizer.promises.models import Promise
from mobilizer.replies.actions import decide
from mobilizer.replies.rules import Ruling
from mobilizer.requests.actions import hide
from mobilizer.requests.models import PublicRequest
from tests.api.test_export import export, told
from tests.builders import Builders
from tests.opendata.test_forms import KEPT
from tests.support.databases import Store
from tests.support.page import Page, apart


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
    """Three cycles of a programme, exported."""
    fill(make)
    assert export(app, tmp_path / "out").exit_code == 0
    yield tmp_path / "out"
    db.session.remove()


def fill(make: Builders) -> None:
    """Three cycles, with all that stands beside findings."""
    spring = told(make)
    first = make.finding(make.promise(cycle=spring), "kept")
    of_before = make.reply(first, text="That is not so.")
    with clock.at(clock.now() + timedelta(days=41)):
        second = make.finding(first.promise, "broken", place=first.place, month=first.month,
                              corrects=first.number)  # fmt: skip
        make.published_reply(second, body="=Signed", function="Mayor", url="https://a.example/")
        make.published_reply(second)
        decide(of_before, Ruling.PUBLISH, by=make.coordinator())
        make.published_answer(first.promise, text="=When?", url="https://a.example/2")
        make.published_answer(first.promise, summary="Somebody asked why.", may_quote=False)
        make.closed_request(first.promise, text="Nobody reads this.", may_quote=True)
        hidden = make.published_answer(first.promise, text="Taken from the page.")
        hide(hidden, by=make.coordinator())
    make_figures(make, spring)
    make.cycle("summer", election=make.election())
    make.finding(make.promise("We will mend it.", cycle=make.cycle("autumn")), "kept")
    db.session.commit()


def make_figures(make: Builders, cycle: Cycle) -> None:
    """Two mentors who looked at the same report, and disagree."""
    town = make.municipality()
    assignment = make.assignment(promise=make.promise(cycle=cycle, places=[town]), place=town)
    entry = make.report(assignment)
    make.second(entry, "broken", by=make.mentor("Vardar", cycle=cycle))
    make.decision(entry, "approve")


def emptied(app: Flask, store: Store) -> None:
    db.session.remove()
    store.refresh(app)
    boss = Builders().administrator()
    boss.sign_in_name = "boss"
    db.session.commit()


def test_out_and_in_and_out_again_is_the_same_byte_by_byte(
    app: Flask, store: Store, exported: Path, tmp_path: Path
) -> None:
    emptied(app, store)

    status, said = take_in(app, exported, "--by", "boss")
    assert status == 0, said
    assert export(app, tmp_path / "again").exit_code == 0

    files = sorted(path.relative_to(exported) for path in exported.glob("*/*"))
    assert len(files) == 3 * 18
    for file in files:
        assert (tmp_path / "again" / file).read_bytes() == (exported / file).read_bytes(), file


def test_the_chain_and_the_log_hold_and_go_on(
    app: Flask, store: Store, make: Builders, exported: Path
) -> None:
    before = head()
    assert before is not None
    sealed = before.hash
    emptied(app, store)
    take_in(app, exported, "--by", "boss")

    newest = head()
    assert newest is not None
    assert newest.hash == sealed
    assert list(broken_links()) == []
    assert list(forged()) == []
    with clock.at(clock.now() + timedelta(days=50)):
        make.finding(newest.promise, "broken")
    assert list(broken_links()) == []


def test_what_came_in_is_found_by_the_words_of_its_findings_as_well(
    app: Flask, store: Store, exported: Path
) -> None:
    emptied(app, store)
    take_in(app, exported, "--by", "boss")

    assert list(faults()) == []


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


def test_replies_come_in_by_somebody_who_answers_for_them(
    app: Flask, store: Store, exported: Path
) -> None:
    emptied(app, store)

    for name, says in (
        ([], "The package holds replies, or answers to questions"),
        (["--by", "x"], "Nobody signs in as “x”"),
    ):
        status, said = take_in(app, exported, *name)
        assert status == 1
        assert says in said
        assert _nothing_there()


def test_a_reply_that_came_in_stands_on_the_page_and_nobody_holds_its_link(
    app: Flask, store: Store, page: Page, exported: Path
) -> None:
    emptied(app, store)
    take_in(app, exported, "--by", "boss")

    with clock.at(clock.now() + timedelta(days=60)):
        rows = page.get("/api/v1/replies?cycle=spring").json
        assert len(rows) == 3
        assert "That is not so." in page.get(f"/en/promises/{rows[0]['promise']}").text
        assert page.get("/api/v1/agreement?cycle=spring").json["pairs"] == 1
        assert page.get("/en/method?cycle=spring").source


def test_a_dry_run_changes_nothing(app: Flask, store: Store, exported: Path) -> None:
    emptied(app, store)
    status, said = take_in(app, exported, "--dry-run", "--by", "boss")
    assert status == 0
    assert "3 cycles, 6 promises, 8 findings" in said
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


def test_answers_come_in_by_somebody_who_answers_for_them_and_stand_on_the_page(
    app: Flask, store: Store, page: Page, exported: Path
) -> None:
    emptied(app, store)
    take_in(app, exported, "--by", "boss")

    requests = db.session.scalars(select(PublicRequest).order_by(PublicRequest.id)).all()
    assert [(one.text, one.url, one.address) for one in requests] == [("", "", "")] * 2
    assert {one.closed_by.sign_in_name for one in requests if one.closed_by} == {"boss"}
    with clock.at(clock.now() + timedelta(days=60)):
        shown = page.get(f"/en/promises/{requests[0].promise.number}").text
    assert "=When?" in shown
    assert "Somebody asked why." in shown


def test_answers_alone_need_somebody_who_answers_for_them(
    app: Flask, store: Store, make: Builders, tmp_path: Path
) -> None:
    make.published_answer()
    db.session.commit()
    export(app, tmp_path / "out")
    emptied(app, store)
    status, said = take_in(app, tmp_path / "out")
    assert (status, "The package holds replies, or answers" in said) == (1, True)
    assert _nothing_there()


def test_a_package_of_before_there_were_answers_comes_in(
    app: Flask, store: Store, tmp_path: Path
) -> None:
    with zipfile.ZipFile(KEPT / "1.0.0.zip") as packed:
        packed.extractall(tmp_path / "old")
    emptied(app, store)

    status, said = take_in(app, tmp_path / "old")

    assert status == 0, said
    assert "2 promises, 3 findings, 0 replies, 0 answers" in said
