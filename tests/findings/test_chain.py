"""What was published cannot be altered without being found out."""

import json
from datetime import UTC, date, datetime, timedelta

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError

from mobilizer.core import clock
from mobilizer.core.database import db
from mobilizer.core.errors import RuleBroken
from mobilizer.findings.queries import broken_links
from mobilizer.findings.rules import GENESIS, Link, Published, bind, canonical, faults
from mobilizer.promises.rules import PromiseState
from mobilizer.scoring.rules import Rating
from tests.builders import Builders

MAY = date(2026, 5, 1)
DAY = date(2026, 11, 1)
NOON = datetime(2026, 11, 1, 12, tzinfo=UTC)

contents = st.dictionaries(st.text(max_size=8), st.text(max_size=20), max_size=4)


def chain(*contents: dict[str, str]) -> list[Link]:
    links, before = [], GENESIS
    for number, content in enumerate(contents, 1):
        finding = Published(number, "c", 7, "MK", MAY, Rating.KEPT.value, content, DAY, "", None)
        link = Link(finding, before, bind(before, finding))
        links.append(link)
        before = link.hash
    return links


@given(st.lists(contents, max_size=6))
def test_a_chain_as_it_was_published_has_no_fault(published: list[dict[str, str]]) -> None:
    assert faults(chain(*published)) == []


@given(st.lists(contents, min_size=1, max_size=6), st.data())
def test_a_finding_changed_anywhere_is_named(
    published: list[dict[str, str]], data: st.DataObject
) -> None:
    links = chain(*published)
    at = data.draw(st.integers(0, len(links) - 1))
    changed = Published(**{**vars(links[at].finding), "rating": Rating.BROKEN.value})
    links[at] = Link(changed, links[at].previous_hash, links[at].hash)

    assert [fault.number for fault in faults(links)] == [at + 1]


def test_a_finding_changed_with_its_hash_is_found_at_the_next() -> None:
    links = chain({"a": "1"}, {"a": "2"}, {"a": "3"})
    forged = Published(**{**vars(links[1].finding), "rating": Rating.BROKEN.value})
    links[1] = Link(forged, links[0].hash, bind(links[0].hash, forged))

    assert [fault.number for fault in faults(links)] == [3]


def test_a_finding_taken_out_is_missed() -> None:
    links = chain({"a": "1"}, {"a": "2"}, {"a": "3"})

    assert "finding 2 is missing" in faults([links[0], links[2]])[0].says


def test_the_canonical_form_can_be_written_by_anybody() -> None:
    finding = chain({"ключ": "вредност"})[0].finding

    assert json.loads(canonical(finding))["published_on"] == "2026-11-01"
    assert "вредност".encode() in canonical(finding)


def test_what_is_read_back_holds_together(make: Builders) -> None:
    promise = make.promise()
    for rating in (Rating.NOT_STARTED, Rating.IN_PROGRESS, Rating.KEPT):
        make.finding(promise, rating, content={"reason": "Пат – „21 km“", "values": [{"v": "1,5"}]})
    db.session.commit()
    db.session.expire_all()

    assert list(broken_links()) == []


def is_sqlite(app: Flask) -> bool:
    return str(app.config["SQLALCHEMY_DATABASE_URI"]).startswith("sqlite")


def guards_off(app: Flask) -> list[str]:
    """What an insider who owns the database does first."""
    if is_sqlite(app):
        return ["DROP TRIGGER finding_no_update"]
    return [
        "ALTER TABLE finding DROP CONSTRAINT ck_finding_rating",
        "SET LOCAL session_replication_role = replica",
    ]


@pytest.mark.parametrize("column", ["rating", "content", "published_on", "imported_from", "hash"])
def test_a_changed_cell_is_named_although_the_guards_were_taken_away(
    make: Builders, app: Flask, column: str
) -> None:
    for _ in range(3):
        make.finding(rating=Rating.KEPT)
    db.session.commit()
    other = {
        "rating": "'broken'",
        "content": "'{}'",
        "published_on": "'2020-01-01'",
        "imported_from": "'elsewhere'",
        "hash": f"'{GENESIS}'",
    }[column]
    for step in guards_off(app):
        db.session.execute(text(step))
    db.session.execute(text(f"UPDATE finding SET {column} = {other} WHERE number = 2"))
    db.session.expire_all()

    assert 2 in [fault.number for fault in broken_links()]
    db.session.rollback()


@pytest.mark.parametrize("number", [1, 2, 3])
def test_a_cell_that_became_unreadable_is_named_and_the_walk_goes_on(
    make: Builders, app: Flask, number: int
) -> None:
    for _ in range(4):
        make.finding(rating=Rating.KEPT)
    db.session.commit()
    other = "content = '{'" if is_sqlite(app) else "rating = 'superb'"
    for step in guards_off(app):
        db.session.execute(text(step))
    db.session.execute(text(f"UPDATE finding SET {other} WHERE number = {number}"))
    db.session.execute(text("UPDATE finding SET imported_from = 'elsewhere' WHERE number = 4"))
    db.session.expire_all()

    assert [fault.number for fault in broken_links()] == [number, 4]
    db.session.rollback()


@pytest.mark.parametrize("step", ["UPDATE finding SET rating = 'kept'", "DELETE FROM finding"])
def test_the_database_refuses_to_touch_what_is_published(make: Builders, step: str) -> None:
    make.finding()
    db.session.commit()

    with pytest.raises(DatabaseError, match="append-only"):
        db.session.execute(text(step))


def test_a_clock_set_back_does_not_reorder_what_was_published(make: Builders) -> None:
    with clock.at(NOON):
        first = make.finding()
    with clock.at(NOON - timedelta(days=3)):
        second = make.finding()

    assert second.published_at == first.published_at


def test_nothing_is_published_about_a_promise_that_is_not(make: Builders) -> None:
    with pytest.raises(RuleBroken):
        make.finding(make.promise(state=PromiseState.CHECKED))


def test_not_yet_rated_is_not_a_finding(make: Builders) -> None:
    with pytest.raises(RuleBroken):
        make.finding(rating=Rating.NOT_YET_RATED)
