"""Evidence that is added: links in one form, request numbers, and what is said about them."""

from datetime import date

import pytest

from mobilizer.core.database import db
from mobilizer.core.errors import RuleBroken
from mobilizer.evidence.actions import add_link, add_request
from mobilizer.evidence.models import Evidence
from mobilizer.evidence.rules.details import Details, Origin, checked, request_number
from mobilizer.evidence.rules.links import EvidenceKind

TODAY = date(2026, 11, 22)


def test_a_link_is_kept_in_its_canonical_form_once(make):
    entry = make.entry()
    by = entry.assignment.mobilizer

    first = add_link(entry.id, "https://youtu.be/dQw4w9WgXcQ?si=who-shared", Details(), by=by)
    second = add_link(entry.id, "m.youtube.com/watch?v=dQw4w9WgXcQ&feature=x", Details(), by=by)

    assert first is second
    assert first.address == "https://www.youtube.com/watch?v=dQw4w9WgXcQ"
    assert (first.kind, first.provider) == (EvidenceKind.VIDEO, "youtube")
    assert len(db.session.scalars(db.select(Evidence)).all()) == 1


def test_another_entry_has_evidence_of_its_own(make):
    one, other = make.entry(), make.entry()
    added = [
        add_link(entry.id, "https://news.example/a", Details(), by=entry.assignment.mobilizer)
        for entry in (one, other)
    ]
    assert added[0].id != added[1].id


@pytest.mark.parametrize(
    "link", ["javascript:alert(1)", "data:text/html,x", "http://127.0.0.1/", ""]
)
def test_what_is_no_link_is_refused_beside_its_field(make, link):
    entry = make.entry()
    with pytest.raises(RuleBroken) as refused:
        add_link(entry.id, link, Details(), by=entry.assignment.mobilizer)
    assert refused.value.field == "link"


def test_a_request_is_kept_by_its_number(make):
    entry = make.entry()
    added = add_request(entry.id, " 08-1234/2  ", Details(), by=entry.assignment.mobilizer)
    assert (added.kind, added.address) == (EvidenceKind.REQUEST, "08-1234/2")


@pytest.mark.parametrize("typed", ["", "   ", "x" * 81, "<b>12</b>", "12; drop"])
def test_a_request_number_is_made_of_letters_digits_and_the_usual_signs(typed):
    with pytest.raises(RuleBroken) as refused:
        request_number(typed)
    assert refused.value.field == "request_number"


def check(**said):
    return checked(Details(**said), today=TODAY, places={1, 2}, indicators={1, 2})


def test_what_is_said_of_evidence_is_kept_in_one_form():
    kept = check(
        caption=" The  site\n board ", origin=Origin.VISIT, place_id=2, indicators=(2, 1, 2)
    )
    assert (kept.caption, kept.origin, kept.place_id) == ("The site board", Origin.VISIT, 2)
    assert kept.indicators == (1, 2)
    assert check() == Details()


@pytest.mark.parametrize(
    ("field", "said"),
    [
        ("caption", {"caption": "x" * 301}),
        ("taken_on", {"taken_on": date(2026, 11, 23)}),
        ("taken_on", {"taken_on": date(1026, 11, 2)}),
        ("place", {"place_id": 3}),
        ("about", {"indicators": (3,)}),
    ],
)
def test_what_cannot_be_is_refused_beside_its_field(field, said):
    with pytest.raises(RuleBroken) as refused:
        check(**said)
    assert refused.value.field == field
