"""The whole demonstration, told once by its command, and a short one for both databases."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from flask import Flask
from playwright.sync_api import Browser

from mobilizer.core import clock
from mobilizer.core.database import db
from mobilizer.demo.actions.telling import whole_story
from mobilizer.demo.cli import command
from mobilizer.demo.rules.story import Story
from tests.support import scratch
from tests.support.applications import application
from tests.support.browser import Window
from tests.support.databases import migrate
from tests.support.site import Site

#: A day in the middle of a month: some of its reports are in, others are not.
MOMENT = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)


@pytest.fixture(scope="session")
def told() -> Iterator[Flask]:
    """An application with the whole demonstration, as ``mobilizer demo`` makes it."""
    folder = scratch.folder("demo")
    app = application(f"sqlite:///{folder / 'demo.sqlite3'}")
    app.config["MEDIA_FOLDER"] = folder / "media"
    migrate(app)
    with app.app_context(), clock.at(MOMENT):
        run = app.test_cli_runner().invoke(command, catch_exceptions=False)
    assert run.exit_code == 0, run.output
    yield app
    with app.app_context():
        db.engine.dispose()


@pytest.fixture
def demo(told: Flask) -> Iterator[Flask]:
    """The same, in its context, at its moment."""
    with told.app_context(), clock.at(MOMENT):
        yield told
        db.session.remove()


@pytest.fixture
def short_story(app: Flask) -> Story:
    """Every seventh promise, and those that are not published."""
    story = whole_story()
    kept = story.promises[::7] + tuple(one for one in story.promises if one.fate != "published")
    return replace(story, promises=kept)


@pytest.fixture
def window(told: Flask, chrome: Browser, monkeypatch: pytest.MonkeyPatch) -> Iterator[Window]:
    """A browser before the demonstration."""
    site = Site(told)
    site.moment = MOMENT
    monkeypatch.setitem(told.config, "SITE_URL", site.url)
    told.extensions["front"].forget()
    window = Window(chrome, site)
    yield window
    window.close()
    site.end()
    told.extensions["front"].forget()
