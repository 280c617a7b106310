"""One promise given to one mobilizer, in a browser."""

import pytest
from sqlalchemy import select

from mobilizer.assignments.models import Assignment
from mobilizer.core.database import db
from mobilizer.promises.rules import PromiseState
from tests.builders import month


def test_a_promise_is_given_to_a_mobilizer_with_her_own_mentor(programme, page):
    page.sign_in(programme.cora)

    assert programme.promise.titles["en"] in page.get("assignments.new")
    page.post("assignments.new", data=programme.typed(), **programme.address)

    one = db.session.scalars(select(Assignment)).one()
    assert (one.mobilizer_id, one.mentor_id) == (programme.mila.id, programme.mentor.id)
    assert (one.first_month, one.last_month) == (month("2026-11"), month("2027-01"))
    assert one.region_id == programme.tetovo.parent_id
    assert [event.by_id for event in programme.log()] == [programme.cora.id]
    assert "Person" in page.get("assignments.index")


def test_sent_twice_it_is_assigned_once(programme, page):
    page.sign_in(programme.cora)

    for _ in range(2):
        page.post("assignments.new", data=programme.typed(), **programme.address)

    assert programme.count() == len(programme.log()) == 1


def test_another_mentor_of_the_cycle_may_be_chosen(programme, make, page):
    other = make.mentor("Skopje", cycle=programme.cycle)
    page.sign_in(programme.cora)

    page.post("assignments.new", data=programme.typed(mentor=other.id), **programme.address)

    assert db.session.scalars(select(Assignment)).one().mentor_id == other.id


def test_a_national_promise_is_followed_in_the_mobilizers_region(programme, make, page):
    national = make.promise(cycle=programme.cycle, places=[make.country()])
    page.sign_in(programme.cora)

    data = programme.typed(place=make.country().id)
    page.post("assignments.new", data=data, cycle="hers", promise=national.number)

    assert db.session.scalars(select(Assignment)).one().region_id == make.region("Polog").id


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"mobilizer": ""}, "This is needed."),
        ({"mobilizer": "999999"}, "Not a valid choice."),
        ({"place": "999999"}, "Not a valid choice."),
        ({"first_month": "2026-08"}, "The cycle begins only later."),
        ({"last_month": "2027-09"}, "The cycle ends before that."),
        ({"last_month": "2026-10"}, "The last month comes before the first."),
        ({"last_month": "spring"}, "This is not a month."),
        ({"mentor": "999999"}, "Not a valid choice."),
    ],
)
def test_what_cannot_be_is_refused_beside_its_field(programme, page, given, says):
    page.sign_in(programme.cora)
    data = programme.typed(**given)

    answer = page.post("assignments.new", data=data, expect=200, **programme.address)

    assert any(says in error for error in answer.texts(".field .error"))
    kept = answer.query("#last_month")[0].attrs["value"]
    assert kept == data["last_month"]
    assert programme.count() == 0


def test_a_mobilizer_without_a_mentor_needs_one_chosen(programme, make, page):
    alone = make.mobilizer(cycle=programme.cycle)
    page.sign_in(programme.cora)
    data = programme.typed(mobilizer=alone.id)

    answer = page.post("assignments.new", data=data, expect=200, **programme.address)

    assert "no dedicated mentor yet" in answer
    assert programme.count() == 0


def test_nobody_is_her_own_mentor(programme, make, page):
    both = make.mentor(cycle=programme.cycle)
    make.posting(both, "mobilizer", region="Polog", cycle=programme.cycle, mentor=both)
    page.sign_in(programme.cora)
    data = programme.typed(mobilizer=both.id)

    answer = page.post("assignments.new", data=data, expect=200, **programme.address)

    assert "Nobody can be her own mentor." in answer
    assert programme.count() == 0


def test_overlapping_months_are_refused_and_say_which(programme, make, page):
    make.assignment(
        programme.mila,
        promise=programme.promise,
        place=programme.tetovo,
        first_month="2026-09",
        last_month="2026-11",
    )
    page.sign_in(programme.cora)

    answer = page.post("assignments.new", data=programme.typed(), expect=200, **programme.address)

    assert "from September 2026 to November 2026" in answer
    assert programme.count() == 1


def test_sharing_a_promise_with_another_mobilizer_warns(programme, make, page):
    other = make.mobilizer(cycle=programme.cycle, mentor=programme.mentor, full_name="Vesa V.")
    make.assignment(other, promise=programme.promise, place=programme.tetovo)
    page.sign_in(programme.cora)

    page.post("assignments.new", data=programme.typed(), **programme.address)

    assert "it is also followed by: Vesa V." in page.get("assignments.index")
    assert programme.count() == 2


@pytest.mark.parametrize("state", ["draft", "other cycle", "no number", "absent"])
def test_a_promise_that_cannot_be_assigned_says_why(programme, make, page, state):
    number = {
        "draft": lambda: make.promise(cycle=programme.cycle, state=PromiseState.DRAFT).number,
        "other cycle": lambda: make.promise(cycle=make.cycle("theirs")).number,
        "no number": lambda: "twelve",
        "absent": lambda: 999_999,
    }[state]()
    page.sign_in(programme.cora)

    answer = page.get("assignments.new", cycle="hers", promise=number)

    assert answer.texts(".field .error")
    page.post(
        "assignments.new",
        data=programme.typed(),
        cycle="hers",
        promise=number,
        expect=200,
    )
    assert programme.count() == 0


def test_another_coordinators_cycle_is_not_there(programme, make, page):
    page.sign_in(make.coordinator(cycle=make.cycle("theirs")))

    page.get("assignments.new", cycle="hers", expect=404)
    page.get("assignments.table", cycle="hers", expect=404)


def test_a_mentor_reads_and_does_not_assign(programme, make, page):
    one = make.assignment(programme.mila, promise=programme.promise, place=programme.tetovo)
    page.sign_in(programme.mentor)

    assert not page.get("assignments.show", assignment_id=one.id).query("form.stack")
    page.get("assignments.new", expect=403)
    page.post("assignments.withdraw", assignment_id=one.id, data={"reason": "x"}, expect=403)


def test_a_forged_form_assigns_nothing(programme, page):
    page.sign_in(programme.cora)
    data = programme.typed()

    page.post("assignments.new", data=data, token="forged", expect=409, **programme.address)

    assert programme.count() == 0
