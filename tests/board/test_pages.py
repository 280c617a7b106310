"""The board and its forms, as pages."""

import pytest

from mobilizer.assignments.models import Assignment
from mobilizer.core import clock
from mobilizer.core.database import db
from mobilizer.promises.rules import PromiseState
from tests.support.queries import Queries


def columns(answer):
    """The names above the columns."""
    return answer.texts(".column h3")


def test_each_mobilizer_has_a_column_with_what_she_has(programme, page):
    page.sign_in(programme.cora)

    board = page.get("board.index", cycle="hers")

    assert columns(board) == ["Mila M.", "Vesa V."]
    [piece] = board.texts("[data-taker] .piece")
    assert programme.promise.titles["en"] in piece
    assert "Nothing yet" in piece
    assert "1 report this month" in board
    assert "Mobilizers: 2, planned: 0" in board


def test_the_state_of_the_months_report_is_on_the_card(programme, make, page):
    make.report(programme.held, month="2026-11")
    make.report(programme.held, month="2026-10", state="returned")
    page.sign_in(programme.cora)

    assert "Waiting for review" in page.get("board.index").texts(".piece")[0]


def test_a_mentor_sees_her_regions_and_moves_nothing(programme, make, page):
    far = programme.mobilizer(make, "Far F.", region="Skopje")
    far.postings[0].mentor_id = None
    page.sign_in(programme.mentor)

    board = page.get("board.index")

    assert columns(board) == ["Mila M.", "Vesa V."]
    assert not board.query("[data-piece]")
    page.get("board.hand_over", assignment_id=programme.held.id, expect=403)


@pytest.mark.parametrize("who", ["coordinator", "mentor"])
def test_another_cycles_board_is_not_there(programme, make, page, who):
    theirs = make.cycle("theirs")
    page.sign_in(getattr(make, who)(cycle=theirs))

    page.get("board.index", cycle="hers", expect=404)
    if who == "coordinator":
        page.get("board.hand_over", assignment_id=programme.held.id, expect=404)
        page.get("board.change_over", cycle="hers", expect=404)


def test_filters_narrow_cards_and_free_promises(programme, make, page):
    page.sign_in(programme.cora)
    words = programme.promise.exact_words

    def found(**given):
        return len(page.get("board.index", **given).query("[data-taker] .piece"))

    assert found() == found(q=words.split()[-1].strip(".")) == found(region="nowhere") == 1
    assert found(q="unheard") == found(topic="education", q="unheard") == 0
    assert columns(page.get("board.index", region=make.region("Skopje").code)) == []
    assert found(q=str(programme.promise.number), topic=programme.promise.topic.code) == 1


# --- what is free


def free(page):
    return page.get("board.index").texts(".free .piece")


def test_what_nobody_follows_from_now_on_is_free(programme, make, page):
    page.sign_in(programme.cora)
    assert free(page) == []
    other = make.promise(cycle=programme.cycle, places=[programme.tetovo])
    programme.held.last_month = make.cycle("x", first_month="2026-10").first_month

    numbers = [text.split(" · ")[0] for text in free(page)]

    assert numbers == [f"No. {programme.promise.number}", f"No. {other.number}"]


@pytest.mark.parametrize("hers", ["draft", "not testable"])
def test_what_cannot_be_assigned_is_not_free(programme, make, page, hers):
    given = {"state": PromiseState.DRAFT} if hers == "draft" else {"testability": "not_testable"}
    make.promise(cycle=programme.cycle, places=[programme.tetovo], **given)
    page.sign_in(programme.cora)

    assert free(page) == []


def test_who_follows_it_in_a_municipality_follows_it_in_the_region(programme, make, page):
    polog = make.promise(cycle=programme.cycle, places=[make.region("Polog")])
    make.assignment(programme.mila, promise=polog, place=programme.tetovo)
    page.sign_in(programme.cora)

    assert free(page) == []


def test_a_free_promise_of_another_region_is_not_on_a_mentors_board(programme, make, page):
    make.promise(cycle=programme.cycle, places=[make.region("Skopje")])
    page.sign_in(programme.mentor)
    assert free(page) == []
    page.sign_in(programme.cora)
    assert len(free(page)) == 1


