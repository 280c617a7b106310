"""No report of the demonstration speaks against itself: its answers, evidence, and months."""

import re
from collections.abc import Iterator
from datetime import date
from itertools import groupby, pairwise

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from mobilizer.core.database import db
from mobilizer.demo.rules.asking import ALLOWED, OUTCOMES
from mobilizer.evidence.rules.details import Origin
from mobilizer.evidence.rules.links import EvidenceKind
from mobilizer.monitoring.models import Entry, Revision
from mobilizer.monitoring.rules.words import Because, Foi, Stagnation, Step
from mobilizer.monitoring.rules.workflow import RevisionKind
from mobilizer.promises.models import Indicator
from mobilizer.promises.rules import Unit
from mobilizer.scoring.rules import Rating

STANDING_STILL = (Rating.NOT_STARTED, Rating.STALLED, Rating.BROKEN)


@pytest.fixture
def said(demo: Flask) -> list[Revision]:
    """Every revision that answers the matrix, by promise and place in the order of its months."""
    entries = joinedload(Revision.entry).joinedload(Entry.assignment)
    found = db.session.scalars(
        select(Revision)
        .where(Revision.kind != RevisionKind.NOT_FOUND_OUT)
        .options(entries, selectinload(Revision.evidence))
    )
    return sorted(found, key=lambda one: (line(one), one.entry.month, one.number))


def line(revision: Revision) -> tuple[int, int]:
    """What it is a report on, whoever reports."""
    assignment = revision.entry.assignment
    return assignment.promise_id, assignment.place_id


def told(revision: Revision) -> str:
    """Which one it is, for whoever mends it."""
    return f"{line(revision)} {revision.entry.month:%Y-%m}.{revision.number} {revision.answers}"


def following(said: list[Revision]) -> Iterator[tuple[Revision, Revision]]:
    """Each report with the next one on the same."""
    for _, reports in groupby(said, key=line):
        yield from pairwise(reports)


def moved(revision: Revision, of: Indicator) -> float | None:
    """How far an indicator has come from where it began, towards what was promised."""
    value = revision.answers.get(f"value_{of.position}", "no_data")
    if value == "no_data":
        return None
    began, now, wanted = (amount(of.unit, one) for one in (of.baseline, value, of.target))
    return (now - began) / (wanted - began)


def amount(unit: Unit, value: str) -> float:
    return float(value == "yes") if unit is Unit.YES_NO else float(value.partition("/")[0])


# --- evidence and answers


def test_an_answer_to_a_request_among_the_evidence_is_told_in_the_answers(
    said: list[Revision],
) -> None:
    for one in said:
        kinds = {piece.kind for piece in one.evidence}
        has_request = EvidenceKind.REQUEST in kinds
        assert (one.answers["foi"] != Foi.NOT_SENT) is has_request, told(one)
    assert {one.answers["foi"] for one in said} == {Foi.NOT_SENT, *OUTCOMES}


def test_what_became_of_a_request_agrees_with_its_days(said: list[Revision]) -> None:
    for one in said:
        if one.answers["foi"] == Foi.NOT_SENT:
            continue
        sent, came = (
            date.fromisoformat(one.answers[name]) for name in ("foi_sent_on", "foi_answered_on")
        )
        took = (came - sent).days
        assert took > 0, told(one)
        assert came < one.received_at.date(), told(one)
        assert (took > ALLOWED) is (one.answers["foi"] == Foi.LATE), told(one)
        (paper,) = (piece for piece in one.evidence if piece.kind is EvidenceKind.REQUEST)
        assert (paper.source_kind, paper.taken_on) == (Origin.ANSWER, came), told(one)


def test_nobody_waits_for_the_answer_to_a_request_that_was_never_sent(demo: Flask) -> None:
    unknown = select(Revision).where(Revision.kind == RevisionKind.NOT_FOUND_OUT)
    reasons = {one.answers["because"] for one in db.session.scalars(unknown)}
    assert reasons
    assert Because.WAITING not in reasons


# --- the rating and the answers: what the program itself calls a contradiction could not be sent


def test_a_step_is_taken_where_there_is_something_to_show(said: list[Revision]) -> None:
    for one in said:
        if "step_results" not in one.answers or one.rating is Rating.CANNOT_BE_RATED:
            continue
        has_moved = any(moved(one, of) for of in one.entry.assignment.promise.indicators)
        in_use = one.rating in (Rating.PARTLY_KEPT, Rating.KEPT)
        has_begun = one.rating is not Rating.NOT_STARTED
        if has_moved or in_use:
            assert one.answers["step_results"] == "yes", told(one)
        else:
            assert one.answers["step_results"] == "no", told(one)
        assert (one.answers["step_activities"] == "yes") is has_begun, told(one)


def test_citizens_take_part_only_in_what_was_begun_and_met_about(said: list[Revision]) -> None:
    parts = [one for one in said if one.answers.get("participation") == "yes"]
    assert parts
    for one in parts:
        assert one.answers["step_meetings"] == "yes", told(one)


def test_why_it_stands_still_is_what_the_reason_of_the_rating_says(said: list[Revision]) -> None:
    found = set()
    for one in said:
        if one.rating in STANDING_STILL:
            assert one.answers["stagnation"] == [why(one.answers["rating_reason"])], told(one)
            found.add(why(one.answers["rating_reason"]))
    assert found == {Stagnation.NO_MONEY, Stagnation.UNKNOWN, Stagnation.NO_PRIORITY}


def why(reason: str) -> Stagnation:
    """Why a promise stands still, by the words of the sentence that says so."""
    if re.search("буџет|ребаланс|buxhet|budžet|rebalans", reason):
        return Stagnation.NO_MONEY
    unexplained = re.search("Објаснување нема|Nuk ka shpjegim|Objašnjenja nema", reason)
    return Stagnation.UNKNOWN if unexplained else Stagnation.NO_PRIORITY


# --- one month and the next


def test_nothing_that_was_there_is_gone_the_month_after(said: list[Revision]) -> None:
    for before, after in following(said):
        if any(one.contradiction_reason for one in (before, after)):
            continue  # What is nearly there by one count is there by another.
        for of in before.entry.assignment.promise.indicators:
            was, now = moved(before, of), moved(after, of)
            assert was is None or now is None or was <= now, (told(before), told(after))


def test_no_step_that_was_taken_is_untaken(said: list[Revision]) -> None:
    for before, after in following(said):
        for step in Step:
            was, now = (one.answers.get(f"step_{step}") for one in (before, after))
            assert (was, now) != ("yes", "no"), (step, told(before), told(after))
