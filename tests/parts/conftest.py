"""Renders a snippet that uses the parts, as a page of a language would."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from flask import Flask, g, render_template_string
from flask_login import AnonymousUserMixin
from justhtml import JustHTML

from mobilizer.accounts.models import User
from mobilizer.core.database import db
from tests.support.applications import application


@pytest.fixture(scope="session")
def templates() -> Iterator[Flask]:
    """An application whose database is never asked."""
    app = application("sqlite://")
    yield app
    with app.app_context():
        db.engine.dispose()


Render = Callable[..., JustHTML]


@pytest.fixture
def render(templates: Flask) -> Render:
    """``render("{% from … %}{{ … }}", path="/sq/", **context)`` gives the parsed result."""

    def of(source: str, path: str = "/en/", person: User | None = None, **context: Any) -> JustHTML:
        with templates.test_request_context(path):
            g._login_user = person or AnonymousUserMixin()
            html = render_template_string(source, **context)
        found = JustHTML(f"<!doctype html><title>x</title>{html}", sanitize=False)
        assert not found.errors, found.errors
        return found

    return of
