"""What is counted for a cycle, a topic, a party and a place."""

from datetime import UTC, date, datetime

from flask import Flask

from mobilizer.core import clock
from mobilizer.core.database import db
from mobilizer.promises.rules import PromiseState, Testability
from mobilizer.scorecards import queries
from mobilizer.scorecards.rules import By
from mobilizer.scoring.rules import Counts, Rating
from tests.builders import Builders
from tests.support.queries import Queries

KEPT, PARTLY, BROKEN = Rating.KEPT, Rating.PARTLY_KEPT, Rating.BROKEN


def test_a_promise_with_several_places_counts_once_for_the_cycle_and_in_each_place(
    make: Builders,
) -> None:
    tetovo, berovo = make.municipality("Tetovo"), make.municipality("Berovo", region="East")
    promise = make.promise(places=[tetovo, berovo])
    make.finding(promise, KEPT, place=tetovo)
    make.finding(promise, BROKEN, place=berovo)

    counted = queries.board(promise.cycle)

    assert counted.overall == Counts(partly_kept=1)
    assert counted.by_place == {tetovo.id: Counts(kept=1), berovo.id: Counts(broken=1)}


def test_a_region_counts_the_readings_of_its_municipalities(make: Builders) -> None:
    cycle = make.cycle()
    for name, rating in (("Tetovo", KEPT), ("Gostivar", BROKEN)):
        place = make.municipality(name, region="Polog")
        make.finding(make.promise(cycle=cycle, places=[place]), rating, place=place)

    found = queries.board(cycle).by_region

    assert found == {make.region("Polog").id: Counts(kept=1, broken=1)}


def test_a_place_that_was_promised_something_and_not_looked_at_is_not_yet_rated(
    make: Builders,
) -> None:
    tetovo, berovo = make.municipality("Tetovo"), make.municipality("Berovo", region="East")
    promise = make.promise(places=[tetovo, berovo])
    make.finding(promise, KEPT, place=tetovo)

    assert queries.board(promise.cycle).by_place[berovo.id] == Counts(not_yet_rated=1)


def test_a_promise_nobody_looked_at_is_not_shown_as_not_started(make: Builders) -> None:
    promise = make.promise()

    counted = queries.board(promise.cycle)

    assert counted.overall == Counts(not_yet_rated=1)
    assert counted.by_topic == {promise.topic_id: Counts(not_yet_rated=1)}
    assert counted.by_party == {promise.party_id: Counts(not_yet_rated=1)}


def test_a_promise_nobody_can_test_is_published_as_one_that_cannot_be_rated(
    make: Builders,
) -> None:
    promise = make.promise(testability=Testability.NOT_TESTABLE, testability_reason="No measure.")

    assert queries.board(promise.cycle).overall == Counts(cannot_be_rated=1)


def test_the_reading_of_a_place_is_its_latest_finding(make: Builders) -> None:
    promise = make.promise()
    make.finding(promise, BROKEN)
    make.finding(promise, KEPT)

    assert queries.board(promise.cycle).overall == Counts(kept=1)


def test_a_month_told_late_changes_no_newer_reading_and_a_correction_does(
    make: Builders,
) -> None:
    promise = make.promise()
    make.finding(promise, KEPT, month=date(2026, 6, 1))
    make.finding(promise, BROKEN, month=date(2026, 5, 1))
    assert queries.board(promise.cycle).overall == Counts(kept=1)

    make.finding(promise, PARTLY, month=date(2026, 6, 1), corrects=1)
    assert queries.board(promise.cycle).overall == Counts(partly_kept=1)


def test_a_past_score_is_computed_again_from_what_was_published_by_then(make: Builders) -> None:
    with clock.at(datetime(2026, 5, 1, 12, tzinfo=UTC)):
        promise = make.promise()
        make.finding(promise, BROKEN)
    with clock.at(datetime(2026, 6, 1, 12, tzinfo=UTC)):
        make.finding(promise, KEPT)

    assert queries.board(promise.cycle, date(2026, 5, 31)).overall == Counts(broken=1)
    assert queries.board(promise.cycle, date(2026, 6, 1)).overall == Counts(kept=1)
    assert queries.board(promise.cycle, date(2026, 4, 30)).overall == Counts()


def test_as_of_a_day_means_the_whole_day_where_the_cycle_is(make: Builders) -> None:
    cycle = make.cycle(time_zone="Europe/Skopje")
    with clock.at(datetime(2026, 5, 31, 22, 30, tzinfo=UTC)):  # half past midnight in Skopje
        make.finding(make.promise(cycle=cycle), KEPT)

    assert queries.board(cycle, date(2026, 5, 31)).overall == Counts()
    assert queries.board(cycle, date(2026, 6, 1)).overall == Counts(kept=1)


def test_a_promise_that_is_not_published_is_not_counted(make: Builders) -> None:
    promise = make.promise(state=PromiseState.CHECKED)

    assert queries.board(promise.cycle).overall == Counts()


def test_a_new_finding_shows_at_once_although_boards_are_kept(make: Builders) -> None:
    promise = make.promise()
    make.finding(promise, BROKEN)
    assert queries.board(promise.cycle).overall == Counts(broken=1)

    make.finding(promise, KEPT)

    assert queries.board(promise.cycle).overall == Counts(kept=1)


def test_another_cycle_does_not_count(make: Builders) -> None:
    promise = make.promise()
    make.finding(make.promise(cycle=make.cycle()), KEPT)

    assert queries.board(promise.cycle).overall == Counts(not_yet_rated=1)


def test_who_has_no_promise_any_more_has_no_line(make: Builders) -> None:
    promise = make.promise(party=make.party("Bridge"))
    before, now = promise.party, make.party("Tower")
    assert [line.thing for line in queries.lines(promise.cycle, By.PARTY)] == [before]
    promise.party = now
    db.session.commit()
    assert [line.thing for line in queries.lines(promise.cycle, By.PARTY)] == [now]


def test_a_promise_for_the_whole_country_makes_no_line_among_municipalities(
    make: Builders,
) -> None:
    assert queries.lines(make.promise().cycle, By.MUNICIPALITY) == []


def test_scores_as_data_go_by_the_least_of_their_cycle(make: Builders) -> None:
    promise = make.promise(cycle=make.cycle(least_rated=1))
    make.finding(promise, KEPT)
    assert queries.scores(promise.cycle)[0]["score"]["percent"] == 100


def test_every_region_has_a_line_and_municipalities_those_with_promises(make: Builders) -> None:
    tetovo = make.municipality("Tetovo", region="Polog")
    make.municipality("Gostivar", region="Polog")
    make.region("East")
    promise = make.promise(places=[tetovo])
    make.finding(promise, KEPT, place=tetovo)

    by_region = {li.thing.code: li.counts for li in queries.lines(promise.cycle, By.REGION)}
    by_municipality = [li.thing.code for li in queries.lines(promise.cycle, By.MUNICIPALITY)]

    assert by_region == {"MK-EAST": Counts(), "MK-POLOG": Counts(kept=1)}
    assert by_municipality == [tetovo.code]


def test_a_board_costs_one_query_whatever_is_asked_of_it(make: Builders, app: Flask) -> None:
    cycle = make.promise().cycle
    db.session.commit()
    db.session.refresh(cycle)

    with Queries(app).at_most(1):
        counted = queries.board(cycle)
        assert counted.overall == Counts(not_yet_rated=1)
        assert len(counted.by_topic) == len(counted.by_party) == len(counted.by_place) == 1
