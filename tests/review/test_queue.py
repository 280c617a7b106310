"""What waits for whom, in which order, and at what cost."""

from datetime import UTC, datetime, timedelta

import pytest

from mobilizer.core import clock
from mobilizer.core.database import db
from mobilizer.monitoring.rules.workflow import EntryState, RevisionKind
from mobilizer.review import queries
from mobilizer.review.queries import Only, Shown
from mobilizer.review.queries.queue import Waiting

NOW = datetime(2026, 11, 22, 10, tzinfo=UTC)


@pytest.fixture(autouse=True)
def november():
    with clock.at(NOW):
        yield


def received(make, days_ago, assignment=None, **given):
    with clock.at(NOW - timedelta(days=days_ago)):
        return make.report(assignment or make.assignment(**given))


def waiting(user, shown=Shown.WAITING, region=""):
    db.session.flush()
    return db.session.scalars(queries.waiting(user, shown, Only(region))).all()


def test_a_mentor_sees_what_waits_in_her_regions_the_oldest_first(make):
    mira = make.mentor("Polog")
    entries = [received(make, days, mentor=mira) for days in (1, 5, 3)]
    received(make, 9, mobilizer=make.mobilizer("Skopje", mentor=make.mentor("Skopje")))

    assert waiting(mira) == [entries[1], entries[2], entries[0]]


def test_she_sees_what_waits_of_her_own_mobilizers_in_another_region(make):
    mira = make.mentor("Polog")
    there = received(make, 1, mobilizer=make.mobilizer("Skopje"), mentor=mira)

    assert waiting(mira) == [there]


def test_nobody_finds_her_own_reports_in_her_queue(make):
    mira = make.mentor("Polog")
    make.posting(mira, "mobilizer", "Polog")
    own = received(make, 1, mobilizer=mira, mentor=make.mentor("Polog"))
    handed_over = received(make, 1, mobilizer=mira, mentor=own.assignment.mentor)
    handed_over.assignment.mobilizer = make.mobilizer("Polog")

    assert waiting(mira) == []
    assert len(waiting(own.assignment.mentor)) == 2


@pytest.mark.parametrize("state", [state for state in EntryState if state != "submitted"])
def test_only_what_was_sent_and_not_decided_on_waits(make, state):
    entry = make.report(state=state)

    assert waiting(entry.assignment.mentor) == []


def test_what_came_after_the_close_stands_apart(make):
    entry = make.report()
    entry.is_quarantined = True

    assert waiting(entry.assignment.mentor) == []
    assert waiting(entry.assignment.mentor, Shown.AFTER_CLOSE) == [entry]


def test_what_was_returned_twice_waits_for_the_coordinator(make):
    entry = make.report()
    for _ in range(2):
        make.decision(entry, "return")
        entry.state = EntryState.SUBMITTED
        make.revision(entry)
    mentor, cora = entry.assignment.mentor, make.coordinator()

    assert waiting(mentor) == []
    assert waiting(mentor, Shown.RETURNED_TWICE) == [entry]
    assert waiting(cora) == waiting(cora, Shown.RETURNED_TWICE) == [entry]


@pytest.mark.parametrize("days_ago", range(5, 11))
@pytest.mark.parametrize("hour", [0, 1, 12, 23])
def test_the_database_and_the_rule_agree_on_what_is_overdue(make, days_ago, hour):
    with clock.at(NOW.replace(hour=hour)):
        entry = received(make, days_ago)

    newest = entry.revisions[-1]
    is_overdue = waiting(entry.assignment.mentor, Shown.OVERDUE) == [entry]
    assert Waiting(entry, newest, 0).is_overdue == is_overdue
    assert is_overdue == (days_ago > 7)


def test_the_views_are_counted_as_they_are_listed(make):
    mira = make.mentor("Polog")
    for days in (1, 9, 10):
        received(make, days, mentor=mira)
    received(make, 1, mentor=mira).is_quarantined = True

    for user in (mira, make.coordinator(), make.mentor("Skopje")):
        assert queries.counts(user) == {shown: len(waiting(user, shown)) for shown in Shown}


def test_the_queue_can_be_narrowed_to_a_region(make, page):
    polog, skopje = make.region("Polog"), make.region("Skopje")
    here = received(make, 1)
    there = received(make, 1, mobilizer=make.mobilizer("Skopje", mentor=make.mentor("Skopje")))
    cora = make.coordinator()

    assert waiting(cora, region=polog.code) == [here]
    assert waiting(cora, region=skopje.code) == [there]
    page.sign_in(cora)
    assert there.assignment.promise.titles["en"] in page.get("review.queue", region=skopje.code)
    assert here.assignment.promise.titles["en"] not in page.get("review.queue", region=skopje.code)
    page.get("review.queue", region="nowhere", show="nothing")


