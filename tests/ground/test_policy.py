"""Closed by default: who says nothing lets nobody in."""

import pytest

from mobilizer.accounts.rules import PERMISSIONS
from mobilizer.core.policy import ANYONE, PUBLIC, declared
from tests.support.applications import application
from tests.support.page import Page

ONCE = pytest.mark.parametrize("app", ["sqlite"], indirect=True)


@ONCE
def test_every_view_declares_a_permission(app):
    silent = sorted(name for name, view in app.view_functions.items() if declared(view) is None)

    assert not silent, f"views that declare no permission: {silent}"


@ONCE
def test_every_declared_permission_is_in_the_table(app):
    known = {PUBLIC, ANYONE, *PERMISSIONS}
    unknown = {
        name: declared(view)
        for name, view in app.view_functions.items()
        if declared(view) not in {*known, None}
    }

    assert not unknown


@ONCE
def test_a_view_that_declares_nothing_is_refused_to_everybody(app):
    other = application(app.config["SQLALCHEMY_DATABASE_URI"])
    other.add_url_rule("/en/open", view_func=lambda: "come in", endpoint="open")

    Page(other).get("/en/open", expect=403)
