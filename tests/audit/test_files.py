"""``mobilizer verify --files`` names a photo or clip that was changed, or is no longer there."""

from pathlib import Path
from threading import Thread

import pytest

from mobilizer.accounts.models import User
from mobilizer.core.database import db
from mobilizer.desk.cli import command
from mobilizer.desk.queries import files
from mobilizer.evidence.actions import remove
from mobilizer.evidence.models import Evidence
from mobilizer.evidence.queries import copy_name, original_name
from mobilizer.working import worker

pytestmark = pytest.mark.parametrize("app", ["sqlite"], indirect=True)


@pytest.fixture
def verify(app):
    def verify(*arguments):
        db.session.rollback()
        return app.test_cli_runner().invoke(command, list(arguments))

    return verify


@pytest.fixture
def kept(app, make):
    """The files of a photo and of a clip, by what they are."""
    entry = make.report()
    photo, clip = make.photo(entry).media, make.clip(entry).media
    make.revision(entry)
    make.vouched()
    db.session.commit()
    names = {
        "a photo": copy_name(photo.sha256, f"-{photo.width}.jpg"),
        "a small copy": copy_name(photo.sha256, "-320.webp"),
        "an original": original_name(photo.original_sha256),
        "a film": copy_name(clip.sha256, ".mp4"),
        "a face": copy_name(clip.sha256, f"-{clip.width}.jpg"),
    }
    return {what: Path(app.config["MEDIA_FOLDER"]) / name for what, name in names.items()}


WHAT = ("a photo", "a small copy", "an original", "a film", "a face")


@pytest.mark.parametrize("what", WHAT)
def test_a_file_that_was_changed_or_is_gone_is_named(kept, verify, what):
    file = kept[what]
    name = f"{file.parent.name}/{file.name}"
    assert verify("--files").exit_code == 0

    file.write_bytes(file.read_bytes() + b".")
    changed = verify("--files")
    file.unlink()
    gone = verify("--files")

    assert changed.output.splitlines()[0] == f"file {name}: was changed after it was kept"
    assert gone.output.splitlines()[0] == f"file {name}: is not there"
    assert (changed.exit_code, gone.exit_code) == (1, 1)
    assert verify().exit_code == 0  # Files are read only where it is asked for.


def take_back(app, number):
    """What she does on her phone meanwhile, and the worker after her."""
    with app.app_context():
        piece = db.session.get_one(Evidence, number)
        remove(piece, by=db.session.get_one(User, piece.added_by_id))
        db.session.commit()
        worker().drain()


def test_a_photo_taken_back_while_files_are_read_is_not_named(app, make, verify, monkeypatch):
    entry = make.entry()
    photo = make.photo(entry)
    make.vouched()
    db.session.commit()
    store, number, opened = files.store, photo.id, []
    original = Path(app.config["MEDIA_FOLDER"]) / original_name(photo.media.original_sha256)
    assert original.exists()

    def meanwhile():
        if not opened:
            phone = Thread(target=take_back, args=(app, number))
            phone.start()
            phone.join()
        opened.append(original.exists())
        return store()

    monkeypatch.setattr(files, "store", meanwhile)
    walked = verify("--files")

    assert set(opened) == {False}
    assert walked.exit_code == 0, walked.output
