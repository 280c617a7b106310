"""The list of assignments, each of them, and its withdrawal."""

import pytest

from mobilizer.assignments.queries import due
from mobilizer.core import clock
from mobilizer.core.database import db
from mobilizer.promises.rules import PromiseState
from tests.builders import month


def test_a_withdrawal_needs_a_reason_and_keeps_the_record(programme, make, page):
    one = make.assignment(programme.mila, promise=programme.promise, place=programme.tetovo)
    page.sign_in(programme.cora)
    page.get("assignments.show", assignment_id=one.id)

    refused = page.post(
        "assignments.withdraw", assignment_id=one.id, data={"reason": " "}, expect=200
    )
    page.post("assignments.withdraw", assignment_id=one.id, data={"reason": "She moved."})

    assert "This is needed." in refused
    assert "She moved." in page.get("assignments.show", assignment_id=one.id)
    assert one.withdrawn_at == clock.now()
    assert [set(one.details) for one in programme.log("assignment.withdraw")] == [{"content"}]
    assert db.session.scalars(due(programme.mila, month("2026-11"))).all() == []


def test_a_single_month_is_named_once(programme, make, page):
    months = {"first_month": "2026-11", "last_month": "2026-11"}
    one = make.assignment(
        programme.mila, promise=programme.promise, place=programme.tetovo, **months
    )
    page.sign_in(programme.cora)
    for shown in (
        page.get("assignments.index"),
        page.get("assignments.show", assignment_id=one.id),
    ):
        said = [text for text in shown.texts("td, dd") if "November 2026" in text]
        assert said == ["November 2026"]


def test_a_second_withdrawal_for_another_reason_is_told_which_one_stands(programme, make, page):
    one = make.assignment(programme.mila, promise=programme.promise, place=programme.tetovo)
    page.sign_in(programme.cora)
    page.get("assignments.show", assignment_id=one.id)
    came = page.address("assignments.show", assignment_id=one.id)
    headers = {"Referer": f"http://localhost{came}", "Sec-Fetch-Site": "same-origin"}
    page.post("assignments.withdraw", assignment_id=one.id, data={"reason": "She moved."})

    told = page.post(
        "assignments.withdraw",
        assignment_id=one.id,
        data={"reason": "She is unwell."},
        headers=headers,
        expect=409,
    )

    assert "She moved." in told
    assert "She is unwell." in told.texts(".said-as-typed")
    assert told.query(f'a.button[href="{came}"]')


@pytest.mark.parametrize("who", ["stranger", "other mentor", "other coordinator"])
def test_somebody_elses_assignment_is_not_there(programme, make, page, who):
    one = make.assignment(programme.mila, promise=programme.promise, place=programme.tetovo)
    theirs = make.cycle("theirs")
    person = {
        "stranger": lambda: make.mobilizer(cycle=programme.cycle),
        "other mentor": lambda: make.mentor("Skopje", cycle=programme.cycle),
        "other coordinator": lambda: make.coordinator(cycle=theirs),
    }[who]()
    page.sign_in(person)

    page.get("assignments.show", assignment_id=one.id, expect=404)
    if who == "other coordinator":
        page.get("assignments.index")
        data = {"reason": "x"}
        page.post("assignments.withdraw", assignment_id=one.id, data=data, expect=404)
    assert one.withdrawn_at is None


def test_a_list_shows_what_is_within_ones_reach(programme, make, page):
    make.assignment(programme.mila, promise=programme.promise, place=programme.tetovo)
    vesa = make.mobilizer("Skopje", cycle=programme.cycle, full_name="Vesa V.")
    make.assignment(
        vesa, promise=make.promise(cycle=programme.cycle, places=[make.region("Skopje")])
    )

    def names(person):
        page.sign_in(person)
        return len(page.get("assignments.index").query("tbody tr"))

    assert names(programme.cora) == 2
    assert names(programme.mentor) == names(programme.mila) == names(vesa) == 1


def test_filters_narrow_the_list(programme, make, page):
    one = make.assignment(programme.mila, promise=programme.promise, place=programme.tetovo)
    vesa = make.mobilizer("Skopje", cycle=programme.cycle, mentor=programme.mentor)
    checked = make.promise(
        cycle=programme.cycle, places=[make.region("Skopje")], state=PromiseState.CHECKED
    )
    make.assignment(vesa, promise=checked, withdrawn_at=clock.now(), withdrawn_reason="x")
    page.sign_in(programme.cora)

    def found(**given):
        rows = page.get("assignments.index", **given).query("tbody tr a")
        return [row.attrs["href"].rsplit("/", 1)[1] for row in rows]

    assert len(found()) == len(found(region="nowhere", mobilizer="x")) == 2
    for given in (
        {"region": make.region("Polog").code},
        {"mobilizer": programme.mila.id},
        {"promise": "published"},
        {"state": "active"},
    ):
        assert found(**given) == [one.id]


def test_a_long_list_is_paged_and_costs_as_much_as_a_short_one(programme, make, page, queries):
    page.sign_in(programme.cora)
    make.assignment(programme.mila, promise=programme.promise, place=programme.tetovo)
    page.get("assignments.index")
    with queries.counted() as few:
        page.get("assignments.index")
    for _ in range(29):
        mobilizer = make.mobilizer(cycle=programme.cycle, mentor=programme.mentor)
        make.assignment(mobilizer, promise=make.promise(cycle=programme.cycle))
    db.session.commit()  # What is kept beside a promise is written then.

    with queries.at_most(len(few)):
        assert len(page.get("assignments.index").query("tbody tr")) == 25
    assert len(few) <= 9
    assert len(page.get("assignments.index", page=2).query("tbody tr")) == 5


def test_who_mentors_in_a_cycle_and_runs_another_assigns_only_in_the_other(programme, make, page):
    one = make.assignment(programme.mila, promise=programme.promise, place=programme.tetovo)
    both = programme.mentor
    make.posting(both, "coordinator", cycle=make.cycle("theirs"))
    page.sign_in(both)

    page.get("assignments.show", assignment_id=one.id)
    page.get("assignments.new", cycle="theirs")
    page.get("assignments.new", cycle="hers", expect=404)
    page.post("assignments.withdraw", assignment_id=one.id, data={"reason": "x"}, expect=404)
    assert one.withdrawn_at is None
