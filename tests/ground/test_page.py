"""The checking visitor sends what a browser would, and sees what a reader would not forgive."""

import re

import pytest
from flask import Blueprint, redirect, render_template_string, request, url_for

from mobilizer.core import clock, policy
from mobilizer.core.database import db
from tests.support.applications import application
from tests.support.page import Page

PAGE = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Notes</title></head>
<body><main><h1>Notes</h1><form method="post"><input type="hidden" name="seen" value="3">
<input type="hidden" name="csrf_token" value="{{ csrf_token() }}">
<label for="a">Note</label><input id="a" name="note"><button>Send</button></form></main></body>
</html>"""

bp = Blueprint("notes", __name__, url_prefix="/account/notes")


@bp.route("/", methods=["GET", "POST"])
@policy.anyone
def write():
    if request.method == "POST":
        return redirect(url_for(".read", **request.form))
    return render_template_string(PAGE)


@bp.get("/read")
@policy.anyone
def read():
    return {**request.args, "now": clock.now().year}


@bp.get("/bad")
@policy.anyone
def bad():
    return PAGE.replace("<title>", "<title>Bad ")


@pytest.fixture
def visitor(app):
    other = application(app.config["SQLALCHEMY_DATABASE_URI"])
    other.register_blueprint(bp)
    yield Page(other)
    with other.app_context():
        db.engine.dispose()


def test_it_sends_what_the_form_hides(visitor):
    answer = visitor.post("notes.write", data={"note": "hello"})

    assert re.search(r"note=hello", answer.location)
    assert re.search(r"seen=3", answer.location)


def test_it_can_send_a_form_it_was_not_shown(page, make):
    page.sign_in(make.coordinator())

    page.post("accounts.end_other_sessions")
    page.post("/account/sign-out")


def test_a_forged_token_is_refused(visitor):
    visitor.post("notes.write", data={"note": "hello"}, token="forged", expect=409)


def test_it_sees_an_unexpected_status(visitor):
    with pytest.raises(AssertionError, match="answered 404, not 200"):
        visitor.get("/en/nothing-there")


def test_it_sees_a_faulty_page(visitor):
    with pytest.raises(AssertionError, match="does not start with the h1"):
        visitor.get("notes.bad")


def test_a_request_knows_nothing_of_the_test_but_its_clock(visitor):
    with clock.at(clock.now().replace(year=2031)):
        assert visitor.get("notes.read").json["now"] == 2031


def test_a_test_keeps_no_transaction_open_while_a_request_runs(visitor, make):
    cycle = make.cycle()
    visitor.get("notes.write")

    assert cycle.code.startswith("cycle-")


def test_statements_are_counted(app, queries):
    with queries.counted() as statements:
        db.session.execute(db.text("SELECT 1"))

    assert statements == ["SELECT 1"]


def test_too_many_statements_fail(app, queries):
    with pytest.raises(AssertionError, match="1 statements, not 0"), queries.at_most(0):
        db.session.execute(db.text("SELECT 1"))


@pytest.mark.parametrize("language", ["en", "sq", "mk", "sr"])
def test_what_is_not_there_is_told_in_the_visitors_language(page, language):
    page.get(f"/{language}/nothing-there", expect=404)
