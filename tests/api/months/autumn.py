"""An autumn of a cycle, seen from several days, and its packages."""

import io
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

from flask import Flask

from mobilizer.api.cli import command as export
from mobilizer.core.database import db
from mobilizer.cycles.models import Cycle
from tests.builders import Builders
from tests.support.days import on
from tests.support.page import Page, apart

Work = Callable[..., int]
OCTOBER = "/api/v1/releases/local/2026-10"


def export_on(app: Flask, folder: Path, *when: int) -> None:
    def called() -> None:
        with on(2026, *when), app.app_context():
            result = app.test_cli_runner().invoke(export, [str(folder), "--cycle", "local"])
            assert result.exit_code == 0, result.output

    apart(called)


def in_november(make: Builders, cycle: Cycle) -> None:
    """Publish a promise and a finding after the month was over."""
    with on(2026, 11, 3, 12):
        later = make.promise("We build a bridge.", cycle=cycle, topic=cycle.topics[0])
        make.finding(later, "broken", month=date(2026, 11, 1))
    db.session.commit()


def unpacked(page: Page, folder: Path) -> Path:
    packed = io.BytesIO(page.get(f"{OCTOBER}/package.zip").body)
    with zipfile.ZipFile(packed) as file:
        file.extractall(folder)
    return folder


def released(page: Page, *when: int, lang: str = "en") -> Page:
    with on(2026, *when):
        return page.get(f"/{lang}/releases/local/2026-10")
