"""Keeping the files of a package in the store. The caller commits."""

import hashlib
from datetime import date
from pathlib import Path

from sqlalchemy import select

from mobilizer.core import clock
from mobilizer.core.database import db
from mobilizer.core.storage import media
from mobilizer.cycles.models import Cycle
from mobilizer.opendata.models import KeptPackage
from mobilizer.opendata.rules.checking import description
from mobilizer.opendata.rules.keeping import FOLDER, LINGERS, NAMES, stored_as

CHUNK = 1 << 16


def keep(cycle: Cycle, folder: Path, publication: int, day: date) -> None:
    """Let what lies in a folder be the package of a cycle; what was before it goes, after a while.

    Args:
        cycle: whose package it is.
        folder: with all of ``NAMES`` in it; the files are moved out of it.
        publication: how far the publication had come when it was made.
        day: which day it was then where the cycle is.
    """
    said, files = description(folder), []
    rows = {one["path"]: one["rows"] for one in said["resources"]}
    for name in NAMES:
        path = folder / name
        sha256, size = _digest(path), path.stat().st_size
        media().take(stored_as(name, sha256), path)
        files.append({"name": name, "bytes": size, "sha256": sha256, "rows": rows.get(name)})
    package = db.session.get(KeptPackage, cycle.id) or KeptPackage(cycle_id=cycle.id)
    package.publication, package.made_on, package.files = publication, day, files
    db.session.add(package)
    db.session.flush()
    _let_go()


def _let_go() -> None:
    """Let the files go that no package names any more."""
    named = {
        stored_as(file["name"], file["sha256"])
        for files in db.session.scalars(select(KeptPackage.files))
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
