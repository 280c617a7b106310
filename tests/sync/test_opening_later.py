"""A photo that comes while the server has others open: the worker opens it, and its phone waits."""

from datetime import timedelta

import pytest

from mobilizer.core import clock
from mobilizer.core.database import db
from mobilizer.evidence.actions.opening import TURNS
from mobilizer.evidence.models import Evidence, Upload
from mobilizer.evidence.rules.uploads import OPEN_AFTER
from mobilizer.jobs.models import Job
from mobilizer.jobs.rules import JobState
from mobilizer.working import worker
from tests.evidence import pictures
from tests.support.world import NOVEMBER
from tests.sync.phone import photo, report
from tests.sync.test_files import PIECE, patch, state

SMALL = pictures.jpeg((64, 48))
assert len(SMALL) < PIECE


@pytest.fixture
def announce(make, phone):
    """Announces a photo of these bytes, and tells its name."""
    assignment = make.assignment()
    phone.sign_in(assignment.mobilizer)

    def announced(content):
        piece = photo(content)
        phone.put(report(assignment, evidence=[piece]))
        return piece["media"]["id"]

    return announced


@pytest.fixture
def busy():
    """Two other files are open."""
    for _ in range(2):
        TURNS.acquire()
    yield
    for _ in range(2):
        TURNS.release()


def works(after=OPEN_AFTER):
    db.session.rollback()
    with clock.at(NOVEMBER + after):
        worker().drain()


def opening_jobs():
    return db.session.scalars(db.select(Job).where(Job.kind == "evidence.open")).all()


def test_a_phone_is_answered_while_the_server_is_busy_with_others(phone, announce, busy):
    answer = patch(phone, announce(SMALL), 0, SMALL)

    assert answer.headers["Upload-Offset"] == str(len(SMALL))
    assert (state(phone)["state"], state(phone)["received"]) == ("open", len(SMALL))


def test_the_worker_opens_what_the_server_could_not(phone, announce, busy):
    patch(phone, announce(SMALL), 0, SMALL)
    TURNS.release()
    works()
    TURNS.acquire()

    assert state(phone)["state"] == "complete"
    assert db.session.scalars(db.select(Evidence)).one().media is not None


def test_a_damaged_photo_is_refused_by_the_worker_and_its_phone_is_told(phone, announce, busy):
    damaged = SMALL[: len(SMALL) // 4]
    patch(phone, announce(damaged), 0, damaged)
    TURNS.release()
    works()
    TURNS.acquire()

    assert state(phone)["state"] == "refused"
    assert "damaged" in state(phone)["fault"]


def test_a_server_that_dies_before_it_opens_a_photo_leaves_it_to_the_worker(
    phone, announce, monkeypatch
):
    media = announce(SMALL)
    with monkeypatch.context() as dying:
        dying.setattr("mobilizer.sync.views.files.open_whole", lambda *_, **__: None)
        patch(phone, media, 0, SMALL)
    assert state(phone)["state"] == "open"

    works()
    assert state(phone)["state"] == "complete"


def test_the_worker_does_not_open_what_the_server_is_just_opening(phone, announce, busy):
    media = announce(SMALL)
    patch(phone, media, 0, SMALL)
    works(after=OPEN_AFTER - timedelta(seconds=1))

    assert db.session.get(Upload, media).state == "open"
    assert [job.state for job in opening_jobs()] == [JobState.WAITING]


def test_a_photo_that_was_opened_at_once_is_not_opened_again(phone, announce, monkeypatch):
    patch(phone, announce(SMALL), 0, SMALL)
    monkeypatch.setattr("mobilizer.evidence.tasks.examine", None)
    works()

    assert [job.state for job in opening_jobs()] == [JobState.DONE]


def test_a_photo_that_arrived_as_another_is_opened_when_it_comes_right(phone, announce, busy):
    media = announce(SMALL)
    patch(phone, media, 0, SMALL[:-1] + b"x", 460)
    works()
    patch(phone, media, 0, SMALL)
    TURNS.release()
    works()
    TURNS.acquire()

    assert state(phone)["state"] == "complete"
