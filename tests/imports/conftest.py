"""A way to run the import as an operator does."""

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result
from flask import Flask

from mobilizer.core.database import db
from mobilizer.imports.cli import command
from tests.support.page import apart

Run = Callable[..., Result]

MAPPING = """
[tracker]
name = "A Tracker"
key = "a-tracker"
language = "en"

[cycle]
country = "US"
first_month = "2020-01"
last_month = "2020-12"
time_zone = "America/New_York"
names.en = "A cycle"

[source]
title = "Their list"

[topic]
default = "Other"

[fields]
key = "id"
words = "words"
title = ["title", "words"]
party = "who"
topic = "topic"
due = "due"
status = "status"
evidence = "links"
updates = "updates"

[status]
"Done" = "kept"
"Half" = "partly_kept"
"No" = "broken"

[cells]
dates = ["%Y-%m-%d", "%B %Y"]
"""

HEAD = "id,words,title,who,topic,due,status,links,updates\n"
ROW = "1,We will build a bridge.,A bridge,Bridge Party,Roads,2020-06-30,Done,,\n"


@pytest.fixture
def run(app: Flask, tmp_path: Path) -> Run:
    """Import a text as a file: ``run(HEAD + ROW, "--publish")``."""
    (tmp_path / "map.toml").write_text(MAPPING, "utf-8")

    def imported(
        content: str | bytes, *options: str, mapping: Path | None = None, name: str = "file.csv"
    ) -> Result:
        file = tmp_path / name
        file.write_bytes(content.encode() if isinstance(content, str) else content)
        arguments = ["promises", str(file), "--mapping", str(mapping or tmp_path / "map.toml")]
        runner = app.test_cli_runner()
        arguments += ["--cycle", "their-cycle", *options]

        def called() -> Result:
            with app.app_context():
                return runner.invoke(command, arguments)

        db.session.commit()
        return apart(called)

    return imported
