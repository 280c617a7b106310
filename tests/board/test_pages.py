"""The board as a page: who has what, what is free, what to see to."""

import pytest

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


def test_a_mentor_is_not_told_who_does_the_same_in_another_region(programme, make, page):
    promise = make.promise(cycle=programme.cycle)
    far = make.mobilizer("Skopje", cycle=programme.cycle, full_name="Far F.")
    for one in (programme.mila, far):
        make.assignment(one, promise=promise)

    page.sign_in(programme.cora)
    assert any("Far F." in one for one in page.get("board.index").texts(".notice.warning li"))
    page.sign_in(programme.mentor)
    assert "Far F." not in page.get("board.index").text


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
    db.session.commit()  # What is kept beside a promise is written then.

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
