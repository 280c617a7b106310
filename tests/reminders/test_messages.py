"""A word in a thread reaches the others in it: one letter until they look, and nothing of it."""

import pytest

from mobilizer.conversation.actions import note_look, say
from mobilizer.conversation.rules import Words
from mobilizer.core.database import db
from mobilizer.jobs.models import Job
from mobilizer.jobs.rules import Leased
from mobilizer.reminders.actions import MAIL
from mobilizer.reminders.queries import news
from mobilizer.reminders.rules import ReminderKind
from mobilizer.reminders.tasks.planning import tell_said


@pytest.fixture
def entry(make):
    entry = make.report()
    assignment = entry.assignment
    for person in (assignment.mobilizer, assignment.mentor):
        person.email = f"{person.id}@promises.example"
    return entry


def told(comment):
    tell_said(Leased(1, "comment.said", "key", {"comment": comment.id}, 1, "lease"))
    db.session.flush()


def looks(user, comment):
    """She reads up to a comment: noted in a transaction of its own, so ours must be over."""
    seen = (user.id, comment.entry_id, comment.id)
    db.session.commit()
    note_look(*seen)


def letters():
    jobs = db.session.scalars(db.select(Job).where(Job.kind == MAIL).order_by(Job.id))
    return [job.payload["user"] for job in jobs]


def test_the_other_side_is_told_and_never_who_spoke(entry):
    mentor, her = entry.assignment.mentor, entry.assignment.mobilizer
    told(say(entry.id, Words("Who told you?"), by=mentor))
    assert letters() == [her.id]
    told(say(entry.id, Words("The mayor did."), by=her))
    assert letters() == [her.id, mentor.id]


def test_it_is_one_letter_until_she_looks(app, entry):
    mentor, her = entry.assignment.mentor, entry.assignment.mobilizer
    told(say(entry.id, Words("Who told you?"), by=mentor))
    second = say(entry.id, Words("And when?"), by=mentor)
    told(second)
    assert letters() == [her.id]
    looks(her, second)
    told(say(entry.id, Words("And where?"), by=mentor))
    assert letters() == [her.id, her.id]


def test_whoever_may_no_longer_read_is_told_nothing(make, entry):
    mentor = entry.assignment.mentor
    other = make.coordinator()
    other.email = "other@promises.example"
    say(entry.id, Words("Well seen."), by=other)
    make.posting(other, "mobilizer")
    other.postings[0].ended_at = entry.created_at
    told(say(entry.id, Words("Thank you."), by=mentor))
    assert other.id not in letters()


def test_a_letter_says_how_many_and_nothing_else(app, entry):
    mentor, her = entry.assignment.mentor, entry.assignment.mobilizer
    comment = say(entry.id, Words("A private word"), by=mentor)
    db.session.commit()
    with app.test_request_context():
        said = news(her, ReminderKind.MESSAGE, {"comment": comment.id})
        assert said is not None
        assert (said.title, said.path) == ("New in 1 conversation", "/field/messages")
        assert "private" not in said.body
        looks(her, comment)
        assert news(her, ReminderKind.MESSAGE, {"comment": comment.id}) is None
