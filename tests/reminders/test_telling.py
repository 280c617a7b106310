"""What is told to whom: written with its cause, delivered only if it is still true."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from mobilizer.core import clock
from mobilizer.core.database import db
from mobilizer.jobs.models import Job
from mobilizer.jobs.rules import JobState
from mobilizer.monitoring.rules.workflow import EntryState
from mobilizer.reminders.models import ReminderChoice
from mobilizer.reminders.rules import STALE
from mobilizer.review.rules import DECIDED

WHY = "Say where you saw the mayor of Tetovo."


@pytest.fixture
def mira(make):
    return make.mobilizer("Polog", email="mira@promises.example", full_name="Mira Kostova")


@pytest.fixture
def entry(make, mira):
    return make.report(make.assignment(mira), month="2026-11")


def test_a_report_that_came_back_is_told_in_both_ways(make, entry, mira, out, work):
    make.browser(mira)
    make.decision(entry, "return", whole=WHY)
    work()

    [letter], [(endpoint, told)] = out.letters, out.messages
    assert (letter["To"], letter["Subject"]) == ("mira@promises.example", "1 report came back")
    assert "http://localhost/field/" in letter.get_content()
    assert endpoint.startswith("https://push.example/")
    assert told == {
        "title": "1 report came back",
        "body": "Open it to see what is asked.",
        "url": "/field/",
        "tag": "returned",
    }


def test_the_job_is_written_in_the_transaction_of_the_decision(make, entry):
    db.session.commit()
    make.decision(entry, "return", whole=WHY)
    db.session.rollback()

    assert db.session.scalar(select(func.count(Job.id))) == 0
    make.decision(entry, "return", whole=WHY)
    db.session.commit()
    assert db.session.scalars(select(Job.kind)).all() == [DECIDED]


def test_it_is_told_once_however_often_the_worker_comes(make, entry, mira, out, work):
    make.browser(mira)
    make.decision(entry, "return", whole=WHY)
    for _ in range(3):
        work()

    assert (len(out.letters), len(out.messages)) == (1, 1)


@pytest.mark.parametrize(
    ("verdict", "subject"),
    [("approve", "1 report was approved"), ("reject", "1 report was rejected")],
)
def test_a_decision_is_told(make, entry, out, work, verdict, subject):
    comments = {} if verdict == "approve" else {"whole": WHY}
    make.decision(entry, verdict, **comments)
    work()

    assert out.subjects == [subject]


def test_several_that_came_back_are_counted(make, mira, out, work):
    for _ in range(2):
        back = make.report(make.assignment(mira), month="2026-11")
        make.decision(back, "return", whole=WHY)
    work()

    assert out.subjects == ["2 reports came back"] * 2


def test_nothing_private_is_in_a_message(make, entry, mira, out, work):
    make.browser(mira)
    promise, mentor = entry.assignment.promise, entry.assignment.mentor
    make.decision(entry, "return", whole=WHY)
    private = [WHY, promise.exact_words, mentor.full_name, mira.full_name, mira.alias]
    private += [*promise.titles.values(), *promise.party.names.values()]
    work()

    said = f"{out.letters[0]}{out.letters[0].get_content()}{out.messages}"
    assert not [text for text in private if text in said]


# --- only if it is still true


def sent_again(make, entry):
    make.revision(entry)
    entry.state = EntryState.SUBMITTED


def returned_anew(make, entry):
    sent_again(make, entry)
    entry.state = EntryState.RETURNED


def deactivated(make, entry):
    entry.assignment.mobilizer.deactivated_at = clock.now()


def switched_off(make, entry):
    for way in ("email", "push"):
        choice = ReminderChoice(kind="returned", way=way, is_on=False)
        choice.user_id = entry.assignment.mobilizer_id
        db.session.add(choice)


@pytest.mark.parametrize("meanwhile", [sent_again, returned_anew, deactivated, switched_off])
@pytest.mark.parametrize("is_written_down", [False, True])
def test_what_is_no_longer_true_or_wanted_is_not_told(
    make, entry, mira, out, work, meanwhile, is_written_down
):
    make.browser(mira)
    make.decision(entry, "return", whole=WHY)
    if is_written_down:
        work(jobs=1)
    meanwhile(make, entry)
    work()

    assert (out.letters, out.messages) == ([], [])
    states = set(db.session.scalars(select(Job.state)))
    assert states == {JobState.DONE}


def test_a_worker_that_was_away_for_long_tells_no_old_news(make, entry, out, work):
    make.decision(entry, "return", whole=WHY)
    with clock.at(clock.now() + STALE + timedelta(seconds=1)):
        work()

    assert out.letters == []


def test_who_has_no_e_mail_address_is_written_no_letter(make, out, work):
    nameless = make.mobilizer("Polog", sign_in_name="falcon", email=None)
    make.decision(make.report(make.assignment(nameless)), "return", whole=WHY)
    work()

    assert out.letters == []


def test_a_browser_that_somebody_else_uses_by_now_is_told_nothing(make, entry, mira, out, work):
    browser = make.browser(mira)
    make.decision(entry, "return", whole=WHY)
    browser.user_id = make.mobilizer("Polog").id
    work()

    assert out.messages == []


def test_no_job_holds_an_address_or_a_word_of_hers(make, entry, mira, work):
    make.browser(mira)
    make.decision(entry, "return", whole=WHY)
    work()

    stored = "".join(map(str, db.session.execute(select(Job.key, Job.payload, Job.fault)).all()))
    for private in ("mira", "push.example", "Tetovo", "@"):
        assert private not in stored
