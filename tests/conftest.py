"""What every test can ask for: an application on both databases, builders, a checking visitor."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask

from mobilizer.accounts.actions import passwords
from mobilizer.core.database import db
from tests.builders import HASHER, Builders
from tests.support import messages
from tests.support.applications import application
from tests.support.databases import STORES, Store
from tests.support.page import Page
from tests.support.queries import Queries

pytest_plugins = ["tests.support.browser", "tests.support.in_step", "tests.support.november"]


@pytest.fixture(scope="session")
def built() -> Iterator[Callable[[str], tuple[Flask, Store]]]:
    """An application for each kind of database, made and migrated once."""
    made: dict[str, tuple[Flask, Store]] = {}

    def of(kind: str) -> tuple[Flask, Store]:
        if kind not in made:
            store = STORES[kind]()
            made[kind] = application(store.url), store
            store.build(made[kind][0])
        return made[kind]

    yield of
    for app, _ in made.values():
        with app.app_context():
            db.engine.dispose()


@pytest.fixture(params=list(STORES))
def app(
    request: pytest.FixtureRequest,
    built: Callable[[str], tuple[Flask, Store]],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Flask]:
    """The application in its context, on a fresh SQLite and again on a fresh PostgreSQL."""
    app, store = built(request.param)
    store.refresh(app)
    app.extensions["front"].forget()
    monkeypatch.setitem(app.config, "MEDIA_FOLDER", tmp_path / "media")
    monkeypatch.setattr(passwords, "HASHER", HASHER)
    if messages.STRICT:
        messages.refuse_untranslated(monkeypatch)
    with app.app_context():
        yield app
        db.session.remove()


@pytest.fixture
def store(app: Flask, built: Callable[[str], tuple[Flask, Store]]) -> Store:
    """The database of the application."""
    return built(db.engine.dialect.name)[1]


@pytest.fixture
def make(app: Flask) -> Builders:
    """Builders of records: ``make.mentor(region="Polog")``."""
    return Builders()


@pytest.fixture
def page(app: Flask) -> Page:
    """A visitor who checks every page she is given."""
    return Page(app)


@pytest.fixture
def queries(app: Flask) -> Queries:
    """Counts statements: ``with queries.at_most(5): page.get(…)``."""
    return Queries(app)
