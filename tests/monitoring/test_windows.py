"""The same report open in two windows, and buttons tapped twice."""

import pytest

from mobilizer.core.database import db
from mobilizer.monitoring.models import Entry, Revision
from tests.monitoring.filing import REASON, fill, where

pytestmark = pytest.mark.usefixtures("november")


def the_entry() -> Entry:
    return db.session.scalars(db.select(Entry)).one()


def test_what_is_typed_in_an_older_window_does_not_replace_what_is_newer(make, page):
    assignment = make.assignment()
    page.sign_in(assignment.mobilizer)
    first = page.get("monitoring.screen", screen="state", **where(assignment))
    known = first.query("input[name=version]")[0].attrs["value"]
    fill(page, assignment, only=("state",))

    typed = {"version": known, "rating": "broken", "rating_reason": "From the older window, this."}
    again = page.post(
        "monitoring.save", screen="state", **where(assignment), data=typed, expect=200
    )

    assert "changed in another window" in again
    assert "From the older window, this." in again
    assert REASON in again
    assert the_entry().draft["fields"]["rating"] == "in_progress"
    page.post(
        "monitoring.save",
        screen="state",
        **where(assignment),
        data={
            **typed,
            "version": again.query("input[name=version]")[0].attrs["value"],
            "rating_reason": "From the older window, and now on purpose.",
            "next_step": "Go there.",
        },
    )
    assert the_entry().draft["fields"]["rating"] == "broken"


def test_a_window_from_before_sending_does_not_begin_a_new_draft(make, page):
    assignment = make.assignment()
    page.sign_in(assignment.mobilizer)
    fill(page, assignment)
    page.post("monitoring.send", **where(assignment))

    page.post(
        "monitoring.save",
        screen="state",
        **where(assignment),
        expect=200,
        data={"version": "0.0", "rating": "broken"},
    )

    assert the_entry().draft is None


def test_sending_twice_is_sending_once(make, page):
    assignment = make.assignment()
    page.sign_in(assignment.mobilizer)
    fill(page, assignment)

    page.post("monitoring.send", **where(assignment))
    page.post("monitoring.send", **where(assignment))

    assert len(db.session.scalars(db.select(Revision)).all()) == 1
