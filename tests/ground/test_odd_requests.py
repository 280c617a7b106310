"""What no page of ours ever asks for: it is answered, and nothing breaks."""

import pytest
from flask import Flask
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from mobilizer.core.database import db
from mobilizer.core.numbers import LARGEST
from tests.builders import Builders
from tests.support.page import Page


@pytest.mark.parametrize("number", [LARGEST, LARGEST + 1, 10**30])
@pytest.mark.parametrize("address", ["/en/promises/{}", "/api/v1/promises/{}"])
def test_a_number_that_is_too_large_names_nothing(page: Page, address: str, number: int) -> None:
    page.get(address.format(number), expect=404)


@pytest.mark.parametrize("number", [str(LARGEST + 1), "9" * 30, "-" + "9" * 30, "1e9", ""])
def test_a_filter_with_such_a_number_narrows_nothing(
    make: Builders, page: Page, number: str
) -> None:
    page.sign_in(make.coordinator())

    for name in ("cycle", "region", "page"):
        page.get(f"/desk/people/?{name}={number}")


@pytest.mark.parametrize("address", ["/", "/en/", "/account/sign-in", "/desk/", "/api/v1/scores"])
def test_a_host_that_is_not_ours_is_refused_in_a_word(app: Flask, address: str) -> None:
    answer = app.test_client().get(address, headers={"Host": "elsewhere.example"})

    assert answer.status_code == 400
    assert "elsewhere" not in answer.text
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_what_a_failed_statement_was_to_store_is_not_told(app: Flask) -> None:
    with pytest.raises(DBAPIError) as failed:
        db.session.execute(text("SELECT :name FROM no_such_table"), {"name": "Violeta Petrova"})

    assert "Violeta" not in str(failed.value)
