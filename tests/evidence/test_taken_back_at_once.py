"""A photo taken back while somebody else keeps the same one: hers is whole, whoever comes first."""

from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest
from sqlalchemy import event, text

from mobilizer.accounts.models import User
from mobilizer.core.database import db
from mobilizer.core.storage import media as store
from mobilizer.core.turns import Turns
from mobilizer.evidence.actions import add_media, keep, prepare, remove
from mobilizer.evidence.models import Evidence, Media
from mobilizer.evidence.queries import hashes_of
from mobilizer.evidence.rules.details import Details
from mobilizer.evidence.rules.uploads import MediaKind
from mobilizer.monitoring.models import Entry
from mobilizer.working import worker
from tests.evidence import pictures


@pytest.fixture
def content():
    return pictures.webp()


@pytest.fixture
def taken_back(make, content):
    """Her photo, which nobody else has sent yet, and how she takes it back."""
    piece = make.photo(make.entry(), content)
    piece_id, her = piece.id, piece.added_by_id
    db.session.commit()

    def taken_back():
        remove(db.session.get_one(Evidence, piece_id), by=db.session.get_one(User, her))
        db.session.commit()

    return taken_back


@pytest.fixture
def keeps(make):
    """How another one keeps what was prepared for her report."""
    entry = make.entry()
    entry_id, her = entry.id, entry.assignment.mobilizer_id
    db.session.commit()

    def keeps(prepared):
        entry = db.session.get_one(Entry, entry_id)
        add_media(entry.id, keep(prepared), Details(), by=db.session.get_one(User, her))

    return keeps


@pytest.fixture
def comes(app, monkeypatch):
    """Set when the one who takes it back comes to where she has to wait."""
    comes, take = Event(), Turns.take

    def turn(turns, info):
        comes.set()
        take(turns, info)

    def deleted(_connection, _cursor, statement, *_):
        if statement.startswith("DELETE FROM evidence"):
            comes.set()

    if db.engine.dialect.name == "sqlite":
        monkeypatch.setattr(Turns, "take", turn)
        yield comes
        return
    event.listen(db.engine, "after_cursor_execute", deleted)
    yield comes
    event.remove(db.engine, "after_cursor_execute", deleted)


def is_whole():
    """Whether the one photo that is left has all its files, the original too."""
    db.session.expire_all()
    media = db.session.scalars(db.select(Media)).one()
    return all(store().size_of(name) for name in hashes_of(media))


def test_the_files_are_gone_before_she_keeps_hers(taken_back, keeps, content):
    prepared = prepare(MediaKind.PHOTO, content)
    taken_back()
    worker().drain()
    assert not any(store().size_of(name) for name in prepared.files)

    keeps(prepared)
    db.session.commit()

    assert is_whole()


def test_the_record_is_gone_before_she_keeps_hers_and_the_files_after(taken_back, keeps, content):
    prepared = prepare(MediaKind.PHOTO, content)
    taken_back()
    keeps(prepared)
    db.session.commit()
    worker().drain()

    assert is_whole()


def test_she_has_kept_hers_and_not_ended_when_it_is_taken_back(
    app, taken_back, keeps, content, comes
):
    """Whoever takes it back waits: on SQLite for her turn, on PostgreSQL for the files."""
    prepared = prepare(MediaKind.PHOTO, content)

    def take_back():
        with app.app_context():
            try:
                taken_back()
            finally:
                comes.set()
                db.session.remove()

    with ThreadPoolExecutor(1) as other:
        keeps(prepared)
        db.session.flush()
        comes.clear()
        coming = other.submit(take_back)
        comes.wait()
        until_she_waits(coming)
        db.session.commit()
        coming.result()
    worker().drain()

    assert is_whole()
    assert db.session.scalar(db.select(db.func.count(Evidence.id))) == 1


def until_she_waits(coming):
    """On PostgreSQL: until its other session waits for a lock, which it says itself, or ended."""
    waits = "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'"
    while db.engine.dialect.name == "postgresql" and not coming.done():
        if db.session.scalar(text(waits)):
            return
