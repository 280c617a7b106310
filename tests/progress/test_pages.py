"""The pages and files of the months: who sees which, that each number leads on, and bad input."""

import csv
import io
import zipfile
from datetime import timedelta

import pytest

from mobilizer.audit.models import AuditEvent
from mobilizer.core import clock
from mobilizer.core.database import db
from mobilizer.cycles.rules import Timeliness
from mobilizer.monitoring.rules.workflow import EntryState
from tests.support.november import NOW
from tests.support.workbooks import cells_of, formulas_of

pytestmark = pytest.mark.usefixtures("in_november")


@pytest.fixture
def mira(make, second_month):
    """The mentor of Polog, where one of two reports of October is there, and late."""
    mira = make.mentor("Polog", full_name="Mira Mentor", alias="Mentor, Polog")
    zana = make.mobilizer("Polog", mentor=mira, full_name="Zana Zeneli", alias="=Zana")
    for_october = {"first_month": "2026-10", "last_month": "2026-10"}
    make.report(make.assignment(zana, **for_october)).timeliness = Timeliness.LATE
    make.assignment(zana, **for_october)
    vera = make.mobilizer("Vardar", mentor=make.mentor("Vardar"), full_name="Vera Vardarska")
    make.report(make.assignment(vera, first_month="2026-11"), state=EntryState.APPROVED)
    db.session.commit()
    return mira


def heats(answer):
    return [text.replace(" ,", ",") for text in answer.texts("td.heat") if "%" in text]


def test_the_map_says_share_and_count_in_every_cell(make, mira, page):
    page.sign_in(make.coordinator())

    assert heats(page.get("progress.index")) == [
        "50 % 1 of 2, Polog, October 2026",
        "100 % 1 of 1, Vardar, November 2026",
        "100 % 1 of 1, All, November 2026",
        "50 % 1 of 2, All, October 2026",
    ]
    assert heats(page.get("progress.index", ratio="timeliness"))[0].startswith("0 % 0 of 2")


@pytest.mark.parametrize("by", ["region", "mentor", "mobilizer", "month"])
def test_every_number_leads_to_as_many_reports(make, mira, page, by):
    page.sign_in(make.coordinator())

    shown = page.get("progress.index", by=by)
    links = [
        (link.attrs["href"], int(link.to_text().split()[0])) for link in shown.query("td.number a")
    ]

    assert len(links) >= 12
    for address, many in dict(links).items():
        assert f"{many} report" in page.get(address), address


def test_a_cell_of_the_map_leads_to_what_is_missing_and_whose_it_is(make, mira, page):
    page.sign_in(make.coordinator())

    first = page.get("progress.index").query("td.heat a")[0].attrs["href"]
    behind = page.get(first)

    assert "1 report" in behind
    assert "Zana Zeneli" in behind
    assert "nothing begun" in behind


def test_a_mentor_counts_her_own_people_only(make, mira, page):
    page.sign_in(mira)

    shown = page.get("progress.index")
    assert "Zana Zeneli" in shown
    assert "Vera" not in shown
    vera = db.session.scalars(
        db.select(make.user().__class__).filter_by(full_name="Vera Vardarska")
    )
    page.get("progress.behind", mobilizer=vera.one().id, expect=404)
    page.get("progress.behind", region="MK-VARDAR", expect=404)
    assert "Vera" not in page.post("progress.as_table", expect=200).source


def test_one_month_alone(make, mira, page):
    page.sign_in(make.coordinator())

    shown = page.get("progress.index", month="2026-11")
    assert "In numbers: November 2026" in shown
    assert "1 report" in page.get("progress.behind", what="expected", month="2026-11")


@pytest.mark.parametrize(
    "asked",
    [
        {"cycle": "no-such"},
        {"cycle": "elsewhere"},
        {"by": "colour"},
        {"ratio": "1"},
        {"month": "2026-09"},
        {"month": "2026-12"},
        {"month": "next"},
        {"month": "9" * 400},
        {"region": "MK-NOWHERE"},
        {"region": "x\x00y"},
        {"mobilizer": "9" * 40},
        {"mobilizer": "-1"},
        {"mentor": "Mira"},
        {"what": "everything"},
    ],
)
def test_what_is_not_there_is_not_found(make, mira, page, asked):
    make.cycle("elsewhere", first_month="2026-10", last_month="2026-12")
    page.sign_in(make.coordinator())

    page.get("progress.behind", expect=404, **asked)
    if "what" not in asked:
        page.get("progress.index", expect=404, **asked)
        page.post("progress.as_table", expect=404, **asked)
        page.post("progress.as_workbook", expect=404, **asked)


def test_a_page_far_out_is_empty(make, mira, page):
    page.sign_in(make.coordinator())

    assert "No such reports" in page.get("progress.behind", page="9" * 30)
    assert "1 report" in page.get("progress.behind", what="missing", page="-3")