# --- what to see to


def test_the_board_warns_of_quotas_of_who_is_alone_and_of_work_done_twice(programme, make, page):
    programme.cycle.quotas = {"mobilizers": 3, "mentors": 1, "mobilizers_in": {}}
    programme.vesa.postings[0].mentor_id = None
    make.assignment(
        programme.vesa, promise=programme.promise, place=programme.tetovo, mentor=programme.mentor
    )
    page.sign_in(programme.cora)

    said = " ".join(page.get("board.index").texts(".notice.warning li"))

    assert "Polog: 2 mobilizers, 3 planned" in said
    assert "Vesa V. has no mentor." in said
    assert "by Mila M. and Vesa V." in said or "by Vesa V. and Mila M." in said


def test_one_after_the_other_is_not_twice(programme, page):
    programme.hand_over()
    page.sign_in(programme.cora)

    assert "followed in the same place" not in page.get("board.index")


@pytest.mark.parametrize("how", ["ended", "closed"])
def test_what_somebody_left_behind_says_what_to_do(programme, make, page, how):
    make.report(programme.held, month="2026-10")
    make.report(programme.held, month="2026-09", state="returned")
    if how == "ended":
        programme.mila.postings[0].ended_at = clock.now()
    else:
        programme.mila.deactivated_at = clock.now()
    page.sign_in(programme.cora)

    board = page.get("board.index")

    assert columns(board) == ["Vesa V."]
    [left] = board.texts(".todo")
    for said in ("Mila M.", "1 promise that nobody", "1 report waits", "1 report came back to her"):
        assert said in left
    form = page.get("board.change_over", cycle="hers", of=programme.mila.id)
    assert form.query(f'#of option[value="{programme.mila.id}"][selected]')


# --- however large


def test_the_board_costs_as_many_queries_however_much_there_is(app, programme, make, page):
    page.sign_in(programme.cora)
    with Queries(app).counted() as few:
        page.get("board.index", cycle="hers")
    for name in ("Ana A.", "Bea B.", "Cia C."):
        one = programme.mobilizer(make, name)
        for _ in range(4):
            promise = make.promise(cycle=programme.cycle, places=[programme.tetovo])
            make.report(make.assignment(one, promise=promise), month="2026-11")
            make.promise(cycle=programme.cycle, places=[programme.tetovo])
    gone = programme.mobilizer(make, "Gone G.")
    make.assignment(gone, promise=make.promise(cycle=programme.cycle, places=[programme.tetovo]))
    gone.deactivated_at = clock.now()

    with Queries(app).counted() as many:
        page.get("board.index", cycle="hers")

    assert len(many) <= len(few) + 1  # the names of those who are gone
    assert len(few) <= 34


def test_many_mobilizers_are_paged_and_many_cards_folded(programme, make, page):
    for number in range(12):
        programme.mobilizer(make, f"Nr {number:02}")
    for _ in range(8):
        make.assignment(
            programme.mila, promise=make.promise(cycle=programme.cycle, places=[programme.tetovo])
        )
    page.sign_in(programme.cora)

    first = page.get("board.index")
    assert (len(columns(first)), len(columns(page.get("board.index", page=2)))) == (12, 2)
    assert len(columns(page.get("board.index", page=99))) == 2
    assert len(first.query(".column details .piece")) == 3


# --- the form


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
        ({"first_month": "2026-10"}, "hand over from 2026-11 on"),
        ({"first_month": "2027-09"}, "This assignment ends in 2027-08"),
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


def test_sent_again_it_is_done_once(programme, page):
    page.sign_in(programme.cora)
    shown = page.post("board.change_over", data=programme.all_of_hers(), expect=200, cycle="hers")
    seen = shown.query("#seen")[0].attrs["value"]
    data = programme.all_of_hers(step="hand over", seen=seen)
    page.post("board.change_over", data=data, cycle="hers")

    page.post("board.change_over", data=data, expect=200, cycle="hers")

    assert len(programme.handovers()) == 1


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
