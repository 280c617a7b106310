"""A day on which the month is open, and a phone that speaks to the server."""

from collections.abc import Iterator

import pytest
from flask import Flask

from mobilizer.core import clock
from tests.support.page import Page
from tests.support.world import NOVEMBER
from tests.sync.phone import Phone


@pytest.fixture(autouse=True)
def november() -> Iterator[None]:
    with clock.at(NOVEMBER):
        yield


@pytest.fixture
def phone(app: Flask, page: Page) -> Phone:
    return Phone(page)
