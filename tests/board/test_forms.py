"""The forms that hand over one promise, and all that somebody has."""

from datetime import UTC, datetime

import pytest

from mobilizer.assignments.models import Assignment
from mobilizer.core import clock
from mobilizer.core.database import db
from tests.builders import month


def test_a_form_hands_over_and_says_so(programme, page):
    page.sign_in(programme.cora)
    address = {"assignment_id": programme.held.id}

    form = page.get("board.hand_over", to=programme.vesa.id, **address)
    assert form.query(f'#mobilizer option[value="{programme.vesa.id}"][selected]')
    assert form.query("#first_month")[0].attrs["value"] == "2026-11"
    for _ in range(2):
        page.post("board.hand_over", data=programme.typed(), **address)

    assert "Vesa V. follows this promise from December 2026 on." in page.get("board.index")
    assert programme.spans() == [("Mila", "26-09", "26-11"), ("Vesa", "26-12", "27-08")]
    assert len(programme.handovers()) == 1


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"mobilizer": ""}, "This is needed."),
        ({"mobilizer": "999999"}, "Not a valid choice."),
        ({"first_month": "2026-10"}, "hand over from November 2026 on"),
        ({"first_month": "2027-09"}, "This assignment ends in August 2027"),
        ({"first_month": "spring"}, "This is not a month."),
        ({"reason": " "}, "This is needed."),
        ({"reason": "x" * 601}, "cannot be longer"),
    ],
)
def test_what_cannot_be_is_refused_beside_its_field(programme, page, given, says):
    page.sign_in(programme.cora)
    data = programme.typed(**given)

    answer = page.post("board.hand_over", data=data, expect=200, assignment_id=programme.held.id)

    assert any(says in error for error in answer.texts(".field .error"))
    assert answer.query("#first_month")[0].attrs["value"] == data["first_month"]
    assert len(programme.spans()) == 1


def test_an_assignment_that_has_ended_says_so(programme, page):
    programme.held.withdrawn_at = clock.now()
    page.sign_in(programme.cora)

    answer = page.get("board.hand_over", assignment_id=programme.held.id)

    assert "no month left" in answer
    assert not answer.query("#mobilizer")


@pytest.fixture(params=["last month begun", "cycle over", "ended"])
def nothing_left(request, programme, make):
    """Nothing is left of Mila's promise that could pass on; her promise, and when it is."""
    moment = clock.now()
    if request.param == "last month begun":
        programme.held.last_month = month("2026-11")
        make.report(programme.held, month="2026-11")
    if request.param == "cycle over":
        moment = datetime(2027, 9, 20, 9, tzinfo=UTC)
    if request.param == "ended":
        programme.held.last_month = month("2026-10")
    with clock.at(moment):
        yield programme.held


def test_where_no_month_is_left_handing_over_is_not_offered(programme, page, nothing_left):
    page.sign_in(programme.cora)
    address = page.address("board.hand_over", assignment_id=nothing_left.id)

    for view, values in (
        ("board.index", {}),
        ("assignments.show", {"assignment_id": nothing_left.id}),
    ):
        shown = page.get(view, **values)
        assert not shown.query(f'a[href="{address}"], [data-piece="{address}"]'), view
    assert not page.get(address).query("#mobilizer")


def test_where_no_month_is_left_it_is_refused_and_says_why(programme, page, nothing_left):
    page.sign_in(programme.cora)

    for first in ("2026-12", "2027-08", "2027-09"):
        data = programme.typed(first_month=first)
        answer = page.post("board.hand_over", data=data, expect=200, assignment_id=nothing_left.id)
        assert "no month left" in " ".join(answer.texts(".error, #errors"))
    assert len(programme.spans()) == 1


@pytest.mark.parametrize("first", ["2026-12", "2026-11"])
def test_sent_again_for_another_reason_it_says_which_one_stands(programme, page, first):
    page.sign_in(programme.cora)
    address = page.address("board.hand_over", assignment_id=programme.held.id)
    page.post(address, data=programme.typed(first_month=first))
    page.post(address, data=programme.typed(first_month=first))

    other = programme.typed(first_month=first, reason="She is unwell.")
    told = page.post(address, data=other, expect=200)

    assert "She moves." in told.texts("#errors")[0]
    assert "She is unwell." in " ".join(told.texts("#reason, .said-as-typed"))
    assert [one.reason for one in programme.handovers()] == ["She moves."]


