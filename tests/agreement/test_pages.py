"""The second mentor's pages: what she is shown, what she is not, and what she gives."""

import re

import pytest
from sqlalchemy import select

from mobilizer.agreement.models import SecondLook
from mobilizer.core import clock
from mobilizer.core.database import db
from mobilizer.findings.rules import public_content
from mobilizer.monitoring.models import Entry
from mobilizer.monitoring.queries import matrix_of
from mobilizer.monitoring.rules.words import Stagnation
from mobilizer.monitoring.rules.workflow import EntryState
from tests.builders import Builders
from tests.support.page import Page
from tests.support.queries import Queries

GIVEN = {"rating": "stalled", "reason": "The photo shows an empty field."}
SECRET = "A word that must stay between the two of them."
JUDGED = "It is kept, because the roof is on and the doors are open."


def a_drawn_report(make: Builders) -> tuple[Entry, SecondLook]:
    """A report from Polog with all that is private in it, drawn for a mentor of Vardar."""
    author = make.mobilizer("Polog", full_name="Ana Anovska", alias="Swift Heron")
    entry = make.entry(make.assignment(author), state="submitted")
    make.evidence(entry, caption="The roof from the street")
    make.photo(entry, has_consent=True, caption="The door")
    make.photo(entry, has_consent=False, caption="The face of a teacher")
    make.revision(
        entry,
        "kept",
        rating_reason=JUDGED,
        note_mentor=SECRET,
        contact="I met the mayor's brother.",
        next_step="Tomorrow at nine I go there again.",
        contradiction_reason="The roof is kept as promised.",
    )
    return entry, make.look(entry, make.mentor("Vardar"))


def test_she_sees_words_indicators_answers_and_evidence(make: Builders, page: Page) -> None:
    entry, look = a_drawn_report(make)
    make.finding(entry.assignment.promise, "in_progress", place=entry.assignment.place,
                 month=entry.month.replace(month=entry.month.month - 1))  # fmt: skip
    page.sign_in(look.coder)

    shown = page.get("agreement.show", look_id=look.id)

    assert entry.assignment.promise.exact_words in shown
    assert entry.assignment.promise.indicators[0].text in shown
    assert "Words that say what was seen" in shown
    assert "The roof from the street" in shown
    assert "The door" in shown
    assert "In progress" in shown.text[shown.text.index("Published before") :][:200]


def test_nothing_leads_her_to_who_wrote_it_or_to_the_rating(make: Builders, page: Page) -> None:
    entry, look = a_drawn_report(make)
    page.sign_in(look.coder)

    every = "\n".join(
        page.get(view, **values).source
        for view, values in (
            ("agreement.index", {}),
            ("agreement.show", {"look_id": look.id}),
            ("desk.home", {}),
            ("review.queue", {}),
        )
    )

    author = entry.assignment.mobilizer
    names = (author.full_name, author.alias, author.sign_in_name, entry.id)
    said = (SECRET, JUDGED, "kept as promised", "mayor's brother", "Tomorrow at nine", "Yellow")
    hidden = (*names, *said, "The face of a teacher")
    assert [word for word in hidden if word in every] == []
    assert "1 piece is not shown" in every


def test_only_the_drawn_evidence_with_consent_is_served_and_only_to_her(
    make: Builders, page: Page
) -> None:
    entry, look = a_drawn_report(make)
    files = {piece.caption: piece for piece in entry.evidence}
    door, face = files["The door"], files["The face of a teacher"]
    later = make.photo(entry, has_consent=True)
    another = make.photo(make.report(), has_consent=True)
    page.sign_in(look.coder)
    at = {"look_id": look.id, "width": 320, "ending": "jpg"}

    assert page.get("agreement.photo", uid=door.id, **at).body.startswith(b"\xff\xd8")
    for kept in (face, later, another):
        page.get("agreement.photo", uid=kept.id, **at, expect=404)
    page.get("agreement.clip", look_id=look.id, uid=door.id, expect=404)
    page.get("monitoring.photo", uid=door.id, width=320, ending="jpg", expect=404)
    page.get("review.show", entry_id=entry.id, expect=404)
    page.sign_in(make.mentor("Skopje"))
    page.get("agreement.photo", uid=door.id, **at, expect=404)


