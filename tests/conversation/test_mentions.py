"""Numbers become links for who may see what they name; for others they stay text."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mobilizer.conversation.actions import say
from mobilizer.conversation.models import Mention as Noted
from mobilizer.conversation.queries import meant
from mobilizer.conversation.rules import Mention, Words, mentions, pieces
from mobilizer.core.database import db

NEAR = st.text(alphabet="#/-0123456789 aMK.,(\n<>&č", max_size=60)
NAMED = st.builds(
    Mention,
    st.integers(1, 999_999_999),
    st.none() | st.dates(date(2000, 1, 1), date(2099, 12, 31)).map(lambda day: day.replace(day=1)),
)


@given(st.one_of(st.text(), NEAR))
def test_a_text_taken_apart_is_the_same_text(text):
    assert "".join(piece.text for piece in pieces(text)) == text


@given(
    NAMED, st.sampled_from(["", " ", "(", "see: ", "ќе "]), st.sampled_from(["", ".", ", ", ")"])
)
def test_what_is_written_as_a_mention_is_read_as_it(mention, before, after):
    assert mentions([f"{before}{mention}{after}"]) == [mention]


@given(st.one_of(st.text(), NEAR))
def test_what_is_read_as_a_mention_is_written_as_it_was(text):
    assert all(str(piece.mention) == piece.text for piece in pieces(text) if piece.mention)


@pytest.mark.parametrize(
    "text",
    ["#", "#0", "#012", "a#12", "##12", "&#12;x"[:4], "#12a", "#1234567890", "#12/2026-13", "/#12"],
)
def test_what_only_looks_like_one_stays_text(text):
    assert mentions([text]) == []


def test_a_month_and_a_place_make_a_report_of_it():
    november = date(2026, 11, 1)
    assert mentions(["#3/2026-11, #3/2026-11/MK-polog."]) == [
        Mention(3, november),
        Mention(3, november, "MK-polog"),
    ]


def test_a_mentor_follows_what_she_may_see_and_a_stranger_reads_text(make, page, entry):
    promise = make.promise(state="draft", cycle=entry.assignment.cycle)
    mine = f"#{promise.number}"
    make.comment(entry, text=f"As in {mine}, <b>see</b>.", asks=False)
    page.sign_in(entry.assignment.mentor)
    shown = page.get("conversation.show", entry_id=entry.id)
    (link,) = shown.query(".comment a[href*=promises]")
    assert (link.to_text(), link.attrs["href"]) == (
        mine,
        page.address("promises.show", number=promise.number),
    )
    assert "&lt;b&gt;see" in shown.source

    page.sign_in(entry.assignment.mobilizer)
    hers = page.get("conversation.show", entry_id=entry.id)
    assert mine in hers
    assert not hers.query(".comment a[href*=promises]")


def test_a_report_is_named_by_promise_and_month(make, entry):
    other = make.report(make.assignment(place=entry.assignment.place), month="2026-10")
    number = other.assignment.promise.number
    october = Mention(number, date(2026, 10, 1))
    told = meant(other.assignment.mentor, [october], entry)
    assert told == {october: other.id}
    assert meant(make.mobilizer(), [october]) == {}


def test_of_two_places_the_named_one_is_meant_and_else_none(make, entry):
    promise = make.promise(places=[make.municipality("Tetovo"), make.municipality("Gostivar")])
    coordinator = make.coordinator()
    first, second = (
        make.report(make.assignment(promise=promise, place=place), month="2026-11")
        for place in promise.places
    )
    month = Mention(promise.number, date(2026, 11, 1))
    there = Mention(promise.number, month.month, second.assignment.place.code)
    assert meant(coordinator, [month, there]) == {there: second.id}
    assert meant(coordinator, [month], first) == {month: first.id}


def test_where_a_promise_is_mentioned_stands_for_who_may_read_there(make, page, entry):
    promise = entry.assignment.promise
    mentor = entry.assignment.mentor
    say(entry.id, Words(f"Compare #{promise.number}/2026-11."), by=mentor)
    assert db.session.scalars(db.select(Noted)).one().entry_id == entry.id
    page.sign_in(mentor)
    assert "Compare" in page.get("conversation.mentions", number=promise.number)
    assert "Mentioned in" in page.get("conversation.show", entry_id=entry.id)
    page.sign_in(make.mobilizer())
    assert "Compare" not in page.get("conversation.mentions", number=promise.number)


def test_what_the_writer_may_not_see_is_not_noted(make, entry):
    hidden = make.promise(state="draft")
    say(entry.id, Words(f"#{hidden.number} #999999"), by=entry.assignment.mobilizer)
    assert not db.session.scalars(db.select(Noted)).all()
