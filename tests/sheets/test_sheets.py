"""The month's sheet: whose it is, what it is made of, and that nothing on it leads to her."""

from datetime import UTC, datetime

import pytest

from mobilizer.core.database import db
from mobilizer.monitoring.rules.workflow import EntryState
from mobilizer.sheets import queries
from tests.sheets.conftest import INSIDE
from tests.support.workbooks import cells_of, formulas_of, written


def at(entry):
    return {"assignment_id": entry.assignment_id, "month": "2026-10"}


def of_month(**narrowed):
    return {"cycle": "local", "month": "2026-10", **narrowed}


def saved(page, view, **values):
    return page.post(view, expect=200, **values)


def test_its_fields_are_those_of_the_matrix_in_its_order_and_every_language(app):
    found = queries.fields()

    assert [one.number for one in found] == list(range(1, 41))
    assert [one.part for one in found] == ["A"] * 19 + ["B"] * 16 + ["C"] * 5
    assert {code for one in found for code, label in one.labels.items() if label} == {
        "en",
        "sq",
        "mk",
        "sr",
    }


def test_the_columns_of_a_month_are_the_fields_in_the_language_of_the_page(make, entry, page):
    page.sign_in(make.coordinator())

    for lang, fifth in (("en", "Party or coalition"), ("mk", "Партија или коалиција")):
        head = cells_of(saved(page, "sheets.month", lang=lang, **of_month()).body)[4]
        assert len(head) == 41
        assert head[5] == fifth


def test_a_month_has_a_row_for_each_promise_and_place(make, entry, zana, page):
    make.assignment(zana)
    far = make.assignment(make.mobilizer("Vardar"), first_month="2026-11")
    page.sign_in(make.coordinator())

    rows = cells_of(saved(page, "sheets.month", **of_month()).body)[5:]

    assert len(rows) == 2
    assert far.promise.number not in [row[0] for row in rows]
    filled = dict(zip(range(41), rows[0], strict=True))
    assert filled[7] == "=We will build."
    assert filled[26] == "In progress"
    assert "Approved" in filled[36]
    assert rows[1][26] is None
    assert rows[1][36] == "Nothing was sent"


def test_nothing_of_it_is_a_formula(make, entry, page):
    page.sign_in(make.coordinator())

    for answer in (
        saved(page, "sheets.month", **of_month()),
        saved(page, "sheets.one", **at(entry)),
    ):
        assert formulas_of(answer.body) == 0


def test_neither_paper_nor_workbook_leads_to_her(make, entry, page):
    make.comment(entry, text="c0mment")
    page.sign_in(make.coordinator())

    texts = [
        written(saved(page, "sheets.month", **of_month()).body),
        written(saved(page, "sheets.one", **at(entry)).body),
        page.get("sheets.show", **at(entry)).source,
    ]

    for text in texts:
        assert "Mobilizer, Polog" in text
        assert "agr33d" in text
        assert "news.example/seen" in text
        assert "left out" in text
        for secret in ("Zeneli", "person", "n0t agreed", "c0mment", *INSIDE.values()):
            assert secret not in text.replace("Zana", "").replace('class="person"', "").replace(
                "the person who reports", ""
            ).replace("mobilizer-person", ""), secret


def test_the_newest_approved_revision_stands_until_another_is(make, entry, page):
    entry.state = EntryState.SUBMITTED
    make.revision(entry, "kept", rating_reason="Words that nobody has approved so far, at all.")
    make.decision(entry, "return")
    cora = make.coordinator()
    db.session.flush()

    _, sheet = queries.sheet(cora, entry.assignment_id, entry.month)

    assert sheet.state == "Returned for changes"
    assert sheet.filed.rating == "in_progress"
    assert "nobody has approved" not in str(sheet.filed.content)


def test_a_report_that_is_not_approved_is_not_handed_out(make, zana, page):
    waiting = make.report(
        make.assignment(zana), month="2026-10", rating_reason="Not yet looked at, " * 3
    )
    page.sign_in(make.coordinator())

    shown = page.get("sheets.show", **at(waiting))
    assert "No report on this month has been approved" in shown
    assert "Waiting for review" in shown
    assert "Not yet looked at" not in shown


