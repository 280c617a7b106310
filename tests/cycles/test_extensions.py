"""One person's later close of one month."""

from datetime import date

import pytest
from sqlalchemy import select

from mobilizer.core.database import db
from mobilizer.cycles.models import Extension


def extension_form(person, **given):
    values = {"user": person.id, "month": "2026-11-01", "until": "2026-12-20", "reason": "Ill."}
    return values | given


def test_a_coordinator_gives_one_person_a_later_close(make, page, verbs):
    cycle = make.cycle("hers")
    mila = make.mobilizer(cycle=cycle)
    cora = make.coordinator(cycle=cycle)
    page.sign_in(cora)

    page.post("cycles.extensions", code="hers", data=extension_form(mila))
    page.post("cycles.extensions", code="hers", data=extension_form(mila))
    page.get("cycles.extensions", code="hers")
    page.post("cycles.extensions", code="hers", data=extension_form(mila, until="2026-12-22"))

    extension = db.session.scalars(select(Extension)).one()
    assert (extension.until, extension.given_by_id) == (date(2026, 12, 22), cora.id)
    assert verbs().count("entry.extend") == 2
    assert "22 December 2026" in page.get("cycles.extensions", code="hers")


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"until": "2027-01-06"}, "at most one month after the close: on 5 January 2027"),
        ({"until": "2026-11-28"}, "after the day on which the month is due"),
        ({"until": "tomorrow"}, "Not a valid date value."),
        ({"reason": " "}, "This is needed."),
        ({"month": "2031-01-01"}, "Not a valid choice."),
        ({"user": "999999"}, "Not a valid choice."),
    ],
)
def test_an_extension_that_cannot_be_is_refused(make, page, given, says):
    cycle = make.cycle("hers")
    mila = make.mobilizer(cycle=cycle)
    page.sign_in(make.coordinator(cycle=cycle))

    answer = page.post(
        "cycles.extensions", code="hers", data=extension_form(mila, **given), expect=200
    )

    assert says in answer
    assert db.session.scalars(select(Extension)).all() == []


def test_nobody_of_another_cycle_is_given_an_extension(make, page):
    stranger = make.mobilizer(cycle=make.cycle("theirs"))
    cycle = make.cycle("hers")
    make.mobilizer(cycle=cycle)
    page.sign_in(make.coordinator(cycle=cycle))

    page.post("cycles.extensions", code="hers", data=extension_form(stranger), expect=200)

    assert db.session.scalars(select(Extension)).all() == []
