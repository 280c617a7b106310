"""Setting up a cycle in a browser: what is typed, what is refused, who may."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from sqlalchemy import select

from mobilizer.accounts.rules import Role
from mobilizer.audit.models import AuditEvent
from mobilizer.core.database import db
from mobilizer.cycles import actions
from mobilizer.cycles.models import Cycle
from mobilizer.cycles.rules import FIRST_CYCLE_QUOTAS, Quotas


def typed(make, **given):
    """A cycle's form as somebody fills it in."""
    regions = [make.region(name) for name in ("Polog", "Skopje")]
    values = {
        "name_en": "Local promises",
        "name_mk": "Локални ветувања",
        "code": "mk-2026",
        "level": "local",
        "first_month": "2026-11",
        "last_month": "10/2027",
        "opens_day": "20",
        "due_day": "28",
        "closes_day": "5",
        "time_zone": "Europe/Skopje",
        "mentors": "1",
        "least_rated": "5",
        "review_days": "7",
        "reply_days": "0",
        "answer_days": "15",
        "second_share": "10",
        **{f"mobilizers_{region.id}": "2" for region in regions},
    }
    return values | given


def the_cycle(code="mk-2026"):
    return db.session.scalars(select(Cycle).where(Cycle.code == code)).one_or_none()


def test_whoever_makes_a_cycle_coordinates_it(make, page, verbs):
    cora = make.coordinator()
    skopje = make.region("Skopje")
    page.sign_in(cora)

    data = typed(make, **{f"mobilizers_{skopje.id}": "3"})
    page.post("cycles.new", data=data)

    cycle = the_cycle()
    assert (cycle.first_month, cycle.last_month) == (date(2026, 11, 1), date(2027, 10, 1))
    assert cycle.names == {"en": "Local promises", "mk": "Локални ветувања"}
    assert Quotas.from_data(cycle.quotas).of(skopje.code).mobilizers == 3
    assert cycle.id in cora.cycle_ids(Role.COORDINATOR)
    assert "cycle.make" in verbs()
    assert "posting.add" in verbs()
    page.get("cycles.edit", code="mk-2026")


def test_an_administrator_sets_up_a_cycle_without_entering_it(make, page):
    ada = make.administrator()
    page.sign_in(ada)

    page.post("cycles.new", data=typed(make))

    assert the_cycle() is not None
    assert ada.cycle_ids(Role.COORDINATOR) == set()
    assert "Local promises" in page.get("cycles.index")
    page.get("cycles.edit", code="mk-2026", expect=403)


def test_the_form_begins_with_the_quotas_of_the_first_cycle(make, page):
    skopje = make.region("Skopje")
    skopje.code = "MK008"
    make.region("Polog")
    page.sign_in(make.coordinator())

    answer = page.get("cycles.new")

    values = {f.attrs["name"]: f.attrs["value"] for f in answer.query("input[type=number]")}
    assert values[f"mobilizers_{skopje.id}"] == "3"
    assert values["mentors"] == "1"
    assert FIRST_CYCLE_QUOTAS.of_all(f"MK00{n}" for n in range(1, 9)).mobilizers == 17


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"name_en": ""}, "A name in your own language is needed."),
        ({"name_sq": "x" * 121}, "Field cannot be longer than 120 characters."),
        ({"code": ""}, "This is needed."),
        ({"code": "Мк 26"}, "Use a-z, 0-9 and hyphens."),
        ({"code": "new"}, "There is a cycle with this code already."),
        ({"level": "galactic"}, "Not a valid choice."),
        ({"first_month": "soon"}, "This is not a month."),
        ({"first_month": ""}, "This is needed."),
        ({"last_month": "2026-10"}, "The last month comes before the first."),
        ({"last_month": "2040-01"}, "A cycle has at most 96 months."),
        ({"opens_day": "31"}, "Number must be between 1 and 28."),
        ({"opens_day": "first"}, "Not a valid integer value."),
        ({"opens_day": "20", "due_day": "10", "closes_day": "5"}, "A month must close before"),
        ({"time_zone": "Mars/Olympus"}, "Not a valid choice."),
        ({"mentors": "-1"}, "Number must be between 0 and 99."),
        ({"least_rated": "0"}, "Number must be between 1 and 100."),
        ({"is_current": "y"}, "Only a cycle the public may see can be shown first."),
    ],
)
def test_what_cannot_be_is_refused_beside_its_field_and_nothing_typed_is_lost(
    make, page, given, says, verbs
):
    page.sign_in(make.coordinator())

    answer = page.post("cycles.new", data=typed(make, **given), expect=200)

    assert any(says in error for error in answer.texts(".field .error"))
    assert answer.query("#name_mk")[0].attrs["value"] == "Локални ветувања"
    assert answer.query("#first_month")[0].attrs["value"] == given.get("first_month", "2026-11")
    db.session.expire_all()
    assert the_cycle() is None
    assert "cycle.make" not in verbs()


def test_the_election_must_be_of_the_cycles_country(make, page):
    abroad = make.election(country="XK")
    page.sign_in(make.coordinator())

    page.post("cycles.new", data=typed(make, election=abroad.code), expect=200)

    assert the_cycle() is None


def test_the_dates_are_shown_before_anything_is_stored(make, page):
    page.sign_in(make.coordinator())

    answer = page.post("cycles.new", data=typed(make, show_dates="1"), expect=200)

    assert "5 December 2026" in answer
    assert answer.query("#code")[0].attrs["value"] == "mk-2026"
    assert the_cycle() is None


def test_a_cycle_sent_twice_is_made_once(make, page):
    page.sign_in(make.coordinator())
    page.post("cycles.new", data=typed(make))

    answer = page.post("cycles.new", data=typed(make), expect=200)

    assert "There is a cycle with this code already." in answer
    assert len(db.session.scalars(select(Cycle).where(Cycle.code == "mk-2026")).all()) == 1


