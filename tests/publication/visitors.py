"""Somebody without cookies, and how often the framework was asked for her."""

from typing import Any

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from mobilizer.publication.views import Front
from tests.support.page import apart


class Calls:
    """How often the framework was asked, and with what."""

    def __init__(self, front: Front, monkeypatch: pytest.MonkeyPatch) -> None:
        self.environs: list[dict[str, Any]] = []
        inner = front.inner

        def counted(environ: dict[str, Any], start: Any) -> Any:
            self.environs.append(dict(environ))
            return inner(environ, start)

        for behind in ("inner", "again", "desk"):
            monkeypatch.setattr(front, behind, counted)


class Visitor:
    """Somebody without cookies."""

    def __init__(self, app: Flask) -> None:
        self.client = app.test_client(use_cookies=False)

    def open(self, address: str, **more: Any) -> TestResponse:
        return apart(lambda: self.client.open(address, buffered=True, **more))

    get = open

    def head(self, address: str) -> TestResponse:
        return self.open(address, method="HEAD")

    def post(self, address: str) -> TestResponse:
        return self.open(address, method="POST")