def test_the_queue_can_be_narrowed_to_a_month_and_to_what_was_sent(make, page):
    mira = make.mentor("Polog")
    october = received(make, 3, mentor=mira)
    november = make.report(make.assignment(mentor=mira), month="2026-11")
    same = make.entry(make.assignment(mentor=mira), month="2026-11", state="submitted")
    make.revision(same, kind=RevisionKind.NO_CHANGE)
    page.sign_in(mira)

    def listed(**asked):
        links = page.get("review.queue", **asked).query("tbody th a")
        return {link.attrs["href"].rpartition("/")[2] for link in links}

    assert listed(month="2026-11") == {november.id, same.id}
    assert listed(kind="no_change") == {same.id}
    assert listed(month="2026-11", kind="full") == {november.id}
    assert listed(month="2031-01") == set()
    assert listed(month="never", kind="unknown") == {october.id, november.id, same.id}
    assert queries.counts(mira, Only(kind=RevisionKind.FULL))[Shown.WAITING] == 2


def test_the_first_page_reads_in_the_order_of_the_index_and_no_further(make, app):
    """However long the queue is: the oldest are found without sorting what waits behind them."""
    if db.engine.dialect.name != "sqlite":
        return
    listing = queries.waiting(make.mentor("Polog"), Shown.WAITING).limit(25)
    asked = listing.compile(db.engine, compile_kwargs={"literal_binds": True})

    plan = [row.detail for row in db.session.execute(db.text(f"EXPLAIN QUERY PLAN {asked}"))]

    assert "SEARCH entry USING INDEX ix_entry_queue (state=?)" in plan
    assert not [step for step in plan if "TEMP B-TREE" in step or step.startswith("SCAN entry")]


def test_a_report_knows_where_it_stands_in_the_queue(make):
    mira = make.mentor("Polog")
    entries = [received(make, days, mentor=mira) for days in (3, 2, 1)]
    db.session.flush()

    def beside(entry):
        found = queries.neighbours(mira, entry)
        return found.at, found.total, found.previous, found.next

    first, second, third = (entry.id for entry in entries)
    assert beside(entries[0]) == (1, 3, None, second)
    assert beside(entries[1]) == (2, 3, first, third)
    assert beside(entries[2]) == (3, 3, second, None)
    make.decision(entries[1], "approve")
    assert beside(entries[1]) == (0, 2, first, third)


def test_reports_of_the_same_moment_are_each_passed_once(make):
    mira = make.mentor("Polog")
    entries = [received(make, 1, mentor=mira) for _ in range(4)]
    db.session.flush()

    at, seen = waiting(mira)[0].id, []
    while at:
        seen.append(at)
        at = queries.neighbours(mira, next(one for one in entries if one.id == at)).next
    assert sorted(seen) == sorted(entry.id for entry in entries)


def cost(page, queries, view, **values):
    page.get(view, **values)
    with queries.counted() as statements:
        page.get(view, **values)
    return len(statements)


def test_the_queue_costs_the_same_whatever_its_length(make, page, queries):
    mira = make.mentor("Polog")
    received(make, 1, mentor=mira)
    page.sign_in(mira)
    short = cost(page, queries, "review.queue")
    for days in range(30):
        received(make, days, mentor=mira)

    assert cost(page, queries, "review.queue") == short
    assert short <= 14


def test_a_report_costs_the_same_however_much_was_said_of_it(make, page, queries):
    entry = received(make, 1)
    page.sign_in(entry.assignment.mentor)
    make.decision(entry, "return")
    entry.state = EntryState.SUBMITTED
    make.revision(entry)
    plain = cost(page, queries, "review.show", entry_id=entry.id)
    for number in range(20):
        make.comment(entry, "rating", f"Comment {number}", author=make.mentor("Polog"))
        make.photo(entry) if number < 3 else make.evidence(entry)
        received(make, number, mentor=entry.assignment.mentor)
    make.revision(entry)
    entry.state = EntryState.SUBMITTED

    assert cost(page, queries, "review.show", entry_id=entry.id) == plain
    assert plain <= 23


def test_a_thread_of_five_hundred_comments_costs_no_more_than_a_page_of_it(make, page, queries):
    entry = received(make, 1)
    page.sign_in(entry.assignment.mentor)
    make.comment(entry, text="The first.")
    plain = cost(page, queries, "review.show", entry_id=entry.id)
    for number in range(2, 501):
        make.comment(entry, "rating" if number % 2 else "", f"Comment {number}.")

    assert cost(page, queries, "review.show", entry_id=entry.id) == plain
    shown = page.get("review.show", entry_id=entry.id)
    assert len(shown.query(".comment")) <= 80  # Forty that are open: listed first, and by field.
    assert "Comment 500." in shown
    assert "The first." not in shown
