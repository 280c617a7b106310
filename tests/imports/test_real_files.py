"""The files of trackers that nobody here wrote, whole, through the mappings in docs/."""

import json
from pathlib import Path

import pytest
from flask import Flask

from mobilizer.core.database import db
from mobilizer.imports.cli import command
from mobilizer.promises.models import Promise
from mobilizer.scorecards.cli import command as scores
from tests.support.page import Page, apart
from tests.support.shared import shared_folder

MAPPINGS = Path(__file__).parents[2] / "docs" / "mappings"


def take_in(app: Flask, name: str, code: str) -> str:
    file = str(shared_folder() / "real" / f"{name}.csv")
    mapping = str(MAPPINGS / f"{name}.toml")
    arguments = ["promises", file, "--mapping", mapping, "--cycle", code, "--publish"]

    def called() -> str:
        with app.app_context():
            result = app.test_cli_runner().invoke(command, arguments)
            assert result.exit_code == 0, result.output
            return result.output

    return apart(called)


def test_trumptracker_comes_in_whole_and_scores_as_its_publishers_scored_it(
    app: Flask, page: Page
) -> None:
    assert take_in(app, "usa-trumptracker", "usa-2016").startswith("174 new")
    assert "0 new, 0 changed, 174 the same" in take_in(app, "usa-trumptracker", "usa-2016")

    said = app.test_cli_runner().invoke(scores, ["--cycle", "usa-2016", "--json"])
    (row,) = json.loads(said.output)
    assert row["score"] == {"numerator": 25, "denominator": 174, "percent": 14}
    assert row["counts"]["broken"] == 43
    assert page.get("/api/v1/scores?cycle=usa-2016").json == [row]
    assert "14 %" in page.get("scorecards.home", lang="en").text.replace("\u00a0", " ")


def test_the_hundred_days_of_chile_come_in_whole(app: Flask, page: Page) -> None:
    assert take_in(app, "chile-100-dias", "cl-2014").startswith("56 new")
    assert "56 the same" in take_in(app, "chile-100-dias", "cl-2014")

    (row,) = page.get("/api/v1/scores?cycle=cl-2014").json
    assert row["promises"] == row["rated"] == 56
    assert (row["counts"]["kept"], row["counts"]["not_started"]) == (25, 9)
    number = db.session.scalar(db.select(db.func.min(Promise.number)))
    shown = page.get("scorecards.promise", lang="en", number=number)
    assert "in Spanish" in shown
    assert len(shown.query("ol.updates li")) == 3


@pytest.mark.parametrize("name", ["usa-trumptracker", "chile-100-dias"])
def test_every_promise_of_a_real_file_has_a_page(app: Flask, page: Page, name: str) -> None:
    take_in(app, name, "theirs")

    for number in list(db.session.scalars(db.select(Promise.number)))[::9]:
        page.get("scorecards.promise", lang="sq", number=number)