@pytest.mark.parametrize("who", ["another", "first", "author", "coordinator", "gone"])
def test_nobody_else_opens_or_answers_it(make: Builders, page: Page, who: str) -> None:
    entry, look = a_drawn_report(make)
    if who == "gone":
        look.coder.postings[0].ended_at = clock.now()
    people = {
        "another": lambda: make.mentor("Skopje"),
        "first": lambda: entry.assignment.mentor,
        "author": lambda: entry.assignment.mobilizer,
        "coordinator": make.coordinator,
        "gone": lambda: look.coder,
    }
    page.sign_in(people[who]())
    refused = 404 if who in ("another", "first") else 403

    page.get("agreement.show", look_id=look.id, expect=refused)
    page.post("agreement.give", look_id=look.id, data=GIVEN, expect=refused)
    assert db.session.get(SecondLook, look.id).given_at is None


# --- giving


def test_what_she_gives_is_kept_and_does_not_change(make: Builders, page: Page) -> None:
    _, look = a_drawn_report(make)
    page.sign_in(look.coder)
    page.get("agreement.show", look_id=look.id)

    page.post("agreement.give", look_id=look.id, data=GIVEN)
    page.post("agreement.give", look_id=look.id, data=GIVEN)
    again = page.post(
        "agreement.give",
        look_id=look.id,
        data={"rating": "kept", "reason": "I thought again."},
        expect=422,
    )

    assert "does not change any more" in again
    assert "I thought again." in again
    kept = db.session.scalars(select(SecondLook)).one()
    assert (kept.rating.value, kept.reason) == ("stalled", GIVEN["reason"])


def test_nothing_typed_is_lost_when_something_is_missing(make: Builders, page: Page) -> None:
    _, look = a_drawn_report(make)
    page.sign_in(look.coder)

    shown = page.post(
        "agreement.give", look_id=look.id, data={"reason": GIVEN["reason"]}, expect=422
    )
    assert GIVEN["reason"] in shown
    assert "Choose a rating" in shown
    for bad in ({}, {"rating": "excellent", "reason": "x" * 5000}, {"rating": ["kept", "x"]}):
        page.post("agreement.give", look_id=look.id, data=bad, expect=422)
    assert db.session.get(SecondLook, look.id).given_at is None


def test_a_report_that_went_back_is_not_hers_any_more(make: Builders, page: Page) -> None:
    entry, look = a_drawn_report(make)
    page.sign_in(look.coder)
    page.get("agreement.show", look_id=look.id)
    entry.state = EntryState.RETURNED

    page.post("agreement.give", look_id=look.id, data=GIVEN, expect=404)

    assert db.session.get(SecondLook, look.id).given_at is None


def test_who_came_near_meanwhile_gives_nothing(make: Builders, page: Page) -> None:
    entry, look = a_drawn_report(make)
    page.sign_in(look.coder)
    page.get("agreement.show", look_id=look.id)
    make.posting(look.coder, "mentor", entry.assignment.region)

    refused = page.post("agreement.give", look_id=look.id, data=GIVEN, expect=422)

    assert "needs no second look from you any more" in refused
    assert GIVEN["reason"] in refused


# --- blindness


def seen(page: Page, who: object, *views: tuple[str, dict[str, object]]) -> list[str]:
    """What somebody reads, without what changes by itself."""
    page.sign_in(who)
    return [
        re.sub(r'value="[^"]{60,}"', "", page.get(view, **values).source) for view, values in views
    ]


