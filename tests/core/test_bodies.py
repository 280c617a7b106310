"""How much of a body is read before it is known who sends it."""

import pytest
from flask import Flask
from werkzeug.test import create_environ

from mobilizer.core.bodies import OF_PEOPLE, OF_STRANGERS
from mobilizer.core.policy import reading
from mobilizer.evidence.rules.clips import CLIP_BYTES


@pytest.mark.parametrize(
    ("method", "path"), [("POST", "/nowhere"), ("PUT", "/account/sign-in"), ("GET", "/sq/\udcff")]
)
def test_where_nothing_is_taken_hardly_anything_is_read(app: Flask, method: str, path: str) -> None:
    environ = {
        **create_environ(method=method),
        "PATH_INFO": path.encode("utf-8", "surrogateescape").decode("latin-1"),
    }
    assert reading(app)(environ) == OF_STRANGERS


def test_of_words_as_much_is_read_as_a_form_of_words_takes(app: Flask) -> None:
    assert reading(app)(create_environ("/account/sign-in", method="POST")) == OF_PEOPLE


@pytest.mark.parametrize(
    ("method", "path", "least"),
    [
        ("POST", "/desk/promises/7/copy", OF_PEOPLE),
        ("PUT", "/sync/promises/5f0e7ad0-7dfb-4f5e-8a4f-0e7a4c0c9a11", OF_STRANGERS),
        (
            "POST",
            "/field/reports/5f0e7ad0-7dfb-4f5e-8a4f-0e7a4c0c9a11/2026-11/evidence",
            CLIP_BYTES,
        ),
    ],
)
def test_files_are_read_where_a_view_says_so(
    app: Flask, method: str, path: str, least: int
) -> None:
    endpoint, _ = app.url_map.bind("localhost").match(path, method=method)
    told = reading(app)(create_environ(path, method=method))
    assert told == app.view_functions[endpoint].takes > least
