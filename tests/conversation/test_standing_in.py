"""On the days of an absence the threads are the stand-in's too, and on no others."""

from datetime import UTC, datetime

import pytest

from mobilizer.conversation.actions import note_look, resolve, say
from mobilizer.conversation.queries import told_of, unread_threads
from mobilizer.conversation.rules import Words
from mobilizer.core import clock
from mobilizer.core.database import db, new_uid
from mobilizer.core.errors import NotVisible
from mobilizer.reminders.queries import news
from mobilizer.reminders.rules import ReminderKind

BEFORE = datetime(2026, 11, 19, 23, 59, tzinfo=UTC)
FIRST = datetime(2026, 11, 20, tzinfo=UTC)
LAST = datetime(2026, 11, 30, 23, 59, tzinfo=UTC)
AFTER = datetime(2026, 12, 1, tzinfo=UTC)


@pytest.fixture
def absent(entry):
    return entry.assignment.mentor


@pytest.fixture
def other(make, absent):
    """A mentor of another region, who stands in from the 20th to the 30th."""
    other = make.mentor("Vardar")
    make.stand_in(absent.postings[0], other, first="2026-11-20", last="2026-11-30")
    return other


def asks(make, entry, text="May I send it tomorrow?", **at):
    return make.comment(entry, text=text, author=entry.assignment.mobilizer, **at)


def looks(user, comment):
    """She reads up to a comment: noted in a transaction of its own, so ours must be over."""
    seen = (user.id, comment.entry_id, comment.id)
    db.session.commit()
    note_look(*seen)


@pytest.mark.parametrize(
    ("moment", "hers"), [(BEFORE, False), (FIRST, True), (LAST, True), (AFTER, False)]
)
def test_she_reads_them_on_those_days_alone(make, page, entry, other, moment, hers):
    with clock.at(BEFORE):
        asks(make, entry)
    with clock.at(moment):
        page.sign_in(other)
        shown = page.get("conversation.messages")
        assert ("May I send it tomorrow?" in shown) == hers
        assert ("1 new" in shown) == hers
        page.get("conversation.show", entry_id=entry.id, expect=200 if hers else 404)


def test_she_answers_and_resolves_as_the_absent_mentor_would(make, page, entry, absent, other):
    asked = make.comment(entry, "rating", "Who told you?", author=absent)
    page.sign_in(other)
    page.post("conversation.say", entry_id=entry.id, data={"text": "Until Friday."})
    assert "Until Friday." in page.get("conversation.show", entry_id=entry.id)
    assert resolve(entry.id, asked.id, by=other).resolved_by is other


def test_after_those_days_she_says_nothing_more_and_has_no_thread_of_it(make, entry, other):
    say(entry.id, Words("Until Friday."), by=other)
    asks(make, entry)
    with clock.at(AFTER):
        with pytest.raises(NotVisible):
            say(entry.id, Words("And?"), by=other)
        assert unread_threads(other) == 0


def test_what_she_typed_before_her_days_were_over_is_shown_to_her_and_nothing_else(
    make, page, entry, other
):
    asks(make, entry, "Of the town that nobody may name.")
    typed = {"text": "Friday?", "about": ""}
    ours = {"Sec-Fetch-Site": "same-origin"}
    page.sign_in(other)
    page.get("conversation.show", entry_id=entry.id)
    with clock.at(AFTER):
        page.sign_in(other)
        token = page.get("conversation.messages").query("[name=csrf_token]")[0].attrs["value"]
        for sent_to in (entry.id, new_uid()):
            told = page.post(
                "conversation.say",
                entry_id=sent_to,
                data=typed,
                token=token,
                headers=ours,
                expect=404,
            )
            assert "no longer in your hands" in told
            assert told.texts(".said-as-typed") == ["Friday?"]
            assert "Of the town" not in told.source
        elsewhere = {"Sec-Fetch-Site": "cross-site"}
        bare = page.post(
            "conversation.say",
            entry_id=entry.id,
            data=typed,
            token=token,
            headers=elsewhere,
            expect=404,
        )
        assert "Friday?" not in bare.source


def test_who_is_no_mentor_of_the_cycle_any_more_reads_nothing(make, page, entry, other):
    asks(make, entry)
    make.posting(other, "mentor", "Vardar", cycle=make.cycle("elsewhere"))
    other.postings[0].ended_at = clock.now()
    page.sign_in(other)
    assert "May I send it tomorrow?" not in page.get("conversation.messages")


def test_nobody_else_of_her_region_reads_them(make, page, entry, other):
    asks(make, entry)
    page.sign_in(make.mentor("Vardar"))
    assert "May I send it tomorrow?" not in page.get("conversation.messages")
    page.get("conversation.show", entry_id=entry.id, expect=404)


def test_other_regions_threads_are_as_far_from_her_as_ever(make, page, entry, other):
    elsewhere = make.report(make.assignment(make.mobilizer("Skopje")), month="2026-11")
    asks(make, elsewhere, "Of a region nobody left.")
    page.sign_in(other)
    assert "Of a region nobody left." not in page.get("conversation.messages")


def test_what_the_absent_mentor_had_read_is_not_new_and_what_nobody_read_is(
    app, make, entry, absent, other
):
    with clock.at(BEFORE):
        read = asks(make, entry, "Old")
        looks(absent, read)
        make.comment(entry, text="Her own answer", author=absent)
    assert unread_threads(other) == 0
    with clock.at(BEFORE):
        asks(make, entry, "Of the last evening")
    assert unread_threads(other) == 1


def test_what_is_said_on_those_days_is_new_until_she_herself_looks(app, make, entry, absent, other):
    said = asks(make, entry)
    looks(absent, said)
    assert unread_threads(other) == 1
    looks(other, said)
    assert unread_threads(other) == 0


def test_what_another_read_says_nothing_of_threads_that_are_hers_anyway(app, make, entry, absent):
    """Two mentors share a region: each has read what she has read, away or not."""
    second = make.mentor(entry.assignment.region)
    make.stand_in(absent.postings[0], second, first="2026-11-20", last="2026-11-30")
    with clock.at(BEFORE):
        said = asks(make, entry)
        looks(absent, said)
    assert unread_threads(second) == 1


@pytest.mark.parametrize(
    ("moment", "told"), [(BEFORE, False), (FIRST, True), (LAST, True), (AFTER, False)]
)
def test_she_is_told_beside_the_absent_mentor_on_those_days(
    make, entry, absent, other, moment, told
):
    nobody = make.mentor("Vardar")
    with clock.at(moment):
        people = [user for user, _ in told_of(asks(make, entry))]
    assert absent in people
    assert nobody not in people
    assert (other in people) == told


def test_a_letter_that_is_late_tells_her_nothing_of_what_she_may_no_longer_read(
    app, make, entry, other
):
    hers = make.report(make.assignment(make.mobilizer("Vardar", mentor=other)), month="2026-11")
    asks(make, hers)
    with clock.at(LAST):
        comment = asks(make, entry)
    about = {"comment": comment.id}
    with app.test_request_context():
        with clock.at(LAST):
            assert news(other, ReminderKind.MESSAGE, about).path == "/desk/messages"
        with clock.at(AFTER):
            assert news(other, ReminderKind.MESSAGE, about) is None