def test_before_hers_is_in_she_cannot_tell_whether_the_other_is(make: Builders, page: Page) -> None:
    entry, look = a_drawn_report(make)
    for piece in entry.evidence:
        piece.has_consent = piece.has_consent or bool(piece.media)
    hers = (
        ("agreement.index", {}),
        ("agreement.show", {"look_id": look.id}),
        ("desk.home", {}),
        ("review.queue", {}),
    )
    before = seen(page, look.coder, *hers)

    make.decision(entry, "approve")

    assert seen(page, look.coder, *hers) == before
    page.post("agreement.give", look_id=look.id, data=GIVEN)
    assert "You disagree." in page.get("agreement.show", look_id=look.id)


@pytest.mark.parametrize("who", ["mentor", "coordinator"])
def test_before_theirs_is_in_who_decides_cannot_tell_what_she_said(
    make: Builders, page: Page, who: str
) -> None:
    entry, look = a_drawn_report(make)
    decider = entry.assignment.mentor if who == "mentor" else make.coordinator()
    theirs = [("agreement.index", {}), ("review.show", {"entry_id": entry.id}), ("desk.home", {})]
    page.sign_in(look.coder)
    page.post("agreement.give", look_id=look.id, data=GIVEN)

    every = "\n".join(seen(page, decider, *theirs))
    if who == "coordinator":
        every += page.get("desk.audit").source
    assert GIVEN["reason"] not in every
    assert "Stalled" not in every.replace('value="stalled"', "")

    make.decision(entry, "approve", by=decider)
    assert GIVEN["reason"] in page.get("agreement.index")


def test_others_do_not_read_the_disagreement(make: Builders, page: Page) -> None:
    entry, look = a_drawn_report(make)
    page.sign_in(look.coder)
    page.post("agreement.give", look_id=look.id, data=GIVEN)
    make.decision(entry, "approve")
    elsewhere = make.coordinator(cycle=make.cycle())

    for other in (make.mentor("Polog"), make.mentor("Skopje"), elsewhere):
        page.sign_in(other)
        assert GIVEN["reason"] not in page.get("agreement.index")


# --- the coordinator


def test_the_coordinator_is_told_what_nobody_may_look_at(make: Builders, page: Page) -> None:
    make.drawn(make.report())
    page.sign_in(make.coordinator())

    assert "1 drawn report waits: there is no mentor of another region" in page.get(
        "agreement.index"
    )


def test_the_list_costs_as_much_of_many_as_of_few(
    make: Builders, page: Page, queries: Queries
) -> None:
    far, own = make.mentor("Vardar"), make.mentor("Polog")
    mobilizer = make.mobilizer("Polog", mentor=own)
    for at in range(8):
        entry = make.report(make.assignment(mobilizer))
        if at % 2:
            make.look(entry, far)
        else:
            make.second(entry, "broken", by=far)
            make.decision(entry, "approve", by=own)
    page.sign_in(far)

    with queries.at_most(14):
        page.get("agreement.index")


def test_why_it_stands_still_is_held_back_because_only_what_is_stalled_is_asked_it(
    make: Builders, page: Page
) -> None:
    entry = make.entry(make.assignment(make.mobilizer("Polog")), state="submitted")
    make.evidence(entry, caption="The roof from the street")
    make.revision(
        entry,
        "stalled",
        stagnation=["no_money", "other"],
        stagnation_other="The builder went bankrupt.",
    )
    look = make.look(entry, make.mentor("Vardar"))
    page.sign_in(look.coder)

    shown = page.get("agreement.show", look_id=look.id)

    published = public_content(
        kind="full", language="", answers=entry.revisions[0].answers, evidence=()
    )
    fields = matrix_of(entry.assignment.promise).fields
    for name in ("stagnation", "stagnation_other"):
        assert name in published["answers"], "else there is nothing to hold back"
        assert fields[name].label not in shown
    assert "bankrupt" not in shown
    assert Stagnation.NO_MONEY.label not in shown