def test_before_anything_is_assigned_the_page_says_so(make, second_month, page):
    page.sign_in(make.coordinator())

    assert "Nothing is expected yet" in page.get("progress.index")


def test_the_table_as_csv_has_a_row_a_month_and_runs_nothing(make, mira, page):
    page.sign_in(make.coordinator())

    answer = page.post("progress.as_table", expect=200, by="mobilizer")

    rows = list(csv.DictReader(io.StringIO(answer.source)))
    assert rows[0]["Mobilizer"] == "'=Zana"
    assert {key: rows[0][key] for key in ("Month", "Expected", "Received", "Late", "Missing")} == {
        "Month": "2026-10",
        "Expected": "2",
        "Received": "1",
        "Late": "1",
        "Missing": "1",
    }
    assert rows[0]["Completeness"] == "0.5"
    assert "Zeneli" not in answer.source


def test_the_workbook_holds_the_same_as_texts_and_numbers(make, mira, page):
    page.sign_in(make.coordinator())

    answer = page.post("progress.as_workbook", expect=200, by="mobilizer")

    cells = cells_of(answer.body)
    assert cells[2][:7] == ["=Zana", "2026-10", 2, 1, 0, 1, 1]
    assert formulas_of(answer.body) == 0
    assert "Zeneli" not in str(cells)
    with zipfile.ZipFile(io.BytesIO(answer.body)) as book:
        assert b'state="frozen"' in book.read("xl/worksheets/sheet1.xml")


def test_a_demonstrations_workbook_says_so(make, second_month, mira, page):
    second_month.is_demonstration = True
    page.sign_in(make.coordinator())

    assert "invented" in cells_of(page.post("progress.as_workbook", expect=200).body)[1][0]


@pytest.mark.parametrize("view", ["progress.index", "progress.behind", "progress.as_table"])
def test_it_costs_the_same_however_much_is_counted(make, mira, page, queries, view):
    page.sign_in(make.coordinator())

    def cost():
        page.get("progress.index")
        with queries.counted() as statements:
            if view == "progress.as_table":
                page.post(view, expect=200)
            else:
                page.get(view)
        return len(statements)

    few = cost()
    for _ in range(10):
        make.report(make.assignment(mentor=mira), month="2026-11")
    assert cost() == few
    assert few <= 20


def exports():
    told = db.select(AuditEvent).where(AuditEvent.verb == "progress.export")
    return [(one.by_id, one.subject_key, one.details) for one in db.session.scalars(told)]


@pytest.mark.parametrize(("view", "kind"), [("as_table", "CSV"), ("as_workbook", "XLSX")])
def test_a_file_that_is_taken_out_is_a_step_with_all_that_was_asked_for(
    make, second_month, mira, page, view, kind
):
    cora = make.coordinator()
    page.sign_in(cora)
    narrowed = {"region": "MK-POLOG", "mentor": mira.id, "month": "2026-10"}

    shown = page.get("progress.index", by="mobilizer", **narrowed)
    form = shown.form_to(page.address(f"progress.{view}"))
    page.post(form.attrs["action"], expect=200)

    [(by, of, asked)] = exports()
    assert (by, of) == (cora.id, str(second_month.id))
    assert {name: value for name, value in asked.items() if value is not None} == {
        "each": "mobilizer",
        "file": kind,
        "rows": 1,
        "first_month": "2026-10-01",
        "last_month": "2026-10-01",
        "only_region": "MK-POLOG",
        "only_mentor": mira.id,
    }
    log = page.get("desk.audit")
    assert "saved as a file the table of completeness of" in log
    assert f"Only the mentor with the number: {mira.id}" in log
    assert "A row for each: Mobilizer" in log


def test_what_is_not_narrowed_is_told_as_all_of_it(make, mira, page):
    page.sign_in(make.coordinator())
    told = page.post("progress.as_table", by="region", expect=200)

    [(_, _, asked)] = exports()
    assert asked["rows"] == len(list(csv.DictReader(io.StringIO(told.source)))) == 2
    assert (asked["first_month"], asked["last_month"]) == ("2026-10-01", "2026-11-01")
    assert (asked["only_region"], asked["only_mentor"], asked["only_mobilizer"]) == (None,) * 3


@pytest.mark.parametrize("view", ["progress.as_table", "progress.as_workbook"])
def test_what_is_refused_or_only_looked_at_leaves_no_step(make, mira, page, view):
    page.sign_in(make.coordinator())
    page.get("progress.index")
    page.get(view, expect=404)
    page.post(view, month="2026-09", expect=404)
    page.post(view, token="forged", expect=409)
    page.sign_in(make.mobilizer())
    page.post(view, expect=403)

    assert exports() == []


def test_waiting_for_too_long_is_overdue(make, mira, page):
    page.sign_in(mira)
    with clock.at(NOW + timedelta(days=20)):
        page.sign_in(mira)
        assert "1 report" in page.get("progress.behind", what="overdue")
