"""Many assignments from a table, in a browser: shown first, then all or nothing."""

import io

import pytest
from sqlalchemy import select

from mobilizer.assignments.models import Assignment
from mobilizer.core.database import db


def send(page, rows, expect=200, **more):
    return page.post("assignments.table", data={"rows": rows, **more}, expect=expect)


def test_a_table_is_shown_first_and_stored_on_the_second_tap(programme, page):
    page.sign_in(programme.cora)

    shown = send(page, programme.rows())
    assert "1 promise will be assigned." in shown
    assert programme.count() == 0
    send(page, shown.query("textarea[name=rows]")[0].to_text(), step="assign", expect=302)

    assert "1 promise assigned." in page.get("assignments.index")
    one = db.session.scalars(select(Assignment)).one()
    assert (one.mobilizer_id, one.place_id) == (programme.mila.id, programme.tetovo.id)
    assert len(programme.log()) == 1


def test_a_table_sent_twice_changes_nothing(programme, page):
    page.sign_in(programme.cora)
    send(page, programme.rows(), step="assign", expect=302)

    again = send(page, programme.rows())
    send(page, programme.rows(), step="assign", expect=302)

    assert "Every row of this table is there already" in again
    assert programme.count() == len(programme.log()) == 1


def test_with_one_fault_nothing_is_stored_and_what_was_pasted_is_still_there(programme, page):
    rows = programme.rows(f"{programme.promise.number};nobody;Tetovo;2026-11;2026-12")
    page.sign_in(programme.cora)

    answer = send(page, rows, step="assign")

    assert answer.texts("[role=alert] tbody tr") == [
        "3 Mobilizer “nobody” is not a mobilizer of this cycle."
    ]
    assert "nobody" in answer.query("textarea#rows")[0].to_text()
    assert programme.count() == 0


def upload(page, raw, expect=200):
    return page.post(
        "assignments.table", data={"file": (io.BytesIO(raw), "rows.csv"), "rows": ""}, expect=expect
    )


def test_a_file_is_taken_over_into_the_page(programme, page):
    page.sign_in(programme.cora)

    answer = upload(page, programme.rows().encode("utf-8-sig"))

    assert "1 promise will be assigned." in answer
    assert "mila, polog" in answer.query("textarea#rows")[0].to_text()


@pytest.mark.parametrize(
    ("raw", "says"),
    [
        ("промис;Тетово".encode("cp1251"), "not a text file in UTF-8"),
        (b"x" * (256 * 1024 + 1), "The table is larger than 256 KB."),
        (b"Promise number;colour\n", "The column “colour” is not known here."),
        (b"", "The table is empty."),
    ],
)
def test_a_file_that_is_no_table_says_why(programme, page, raw, says):
    page.sign_in(programme.cora)

    assert says in upload(page, raw)
    assert programme.count() == 0


def test_what_is_typed_is_shown_as_text(programme, page):
    page.sign_in(programme.cora)
    rows = programme.rows("1;<script>alert(1)</script>;</textarea><b>;2026-11;2026-12")

    answer = send(page, rows)

    assert not answer.query("main script")
    assert "<script>alert(1)</script>" in answer


def test_a_table_costs_the_same_queries_for_two_rows_and_for_forty(programme, make, page, queries):
    page.sign_in(programme.cora)
    send(page, programme.rows())
    with queries.counted() as few:
        send(page, programme.rows())
    more = []
    for _ in range(39):
        promise = make.promise(cycle=programme.cycle, places=[make.region("Polog")])
        more.append(f"{promise.number};Mila, Polog;Tetovo;2026-11;2027-01")
    db.session.commit()  # What is kept beside a promise is written then.
    with queries.at_most(len(few)):
        assert "40 promises will be assigned." in send(page, programme.rows(*more))