def test_where_one_is_left_it_is_offered(programme, page):
    page.sign_in(programme.cora)
    address = page.address("board.hand_over", assignment_id=programme.held.id)

    for view, values in (
        ("board.index", {}),
        ("assignments.show", {"assignment_id": programme.held.id}),
    ):
        assert page.get(view, **values).query(f'a[href="{address}"]'), view


def test_of_a_cycle_that_is_over_nothing_passes_on(programme, page):
    programme.mila.postings[0].ended_at = clock.now()
    with clock.at(datetime(2027, 9, 20, 9, tzinfo=UTC)):
        page.sign_in(programme.cora)
        board = page.get("board.index", cycle="hers")
        form = page.get("board.change_over", cycle="hers")

    assert not board.query('a[href*="change-over"]')
    assert len(form.query("#of option")) == 1, "nobody has anything that could pass on"


def test_a_forged_form_hands_nothing_over(programme, page):
    page.sign_in(programme.cora)
    page.post(
        "board.hand_over",
        data=programme.typed(),
        token="forged",
        expect=409,
        assignment_id=programme.held.id,
    )
    assert len(programme.spans()) == 1


def test_both_pages_say_from_whom_and_to_whom_but_not_to_everybody(programme, page):
    made = programme.hand_over()
    reason = "She moves to Skopje."
    both = [(programme.held.id, "Handed over to"), (made.begun_id, "Taken over from")]

    for who in (programme.cora, programme.mentor):
        page.sign_in(who)
        for (one, says), name in zip(both, ("Vesa V.", "Mila M."), strict=True):
            shown = page.get("assignments.show", assignment_id=one)
            assert says in shown
            assert name in " ".join(shown.texts("dd"))
            assert reason in shown
    page.sign_in(programme.vesa)
    shown = page.get("assignments.show", assignment_id=made.begun_id)
    assert "another mobilizer" in shown
    assert "Mila" not in shown
    assert reason not in shown
    page.get("assignments.show", assignment_id=programme.held.id, expect=404)


# --- all that somebody has


def test_all_of_hers_is_shown_first_and_then_handed_over_in_one_go(programme, make, page):
    begun = make.promise(cycle=programme.cycle, places=[programme.tetovo])
    make.report(make.assignment(programme.mila, promise=begun), month="2026-11")
    nora = programme.mobilizer(make, "Nora N.")
    page.sign_in(programme.cora)
    data = programme.all_of_hers(first_month="2026-11", to=[programme.vesa.id, nora.id])

    shown = page.post("board.change_over", data=data, expect=200, cycle="hers")

    assert len(shown.query("tbody tr")) == 2
    assert "Later than asked" in shown
    assert not shown.query('input[name="to"][required]'), "a browser would ask for each box"
    assert len(programme.spans()) == 1, "nothing is stored by looking"

    data |= {"step": "hand over", "seen": shown.query("#seen")[0].attrs["value"]}
    page.post("board.change_over", data=data, cycle="hers")

    assert "2 promises handed over." in page.get("board.index")
    handed = {made.first_month.isoformat() for made in programme.handovers()}
    assert handed == {"2026-11-01", "2026-12-01"}
    assert {made.begun.mobilizer_id for made in programme.handovers()} == {
        programme.vesa.id,
        nora.id,
    }


def test_who_hands_over_is_not_offered_to_take(programme, page):
    page.sign_in(programme.cora)
    hers = f'#to [value="{programme.mila.id}"]'

    assert not page.get("board.change_over", cycle="hers", of=programme.mila.id).query(hers)
    assert page.get("board.change_over", cycle="hers").query(hers)
    both = programme.all_of_hers(to=[programme.mila.id, programme.vesa.id])
    told = page.post("board.change_over", data=both, expect=200, cycle="hers")
    assert "She has it already" in told.texts("#to-error")[0]


