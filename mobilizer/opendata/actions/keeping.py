"""Keeping the files of a package in the store. The caller commits."""

import hashlib
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy import select, union_all

from mobilizer.core import clock
from mobilizer.core.database import db
from mobilizer.core.storage import media
from mobilizer.cycles.models import Cycle
from mobilizer.opendata.models import KeptPackage, MonthPackage
from mobilizer.opendata.rules.checking import description
from mobilizer.opendata.rules.keeping import (
    FOLDER,
    LINGERS,
    NAMES,
    NAMES_OF_MONTH,
    stored_as,
)

CHUNK = 1 << 16


def keep(cycle: Cycle, folder: Path, publication: int, day: date) -> None:
    """Let what lies in a folder be the package of a cycle; what was before it goes, after a while.

    Args:
        cycle: whose package it is.
        folder: with all of ``NAMES`` in it; the files are moved out of it.
        publication: how far the publication had come when it was made.
        day: which day it was then where the cycle is.
    """
    files = _taken(folder, NAMES)
    package = db.session.get(KeptPackage, cycle.id) or KeptPackage(cycle_id=cycle.id, files=[])
    for before in package.files:  # From now on they linger, however long ago they were made.
        media().touch(stored_as(before["name"], before["sha256"]))
    package.publication, package.made_on, package.files = publication, day, files
    db.session.add(package)
    db.session.flush()
    _let_go()


def keep_month(cycle: Cycle, folder: Path, month: date, made_on: date) -> None:
    """Let what lies in a folder be the package of a month for good, unless one was made before.

    Args:
        cycle: whose package it is.
        folder: with all of ``NAMES_OF_MONTH`` in it; the files are moved out of it.
        month: its first day.
        made_on: which day it was where the cycle is.
    """
    if db.session.get(MonthPackage, (cycle.id, month)) is None:
        method = description(folder)["methodology"]
        package = MonthPackage(
            cycle_id=cycle.id,
            month=month,
            made_on=made_on,
            methodology=method,
            files=_taken(folder, NAMES_OF_MONTH),
        )
        db.session.add(package)
        db.session.flush()


def _taken(folder: Path, names: Iterable[str]) -> list[dict[str, Any]]:
    """Move files into the store; what is kept of each."""
    rows = {one["path"]: one["rows"] for one in description(folder)["resources"]}
    files = []
    for name in names:
        path = folder / name
        sha256, size = _digest(path), path.stat().st_size
        media().take(stored_as(name, sha256), path)
        files.append({"name": name, "bytes": size, "sha256": sha256, "rows": rows.get(name)})
    return files


def _let_go() -> None:
    """Let the files go that no package names any more."""
    kept = union_all(select(KeptPackage.files), select(MonthPackage.files))
    named = {
        stored_as(file["name"], file["sha256"])
        for files in db.session.scalars(kept)
        for file in files
    }
    for name in media().untouched(FOLDER, clock.now() - LINGERS):
        if name not in named:
            media().remove(name)


def _digest(path: Path) -> str:
    sha256 = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(CHUNK):
            sha256.update(chunk)
    return sha256.hexdigest()
