"""A message as a push service gets it: closed to everybody but the browser, and signed."""

import json
from base64 import urlsafe_b64decode

import http_ece
import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from py_vapid import Vapid02
from sqlalchemy import func, select

from config import kept_key
from mobilizer.core import clock
from mobilizer.core.database import db
from mobilizer.core.outside import Inside
from mobilizer.jobs.models import Job
from mobilizer.jobs.rules import JobState
from mobilizer.reminders.models import PushSubscription
from mobilizer.reminders.queries.vapid import public_key
from mobilizer.reminders.tasks import pushing
from tests.builders.reminders import SECRET

SEND = pushing.send
LARGEST = 4096


class Service:
    """A push service: keeps what it is sent and answers as it is told."""

    def __init__(self):
        self.status = 201
        self.came = []

    def __call__(self, url, body, headers):
        self.came.append((url, body, headers))
        if isinstance(self.status, Exception):
            raise self.status
        return self.status


@pytest.fixture
def service(app, monkeypatch):
    service = Service()
    monkeypatch.setattr(pushing, "send", SEND)
    monkeypatch.setattr(pushing, "post", service)
    return service


@pytest.fixture
def key():
    return ec.generate_private_key(ec.SECP256R1())


@pytest.fixture
def sent(make, key, service, work):
    """One report came back, and her one browser is sent a message."""

    def sent(status=201):
        service.status = status
        mira = make.mobilizer("Polog", email=None)
        make.browser(mira, key=key)
        entry = make.report(make.assignment(mira), month="2026-11")
        make.decision(entry, "return", whole="Who said so?")
        work(jobs=2)
        return db.session.scalars(select(Job).where(Job.kind == "reminder.push")).one()

    return sent


def browsers():
    return db.session.scalar(select(func.count(PushSubscription.id)))


def test_only_the_browser_can_read_a_message(sent, service, key):
    assert sent().state is JobState.DONE

    [(url, body, headers)] = service.came
    opened = http_ece.decrypt(body, private_key=key, auth_secret=SECRET, version="aes128gcm")
    assert json.loads(opened) == {
        "title": "1 report came back",
        "body": "Open it to see what is asked.",
        "url": "/field/",
        "tag": "returned",
    }
    assert url.startswith("https://push.example/send/")
    assert len(body) < LARGEST
    assert b"report" not in body
    assert headers["Content-Encoding"] == "aes128gcm"
    assert int(headers["TTL"]) > 0
    assert 0 < len(headers["Topic"]) <= 32


def test_the_push_service_can_tell_that_it_is_this_site(sent, service):
    sent()

    [(_, _, headers)] = service.came
    assert Vapid02.verify(headers["Authorization"])
    token, _, signer = headers["Authorization"].removeprefix("vapid t=").partition(",k=")
    said = token.split(".")[1]
    claims = json.loads(urlsafe_b64decode(said + "=" * (-len(said) % 4)))
    assert signer == public_key()
    assert claims["aud"] == "https://push.example"
    assert claims["sub"] == "mailto:mobilizer@localhost"
    assert 0 < claims["exp"] - clock.now().timestamp() <= 24 * 60 * 60


@pytest.mark.parametrize("status", [404, 410])
def test_a_browser_that_is_gone_is_forgotten(sent, status):
    assert sent(status).state is JobState.DONE
    assert browsers() == 0


@pytest.mark.parametrize(
    ("status", "fault"),
    [
        (429, "NotNow"),
        (500, "NotNow"),
        (503, "NotNow"),
        (TimeoutError("push.example"), "TimeoutError"),
    ],
)
def test_what_is_not_taken_now_is_tried_again(sent, status, fault):
    job = sent(status)

    assert (job.state, job.fault, browsers()) == (JobState.WAITING, fault, 1)


@pytest.mark.parametrize(
    ("status", "fault"),
    [(307, "Refused"), (400, "Refused"), (403, "Refused"), (413, "Refused"), (Inside(), "Inside")],
)
def test_what_is_refused_is_given_up(sent, status, fault):
    job = sent(status)

    assert (job.state, job.fault, browsers()) == (JobState.GIVEN_UP, fault, 1)


def test_the_key_is_made_once_and_readable_by_its_owner_only(app, tmp_path, monkeypatch):
    monkeypatch.setitem(app.config, "VAPID_KEY", "")
    monkeypatch.setitem(app.config, "ROOT", tmp_path)

    assert public_key() == public_key()
    file = tmp_path / "var" / "vapid_key"
    assert file.stat().st_mode & 0o077 == 0
    assert len(kept_key(file)) == 64
    monkeypatch.setitem(app.config, "VAPID_KEY", kept_key(file))
    file.unlink()
    one = public_key()
    monkeypatch.setitem(app.config, "VAPID_KEY", "0" * 64)
    assert public_key() != one