def test_a_forged_form_changes_nothing(make, page):
    page.sign_in(make.coordinator())

    page.post("cycles.new", data=typed(make), token="forged", expect=409)

    assert the_cycle() is None


def test_settings_change_and_the_log_says_from_what_to_what(make, page):
    cycle = make.cycle(
        "mk-2026", first_month="2026-11", time_zone="America/New_York", is_current=False
    )
    page.sign_in(make.coordinator(cycle=cycle))
    data = typed(make, time_zone="America/New_York", closes_day="8", is_public="y", is_current="y")
    form = page.get("cycles.edit", code="mk-2026")
    assert form.query("#name_sq")[0].attrs["value"] == "Cikli mk-2026"

    page.post("cycles.edit", code="mk-2026", data=data)

    cycle = the_cycle()
    assert (cycle.closes_day, cycle.time_zone, cycle.is_current) == (8, "America/New_York", True)
    event = db.session.scalars(select(AuditEvent).where(AuditEvent.verb == "cycle.change")).one()
    assert event.details["changed"]["closes_day"] == {"from": 5, "to": 8}


def test_a_running_cycle_is_not_cut_below_what_was_filed_in_it(make, page):
    cycle = make.cycle("mk-2026", first_month="2026-09", last_month="2027-06", is_public=False)
    elsewhere = make.cycle("other", first_month="2026-09", last_month="2027-06")
    for month in ("2026-10", "2026-12"):
        make.entry(make.assignment(cycle=cycle), month=month)
    make.entry(make.assignment(cycle=elsewhere), month="2027-05")
    data = typed(make, is_public="y", first_month="2026-10", last_month="2026-12")
    page.sign_in(make.coordinator(cycle=cycle))

    for name, month, holds in (
        ("first_month", "2026-11", "2026-10"),
        ("last_month", "2026-11", "2026-12"),
    ):
        told = page.post("cycles.edit", code="mk-2026", data=data | {name: month}, expect=200)
        assert f"There are reports on {holds}" in told.texts(f"#{name}-error")[0]
        assert told.query(f"#{name}")[0].attrs["value"] == month
    assert the_cycle().last_month == date(2027, 6, 1)

    page.post("cycles.edit", code="mk-2026", data=data)
    assert (the_cycle().first_month, the_cycle().last_month) == (
        date(2026, 10, 1),
        date(2026, 12, 1),
    )


def test_only_one_cycle_is_shown_first(make, page, verbs):
    first = make.cycle("first", is_current=True)
    second = make.cycle("second", first_month="2026-11", is_current=False)
    page.sign_in(make.coordinator(cycle=second))

    data = typed(make, is_public="y", is_current="y")
    page.post("cycles.edit", code="second", data=data)

    db.session.expire_all()
    assert (first.is_current, second.is_current) == (False, True)
    assert verbs().count("cycle.show_first") == 2


@pytest.mark.parametrize(
    "view", ["cycles.show", "cycles.edit", "cycles.topics", "cycles.extensions"]
)
def test_a_cycle_one_takes_no_part_in_is_not_there(make, page, view):
    make.cycle("theirs")
    page.sign_in(make.coordinator(cycle=make.cycle("hers")))

    page.get(view, code="theirs", expect=404)
    page.get(view, code="hers")


def test_a_mentor_sees_her_cycle_and_changes_nothing(make, page):
    cycle = make.cycle("hers")
    page.sign_in(make.mentor(cycle=cycle))

    answer = page.get("cycles.show", code="hers")

    assert "Settings of" not in answer
    assert not answer.query("nav[aria-label='This cycle']")
    page.get("cycles.edit", code="hers", expect=403)


def test_who_runs_one_cycle_and_mentors_in_another_changes_only_the_one(make, page):
    both = make.coordinator(cycle=make.cycle("hers"))
    make.posting(both, Role.MENTOR, region="Polog", cycle=make.cycle("theirs"))
    page.sign_in(both)

    page.get("cycles.show", code="theirs")
    for view in ("cycles.edit", "cycles.topics", "cycles.extensions"):
        page.get(view, code="hers")
        page.get(view, code="theirs", expect=404)


def test_the_calendar_shows_each_month_and_the_one_that_is_now(make, page):
    cycle = make.cycle("hers", first_month="2026-09", last_month="2026-12")
    page.sign_in(make.mentor(cycle=cycle))

    rows = page.get("cycles.show", code="hers").texts("section[aria-labelledby=months] tbody tr")

    assert len(rows) == 4
    assert "closed" in rows[0]
    assert rows[2].startswith("November 2026 now 20 November 2026 28 November 2026 5 December 2026")


def test_a_list_of_cycles_costs_the_same_for_two_and_for_ten(make, page, queries):
    cora = make.coordinator(cycle=make.cycle())
    page.sign_in(cora)
    page.get("cycles.index")
    with queries.counted() as few:
        page.get("cycles.index")
    for _ in range(9):
        make.posting(cora, Role.COORDINATOR, cycle=make.cycle())
    db.session.commit()

    with queries.at_most(len(few)):
        page.get("cycles.index")
    assert len(few) <= 5


def test_two_cycles_shown_first_at_the_same_moment_leave_one(app, make):
    codes = [make.cycle(f"c{n}", is_current=False).code for n in range(4)]
    db.session.commit()

    def show_first(code):
        with app.app_context():
            actions.show_first(the_cycle(code), by=None)
            db.session.commit()

    with ThreadPoolExecutor(4) as workers:
        list(workers.map(show_first, codes))

    assert sum(the_cycle(code).is_current for code in codes) == 1