def test_an_approved_report_stays_in_when_its_assignment_has_ended(make, entry):
    entry.assignment.withdrawn_at = datetime(2026, 10, 25, tzinfo=UTC)
    cora = make.coordinator()
    db.session.flush()

    assert len(queries.sheets(cora, entry.assignment.cycle, entry.month)) == 1


def test_a_region_alone(make, entry, page):
    make.assignment(make.mobilizer("Vardar"))
    page.sign_in(make.coordinator())

    for region in ("MK-POLOG", "MK-VARDAR"):
        answer = saved(page, "sheets.month", **of_month(region=region))
        assert len(cells_of(answer.body)) == 6
        assert region in answer.headers["Content-Disposition"]


def test_a_mentor_gets_her_own_regions_only(make, entry, page):
    vera = make.mobilizer("Vardar", mentor=make.mentor("Vardar"))
    theirs = make.assignment(vera)
    page.sign_in(entry.assignment.mentor)

    assert len(cells_of(saved(page, "sheets.month", **of_month()).body)) == 6
    page.get("sheets.show", **at(entry))
    for view in ("sheets.show", "sheets.one"):
        page.get(view, assignment_id=theirs.id, month="2026-10", expect=404)
    page.post("sheets.month", expect=404, **of_month(region="MK-VARDAR"))


def test_nobody_else_gets_any(make, entry, zana, page):
    elsewhere = make.coordinator(cycle=make.cycle("elsewhere"))
    page.sign_in(elsewhere)
    page.get("sheets.show", expect=404, **at(entry))
    page.post("sheets.month", expect=404, **of_month())
    page.sign_in(zana)
    page.get("sheets.show", expect=403, **at(entry))


@pytest.mark.parametrize("month", ["2026-09", "2027-07", "2026-13", "next", "9" * 200])
def test_a_month_outside_is_not_found(make, entry, page, month):
    page.sign_in(make.coordinator())

    for view in ("sheets.show", "sheets.one"):
        page.get(view, assignment_id=entry.assignment_id, month=month, expect=404)
    page.post("sheets.month", cycle="local", month=month, expect=404)


@pytest.mark.parametrize(
    "asked", [{}, {"cycle": "local"}, {"month": "2026-10"}, {"cycle": "x", "month": "2026-10"}]
)
def test_without_cycle_and_month_there_is_no_workbook(make, entry, page, asked):
    page.sign_in(make.coordinator())

    page.post("sheets.month", expect=404, **asked)


def test_a_demonstrations_sheet_says_that_it_is_invented(make, entry, page):
    entry.assignment.cycle.is_demonstration = True
    page.sign_in(make.coordinator())

    assert "invented" in cells_of(saved(page, "sheets.month", **of_month()).body)[1][0]
    assert "what stands here is invented" in page.get("sheets.show", **at(entry))


def test_its_file_is_named_by_what_is_public(make, entry, page):
    page.sign_in(make.coordinator())

    said = saved(page, "sheets.one", **at(entry)).headers["Content-Disposition"]
    number = entry.assignment.promise.number
    assert f"matrix-local-{number}-MK-POLOG-TETOVO-2026-10.xlsx" in said


def test_a_month_costs_the_same_however_much_is_filled_in(make, entry, zana, page, queries):
    page.sign_in(make.coordinator())

    def cost():
        page.get("progress.index", **of_month())
        with queries.counted() as statements:
            saved(page, "sheets.month", **of_month())
        return len(statements)

    few = cost()
    for _ in range(6):
        make.decision(make.report(make.assignment(zana), month="2026-10"), "approve")
    assert cost() == few
    assert few <= 20


def test_a_published_reply_stands_in_its_field(make, page):
    told = make.report(make.assignment(), month="2026-10")
    make.published_reply(make.decision(told, "approve").finding, text="It was opened in May.")
    page.sign_in(make.coordinator())

    assert "Road Party" in page.get("sheets.show", **at(told))
    assert "It was opened in May." in page.get("sheets.show", **at(told))


def test_what_waits_for_a_reply_is_not_handed_out_before(make, page):
    reason = "Nobody but the mentor has read this reason so far."
    waiting = make.report(make.assignment(), month="2026-10", rating_reason=reason)
    make.held(waiting)
    page.sign_in(make.coordinator())

    assert reason not in page.get("sheets.show", **at(waiting))
