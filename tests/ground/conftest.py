"""The world in which every address and every form is tried."""

import shutil
from collections.abc import Iterator
from copy import deepcopy
from pathlib import Path

import pytest
from flask import Flask

from mobilizer.core import clock
from mobilizer.core.database import db
from tests.builders import Builders
from tests.support.databases import Store
from tests.support.world import NOVEMBER, World, build


@pytest.fixture(scope="session")
def worlds() -> dict[Store, tuple[World, Path]]:
    """The world of each database, and where its files are kept."""
    return {}


@pytest.fixture
def world(
    app: Flask,
    store: Store,
    make: Builders,
    worlds: dict[Store, tuple[World, Path]],
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[World]:
    """Built once for each database, then brought back: building it takes longer than most tests."""
    media = app.config["MEDIA_FOLDER"]
    if store not in worlds:
        with clock.at(NOVEMBER):
            world = build(make)
            db.session.commit()
        db.session.remove()
        store.keep(app)
        worlds[store] = world, tmp_path_factory.mktemp("kept") / "media"
        shutil.copytree(media, worlds[store][1])
    world, files = worlds[store]
    store.bring_back(app)
    shutil.copytree(files, media, dirs_exist_ok=True)
    with clock.at(NOVEMBER):
        yield deepcopy(world)
