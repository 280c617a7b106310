"""The first page of the phone: what came back, what is due, what is still open."""

from datetime import UTC, date, datetime

import pytest

from mobilizer.core import clock
from mobilizer.core.database import db
from mobilizer.monitoring.queries import months_of
from tests.monitoring.filing import on, where

pytestmark = pytest.mark.usefixtures("november")


def months(assignment):
    return months_of(assignment.mobilizer)


def test_nothing_to_do_says_what_will_stand_here(make, page):
    page.sign_in(make.mobilizer())
    assert "Nothing to report on yet" in page.get("monitoring.home")


def test_this_month_says_when_it_is_due_and_how_many_are_filed(make, page):
    mobilizer = make.mobilizer()
    filed, _ = make.assignment(mobilizer), make.assignment(mobilizer)
    make.report(filed, month="2026-11")
    page.sign_in(mobilizer)

    home = page.get("monitoring.home")

    assert "due 28 November 2026 · 6 days left" in home
    assert "1 of 2 filed" in home


@pytest.mark.parametrize(
    ("day", "month", "says"),
    [
        (28, 11, "due 28 November 2026 · today"),
        (29, 11, "was due 28 November 2026 · closes 5 December 2026"),
        (6, 12, "opens on 20 December 2026"),
        (19, 11, "opens on 20 November 2026"),
    ],
)
def test_the_month_is_the_one_that_is_open_or_the_next(make, page, day, month, says):
    assignment = make.assignment()
    with clock.at(datetime(2026, month, day, 12, tzinfo=UTC)):
        page.sign_in(assignment.mobilizer)
        home = page.get("monitoring.home")
        assert says in home
        assert ("File" in " ".join(home.texts("a.button"))) == ("opens" not in says)


def test_last_months_rating_stands_beside_the_task(make, page):
    entry = make.report(make.assignment(), "stalled", month="2026-10", stagnation=["unknown"])
    page.sign_in(entry.assignment.mobilizer)
    assert "October 2026: Stalled" in page.get("monitoring.home")


def test_closed_months_without_a_report_are_named_apart(make, page):
    assignment = make.assignment(first_month="2026-09")
    found = months(assignment)
    assert [task.month for task in found.missed] == [date(2026, 9, 1), date(2026, 10, 1)]
    page.sign_in(assignment.mobilizer)
    assert "2 reports of closed months are missing" in page.get("monitoring.home")


def test_an_extended_month_is_still_open(make, page):
    assignment = make.assignment(first_month="2026-10")
    make.extension(assignment.mobilizer, month="2026-10", until=date(2026, 11, 25))
    found = months(assignment)
    assert [task.month for task in found.still_open] == [date(2026, 10, 1)]
    page.sign_in(assignment.mobilizer)
    assert "File October 2026" in page.get("monitoring.home")


def test_a_closed_month_can_still_be_filed_and_is_kept_apart(make, page):
    assignment = make.assignment(first_month="2026-09")
    page.sign_in(assignment.mobilizer)
    september = where(assignment, "2026-09")

    assert "your coordinator decides whether it counts" in page.get("monitoring.show", **september)
    page.post("monitoring.could_not", **september, data={"because": "away"})

    assert "This month was closed already" in page.get("monitoring.home")


def test_what_came_back_from_an_earlier_month_is_shown(make):
    entry = make.report(make.assignment(first_month="2026-10"), month="2026-10", state="returned")
    make.comment(entry, "rating", "Why?")
    (task,) = months(entry.assignment).returned
    assert [comment.text for comment in task.comments] == ["Why?"]
    assert months(entry.assignment).still_open == []


def test_withdrawn_assignments_are_no_longer_asked_for(make):
    assignment = make.assignment()
    assignment.withdrawn_at = clock.now()
    db.session.flush()
    assert months(assignment).now == []


def test_two_cycles_have_a_month_each(make, page):
    mobilizer = make.mobilizer()
    make.assignment(mobilizer)
    other = make.cycle("other")
    make.posting(mobilizer, "mobilizer", "Vardar", cycle=other, mentor=make.mentor(cycle=other))
    make.assignment(mobilizer, cycle=other)
    db.session.expire_all()
    page.sign_in(mobilizer)
    home = page.get("monitoring.home")
    assert "Cycle other" in home
    assert len(home.query("section")) == 2


def test_the_home_screen_costs_the_same_with_ten_times_the_work(make, page, queries):
    mobilizer = make.mobilizer()
    page.sign_in(mobilizer)

    def more(number):
        for _ in range(number):
            assignment = make.assignment(mobilizer)
            make.report(assignment, month="2026-10", state="approved")
            make.comment(make.report(assignment, month="2026-11", state="returned"))
        db.session.commit()

    more(2)
    with queries.counted() as few:
        page.get("monitoring.home")
    more(8)
    with queries.at_most(len(few)):
        page.get("monitoring.home")
    assert len(few) <= 15


def test_the_page_of_a_report_shows_what_was_sent(make, page):
    entry = make.report(make.assignment(), month="2026-11", rating_reason="The reason as written.")
    page.sign_in(entry.assignment.mobilizer)
    shown = page.get("monitoring.show", **on(entry))
    assert "The reason as written." in shown
    assert "On time" in shown


@pytest.mark.parametrize("language", ["en", "sq", "mk", "sr"])
def test_every_screen_is_there_in_every_language(make, page, language):
    entry = make.report(make.assignment(), month="2026-11", state="returned")
    make.comment(entry, "rating", "Why?")
    page.sign_in(entry.assignment.mobilizer)
    page.get("monitoring.home", lang=language)
    for screen in ("state", "indicator-1", "standstill", "evidence"):
        page.get("monitoring.screen", screen=screen, **on(entry), lang=language)
    for view in ("show", "check", "same", "could_not"):
        page.get(f"monitoring.{view}", **on(entry), lang=language)


def test_messages_evidence_and_drafts_are_counted_beside_the_month(make, page):
    entry = make.report(make.assignment(), state="returned", month="2026-11")
    make.comment(entry)
    page.sign_in(entry.assignment.mobilizer)

    rows = page.get("monitoring.home").texts(".rows a")

    assert rows == [
        "Messages with your mentor last on 22 November 2026 1 new 1",
        "My evidence 1",
        "What my mentor noted of our meetings",
        "Promises I have begun to log 0",
    ]