def test_where_nothing_passes_on_it_says_why(programme, page):
    page.sign_in(programme.cora)
    data = programme.all_of_hers(first_month="2030-01")

    told = page.post("board.change_over", data=data, expect=200, cycle="hers")

    last = f"{programme.held.last_month:%B %Y}"
    assert f"This assignment ends in {last}" in told.texts("section li")[0]


@pytest.fixture
def confirmed(programme, page):
    """What is sent once the coordinator has seen what it does."""
    page.sign_in(programme.cora)
    data = programme.all_of_hers(first_month="2026-11")
    shown = page.post("board.change_over", data=data, expect=200, cycle="hers")
    return data | {"step": "hand over", "seen": shown.query("#seen")[0].attrs["value"]}


def test_sent_again_it_is_done_once_and_answered_as_the_first_time(programme, page, confirmed):
    first, second = (page.post("board.change_over", data=confirmed, cycle="hers") for _ in "12")

    assert first.location == second.location
    said = page.get("board.index", cycle="hers").texts(".notice")
    assert sum("1 promise handed over." in one for one in said) == 2
    assert len(programme.handovers()) == len(programme.log()) == 1


def test_sent_again_it_is_done_already_though_she_who_had_it_is_no_longer_offered(
    programme, page, confirmed
):
    page.post("board.change_over", data=confirmed, cycle="hers")
    form = page.get("board.change_over", cycle="hers")
    assert not form.query(f'#of option[value="{programme.mila.id}"]')

    page.post("board.change_over", data=confirmed, cycle="hers")


@pytest.mark.parametrize(
    "given", [{"reason": "She is ill."}, {"first_month": "2026-12"}, {"seen": "0" * 32}, "to"]
)
def test_something_else_sent_after_it_is_refused(programme, make, page, confirmed, given):
    page.post("board.change_over", data=confirmed, cycle="hers")
    fresh = make.promise(cycle=programme.cycle, places=[programme.tetovo])
    make.assignment(programme.mila, promise=fresh)
    other = {"to": [programme.mobilizer(make, "Nora N.").id]} if given == "to" else given

    answer = page.post("board.change_over", data=confirmed | other, expect=200, cycle="hers")

    assert "nothing was handed over" in answer
    assert len(programme.handovers()) == 1


def test_in_another_cycle_the_same_form_was_not_sent_before(programme, make, page, confirmed):
    page.post("board.change_over", data=confirmed, cycle="hers")
    theirs = make.cycle("theirs")
    page.sign_in(make.coordinator(cycle=theirs))

    page.post("board.change_over", data=confirmed, expect=200, cycle="theirs")


def test_what_changed_since_it_was_shown_is_shown_anew(programme, make, page):
    page.sign_in(programme.cora)
    shown = page.post("board.change_over", data=programme.all_of_hers(), expect=200, cycle="hers")
    seen = shown.query("#seen")[0].attrs["value"]
    more = make.promise(cycle=programme.cycle, places=[programme.tetovo])
    make.assignment(programme.mila, promise=more)

    data = programme.all_of_hers(step="hand over", seen=seen)
    answer = page.post("board.change_over", data=data, expect=200, cycle="hers")

    assert "nothing was handed over" in answer
    assert len(answer.query("tbody tr")) == 2
    assert programme.handovers() == []


def test_what_nobody_can_take_stays_and_says_why(programme, make, page):
    make.assignment(programme.vesa, promise=programme.promise, place=programme.tetovo)
    page.sign_in(programme.cora)

    answer = page.post("board.change_over", data=programme.all_of_hers(), expect=200, cycle="hers")

    assert "Nothing passes on." in answer
    assert "follows this promise in the same place already" in answer


@pytest.mark.parametrize("given", [{"to": []}, {"of": "999999"}, {"reason": ""}, {"to": ["x"]}])
def test_a_change_over_without_all_it_takes_is_refused(programme, page, given):
    page.sign_in(programme.cora)
    data = programme.all_of_hers(**given)
    answer = page.post("board.change_over", data=data, expect=200, cycle="hers")
    assert answer.texts(".error")
    assert db.session.query(Assignment).count() == 1
