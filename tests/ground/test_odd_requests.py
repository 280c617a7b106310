"""What no page of ours ever asks for: it is answered, and nothing breaks."""

from io import BytesIO

import pytest
from flask import Flask
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from mobilizer.core.bodies import OF_STRANGERS
from mobilizer.core.database import db
from mobilizer.core.numbers import LARGEST
from mobilizer.core.policy import PUBLIC, declared
from mobilizer.requests.views.asking import MOST
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


class Unread(BytesIO):
    """A body that nobody may read."""

    def read(self, _size: int | None = -1) -> bytes:
        raise AssertionError("It was read.")

    readinto = read  # type: ignore[assignment]  # whatever is asked of it


def test_what_a_stranger_sends_is_bounded_before_it_is_read(app: Flask) -> None:
    words = {"number": 1, "secret": "x" * 43, "listing": "topics", "code": "health"}
    build = app.url_map.bind("localhost").build
    asked = {"/nowhere": OF_STRANGERS}
    for rule in app.url_map.iter_rules():
        if "POST" in (rule.methods or ()) and declared(app.view_functions[rule.endpoint]) == PUBLIC:
            address = build(rule.endpoint, {name: words[name] for name in rule.arguments})
            asked[address] = MOST if rule.endpoint == "ask.send" else OF_STRANGERS
    assert len(asked) > 6

    for address, most in asked.items():
        for kind in ("multipart/form-data; boundary=x", "application/x-www-form-urlencoded"):
            answer = app.test_client().post(
                address,
                input_stream=Unread(),
                content_type=kind,
                environ_overrides={"CONTENT_LENGTH": str(most + 1)},
            )
            assert (address, answer.status_code) == (address, 413)
