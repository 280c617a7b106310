"""A letter as a real mail server gets it, and what becomes of one it does not take."""

import smtplib
from collections.abc import Iterator

import pytest

from mobilizer.core import clock
from mobilizer.core.database import db
from mobilizer.jobs.models import Job
from mobilizer.jobs.rules import Hopeless, JobState
from mobilizer.reminders.queries import News
from mobilizer.reminders.rules import ReminderKind
from mobilizer.reminders.tasks import sending
from mobilizer.reminders.tasks.delivering import Message, letter
from tests.support.mail import MailServer

SEND = sending.send
KEY = "email:returned:1"


@pytest.fixture
def server(app, monkeypatch) -> Iterator[MailServer]:
    server = MailServer()
    monkeypatch.setattr(sending, "send", SEND)
    monkeypatch.setitem(app.config, "MAIL_URL", server.url)
    yield server
    server.stop()


def written(key=KEY, language="en", title="1 report came back"):
    news = News(title, "Open it to see what is asked.")
    kind = ReminderKind.RETURNED
    return letter(Message(kind, language, "mira@promises.example", news, None, "Off:"), key)


def test_a_letter_arrives_as_it_was_written(app, server):
    sending.send(written(language="sr", title="Враћен је 1 извештај"))

    [came] = server.letters
    assert server.recipients == ["mira@promises.example"]
    assert came["From"] == "Mobilizer <mobilizer@localhost>"
    assert came["Subject"] == "Враћен је 1 извештај"
    assert came["Date"].datetime == clock.now()
    assert came["Auto-Submitted"] == "auto-generated"
    assert (came.get_content_type(), came["Content-Language"]) == ("text/plain", "sr-Latn")
    said = came.get_content()
    assert "http://localhost/field/" in said
    assert "http://localhost/account/reminders" in said


def test_the_same_job_gives_the_same_message_id_and_tells_nothing_of_itself(app):
    ids = {
        written()["Message-ID"],
        written()["Message-ID"],
        written("email:returned:2")["Message-ID"],
    }

    assert len(ids) == 2
    assert all(one.endswith("@localhost>") and "returned" not in one for one in ids)


def test_an_address_can_carry_no_second_header(app):
    message = Message(
        ReminderKind.DUE, "en", "a@b.example\nBcc: x@y.example", News("", ""), None, ""
    )
    with pytest.raises(ValueError, match="linefeed"):
        letter(message, KEY)


@pytest.mark.parametrize(
    ("to_recipient", "to_letter", "fault"),
    [
        ("550 nobody here", "250 OK", Hopeless),
        ("450 not now", "250 OK", smtplib.SMTPRecipientsRefused),
        ("250 OK", "554 never", Hopeless),
        ("250 OK", "451 not now", smtplib.SMTPDataError),
    ],
)
def test_what_is_refused_for_good_is_not_tried_again(server, to_recipient, to_letter, fault):
    server.to_recipient, server.to_letter = to_recipient, to_letter

    with pytest.raises(fault):
        sending.send(written())
    assert server.letters == []


def test_a_password_is_not_said_in_the_clear(app, server, monkeypatch):
    monkeypatch.setattr(sending, "_is_here", lambda _: False)
    url = server.url.replace("smtp://", "smtp://mobilizer:secret@")
    monkeypatch.setitem(app.config, "MAIL_URL", url)

    with pytest.raises(sending.InTheClear):
        sending.send(written())
    assert server.letters == []


def test_a_mail_server_that_is_not_there_costs_one_try(app, server, make, work):
    server.stop()
    mira = make.mobilizer("Polog", email="mira@promises.example")
    entry = make.report(make.assignment(mira), month="2026-11")
    make.decision(entry, "return", whole="Who said so?")
    work(jobs=2)

    job = db.session.scalars(db.select(Job).where(Job.kind == "reminder.email")).one()
    assert (job.state, job.tries, job.fault) == (JobState.WAITING, 1, "ConnectionRefusedError")


def test_the_console_shows_a_letter_and_not_whom_it_is_for(app, monkeypatch, capsys):
    monkeypatch.setattr(sending, "send", SEND)
    monkeypatch.setitem(app.config, "MAIL_URL", "console:")
    sending.send(written())

    shown = capsys.readouterr().out
    assert "1 report came back" in shown
    assert "http://localhost/field/" in shown
    assert "mira" not in shown
