"""Assigning in a browser: one by one, many from a table, and taking back."""

import io
from datetime import UTC, datetime

import pytest
from sqlalchemy import func, select

from mobilizer.assignments.models import Assignment
from mobilizer.assignments.queries import due
from mobilizer.audit.models import AuditEvent
from mobilizer.core import clock
from mobilizer.core.database import db
from mobilizer.promises.rules import PromiseState
from tests.builders import month


@pytest.fixture(autouse=True)
def november():
    with clock.at(datetime(2026, 11, 22, 9, tzinfo=UTC)):
        yield


def count():
    db.session.rollback()
    return db.session.scalar(select(func.count()).select_from(Assignment))


def verbs(verb="assignment.make"):
    return db.session.scalars(select(AuditEvent).where(AuditEvent.verb == verb)).all()


class Programme:
    """A cycle with a coordinator, and a mobilizer of Polog with her mentor."""

    def __init__(self, make):
        self.cycle = make.cycle("hers", first_month="2026-09", last_month="2027-08")
        self.cora = make.coordinator(cycle=self.cycle)
        self.mentor = make.mentor(cycle=self.cycle)
        self.mila = make.mobilizer(cycle=self.cycle, mentor=self.mentor, alias="Mila, Polog")
        self.tetovo = make.municipality("Tetovo")
        self.promise = make.promise(cycle=self.cycle, places=[make.region("Polog")])

    def typed(self, **given):
        values = {
            "mobilizer": self.mila.id,
            "place": self.tetovo.id,
            "first_month": "2026-11",
            "last_month": "2027-01",
            "mentor": "",
        }
        return values | given

    @property
    def address(self):
        return {"cycle": self.cycle.code, "promise": self.promise.number}

    def rows(self, *more):
        heading = "Promise number;Mobilizer;Place;First month;Last month"
        row = f"{self.promise.number};mila, polog;tetovo;2026-11;2027-01"
        return "\n".join([heading, row, *more])


@pytest.fixture
def programme(make):
    return Programme(make)


# One by one


def test_a_promise_is_given_to_a_mobilizer_with_her_own_mentor(programme, page):
    page.sign_in(programme.cora)

    assert programme.promise.titles["en"] in page.get("assignments.new")
    page.post("assignments.new", data=programme.typed(), **programme.address)

    one = db.session.scalars(select(Assignment)).one()
    assert (one.mobilizer_id, one.mentor_id) == (programme.mila.id, programme.mentor.id)
    assert (one.first_month, one.last_month) == (month("2026-11"), month("2027-01"))
    assert one.region_id == programme.tetovo.parent_id
    assert [event.by_id for event in verbs()] == [programme.cora.id]
    assert "Person" in page.get("assignments.index")


def test_sent_twice_it_is_assigned_once(programme, page):
    page.sign_in(programme.cora)

    for _ in range(2):
        page.post("assignments.new", data=programme.typed(), **programme.address)

    assert count() == len(verbs()) == 1


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
    assert count() == 0


def test_a_mobilizer_without_a_mentor_needs_one_chosen(programme, make, page):
    alone = make.mobilizer(cycle=programme.cycle)
    page.sign_in(programme.cora)
    data = programme.typed(mobilizer=alone.id)

    answer = page.post("assignments.new", data=data, expect=200, **programme.address)

    assert "no dedicated mentor yet" in answer
    assert count() == 0


def test_nobody_is_her_own_mentor(programme, make, page):
    both = make.mentor(cycle=programme.cycle)
    make.posting(both, "mobilizer", region="Polog", cycle=programme.cycle, mentor=both)
    page.sign_in(programme.cora)
    data = programme.typed(mobilizer=both.id)

    answer = page.post("assignments.new", data=data, expect=200, **programme.address)

    assert "Nobody can be her own mentor." in answer
    assert count() == 0


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

    assert "from 2026-09 to 2026-11" in answer
    assert count() == 1


def test_sharing_a_promise_with_another_mobilizer_warns(programme, make, page):
    other = make.mobilizer(cycle=programme.cycle, mentor=programme.mentor, full_name="Vesa V.")
    make.assignment(other, promise=programme.promise, place=programme.tetovo)
    page.sign_in(programme.cora)

    page.post("assignments.new", data=programme.typed(), **programme.address)

    assert "it is also followed by: Vesa V." in page.get("assignments.index")
    assert count() == 2


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
    assert count() == 0


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

    assert count() == 0


# Withdrawing


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
    assert [event.details["reason"] for event in verbs("assignment.withdraw")] == ["She moved."]
    assert db.session.scalars(due(programme.mila, month("2026-11"))).all() == []


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


# The list


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

    with queries.at_most(len(few)):
        assert len(page.get("assignments.index").query("tbody tr")) == 25
    assert len(few) <= 8
    assert len(page.get("assignments.index", page=2).query("tbody tr")) == 5


# Many at once


def send(page, rows, expect=200, **more):
    return page.post("assignments.table", data={"rows": rows, **more}, expect=expect)


def test_a_table_is_shown_first_and_stored_on_the_second_tap(programme, page):
    page.sign_in(programme.cora)

    shown = send(page, programme.rows())
    assert "1 promise will be assigned." in shown
    assert count() == 0
    send(page, shown.query("textarea[name=rows]")[0].to_text(), step="assign", expect=302)

    assert "1 promise assigned." in page.get("assignments.index")
    one = db.session.scalars(select(Assignment)).one()
    assert (one.mobilizer_id, one.place_id) == (programme.mila.id, programme.tetovo.id)
    assert len(verbs()) == 1


def test_a_table_sent_twice_changes_nothing(programme, page):
    page.sign_in(programme.cora)
    send(page, programme.rows(), step="assign", expect=302)

    again = send(page, programme.rows())
    send(page, programme.rows(), step="assign", expect=302)

    assert "Every row of this table is there already" in again
    assert count() == len(verbs()) == 1


def test_with_one_fault_nothing_is_stored_and_what_was_pasted_is_still_there(programme, page):
    rows = programme.rows(f"{programme.promise.number};nobody;Tetovo;2026-11;2026-12")
    page.sign_in(programme.cora)

    answer = send(page, rows, step="assign")

    assert answer.texts("[role=alert] tbody tr") == [
        "3 Mobilizer “nobody” is not a mobilizer of this cycle."
    ]
    assert "nobody" in answer.query("textarea#rows")[0].to_text()
    assert count() == 0


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
    assert count() == 0


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
    with queries.at_most(len(few)):
        assert "40 promises will be assigned." in send(page, programme.rows(*more))


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
