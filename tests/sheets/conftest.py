"""A cycle in its second month, with one report of the first that has everything in it."""

import pytest

from mobilizer.core.database import db

#: What must not leave the programme -> what is typed into it here.
INSIDE = {
    "note_mentor": "n0te",
    "next_step": "g0ing there",
    "contact": "m3t him",
}


@pytest.fixture(autouse=True)
def november(in_november):
    """All of it happens then."""


@pytest.fixture
def cycle(second_month):
    return second_month


@pytest.fixture
def zana(make, cycle):
    return make.mobilizer(
        "Polog", mentor=make.mentor("Polog"), full_name="Zana Zeneli", alias="Mobilizer, Polog"
    )


@pytest.fixture
def entry(make, zana):
    """A report with everything in it, approved."""
    town = make.municipality("Tetovo", region="Polog")
    promise = make.promise(exact_words="=We will build.", places=[town])
    entry = make.entry(
        make.assignment(zana, promise=promise, place=town), month="2026-10", state="submitted"
    )
    make.evidence(entry, address="https://news.example/seen", caption="@News")
    make.photo(entry, caption="agr33d", has_consent=True)
    make.photo(entry, caption="n0t agreed")
    make.revision(entry, "in_progress", **INSIDE)
    make.decision(entry, "approve")
    db.session.commit()
    return entry
