"""While the database cannot be reached all is told to come again, in a line of the log each."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from flask import Flask
from sqlalchemy import event, text
from sqlalchemy.exc import DBAPIError, IntegrityError

from mobilizer.core.database import db, is_out_of_reach
from mobilizer.core.sessions import COOKIE
from tests.builders import Builders
from tests.publication.visitors import Visitor


@contextmanager
def out_of_reach() -> Iterator[None]:
    """No connection can be had, and those there were are gone."""
    engine = db.engine

    def refuse(*_: object) -> None:
        raise engine.dialect.loaded_dbapi.OperationalError("connection refused")

    db.session.remove()
    engine.dispose()
    event.listen(engine, "do_connect", refuse)
    try:
        yield
    finally:
        event.remove(engine, "do_connect", refuse)


@pytest.fixture
def visitor(app: Flask, make: Builders, monkeypatch: pytest.MonkeyPatch) -> Visitor:
    """Somebody who reads, where a programme is public."""
    make.cycle(is_public=True)
    db.session.commit()
    monkeypatch.setitem(app.config, "PROPAGATE_EXCEPTIONS", False)
    return Visitor(app)


@pytest.mark.parametrize(
    ("address", "kind"),
    [
        ("/mk/topics/", "text/html"),
        ("/account/sign-in", "text/html"),
        ("/api/v1/scores", "application/problem+json"),
        ("/readyz", "text/html"),
    ],
)
def test_everybody_is_told_to_come_again_and_the_log_has_a_line(
    visitor: Visitor, caplog: pytest.LogCaptureFixture, address: str, kind: str
) -> None:
    with out_of_reach():
        answer = visitor.get(address)
    assert (answer.status_code, answer.mimetype) == (503, kind)
    assert answer.headers["Retry-After"] == "5"
    assert answer.headers["Cache-Control"] == "no-store"
    told = [one for one in caplog.records if one.levelno == logging.ERROR]
    assert [one.exc_info for one in told] == [None]
    assert "out of reach" in caplog.text
    assert visitor.get("/mk/topics/").status_code == 200


@pytest.mark.parametrize(
    ("address", "kind"), [("/desk/", "text/html"), ("/sync/hello", "application/json")]
)
def test_whoever_is_signed_in_is_told_to_come_again_and_stays_signed_in(
    visitor: Visitor, caplog: pytest.LogCaptureFixture, address: str, kind: str
) -> None:
    with out_of_reach():
        answer = visitor.get(address, headers={"Cookie": f"{COOKIE}=hers"})
    assert (answer.status_code, answer.mimetype) == (503, kind)
    assert "Set-Cookie" not in answer.headers
    assert [one.exc_info for one in caplog.records if one.levelno == logging.ERROR] == [None]


def test_a_page_that_is_kept_is_read_all_the_same(visitor: Visitor) -> None:
    shown = visitor.get("/mk/topics/").data
    with out_of_reach():
        assert visitor.get("/mk/topics/").data == shown


def test_a_statement_that_fails_is_a_crash_like_any_other(app: Flask) -> None:
    with pytest.raises(DBAPIError) as failed:
        db.session.execute(text("SELECT nothing FROM nowhere"))
    assert not is_out_of_reach(failed.value)
    assert not is_out_of_reach(IntegrityError(None, None, ValueError()))
    db.session.rollback()
