"""The photo of a tip: redrawn before it is kept, seen at the desk alone, gone with the words."""

from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from sqlalchemy import select

from mobilizer.core import clock
from mobilizer.core.bodies import OF_STRANGERS
from mobilizer.core.database import db
from mobilizer.evidence.actions import Busy
from mobilizer.evidence.rules.faults import PHOTO_BYTES
from mobilizer.requests.actions import photos
from mobilizer.requests.models import PublicRequest
from mobilizer.requests.rules import KEPT_DAYS, SPAM_KEPT_DAYS
from tests.evidence import pictures
from tests.support.world import NOVEMBER

DAY = timedelta(days=1)
TIP = {"kind": "evidence", "text": "It stands empty."}


@pytest.fixture
def sends_photo(asker):
    """Somebody sends a tip with a file, under a name that says who she is."""

    def sends_photo(content, **manners):
        asker.opens()
        file = (BytesIO(content), "Planted Owner at home.jpg")
        return asker.sends(**{**TIP, **manners}, photo=file)

    return sends_photo


def sent():
    return db.session.scalars(select(PublicRequest)).one()


def files(app):
    """All that is kept, but for the packages that the worker makes of months."""
    kept = Path(app.config["MEDIA_FOLDER"])
    return [file for file in kept.rglob("*") if file.is_file() and file.parent.name != "packages"]


@pytest.mark.parametrize("made", [pictures.jpeg, pictures.png])
def test_nothing_that_was_planted_is_kept_or_shown(app, sends_photo, make, page, made):
    sends_photo(made())
    page.sign_in(make.coordinator())
    address = f"/desk/requests/{sent().number}/photo.jpg"
    assert page.get("requests.show", number=sent().number).query(f"img[src='{address}']")

    answer = page.client.get(address)

    shown = [answer.data, *(file.read_bytes() for file in files(app))]
    assert len(shown) == 2, "the original is kept, or another copy"
    for content in shown:
        assert not [mark for mark in pictures.PLANTED if mark in content]
        assert not [word for word in (b"Exif", b"GPS", b"http://ns.adobe") if word in content]
        assert not Image.open(BytesIO(content)).getexif()
    assert answer.mimetype == "image/jpeg"
    assert answer.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert "Planted" not in str([vars(sent()), *files(app)])


def test_a_photo_is_evidence_without_a_link(sends_photo):
    sends_photo(pictures.jpeg())
    assert sent().photo
    assert not sent().url


def test_only_the_desk_sees_it(sends_photo, make, page):
    answer = sends_photo(pictures.jpeg())
    name = sent().photo.removeprefix("tips/").removesuffix(".jpg")
    hers = page.get(answer.location)
    assert "A photo came with it" in hers
    assert name not in hers.source
    assert not hers.query("main img")
    for address in (f"/media/{name}-400.jpg", f"/media/{name}.jpg", f"/media/{sent().photo}"):
        page.get(address, expect=404)
    elsewhere = make.coordinator(cycle=make.cycle("elsewhere"))
    for other, status in ((make.mentor("Polog"), 403), (elsewhere, 404)):
        page.sign_in(other)
        page.get("requests.photo", number=sent().number, expect=status)


def test_one_without_a_photo_has_none(make, page):
    without, _ = make.request()
    page.sign_in(make.coordinator())
    page.get("requests.photo", number=without.number, expect=404)


@pytest.mark.parametrize(
    "content",
    [b"", b"no picture", b"%PDF-1.7", b"<svg xmlns='http://www.w3.org/2000/svg'/>",
     pictures.jpeg()[:200], b"\xff\xd8\xff" + b"\x00" * 5000],
)  # fmt: skip
def test_what_is_no_photo_is_told_beside_its_field_and_nothing_typed_is_lost(
    app, sends_photo, content
):
    shown = sends_photo(content, expect=422)
    assert shown.query("#photo-error") or (not content and shown.query("#link-error"))
    assert [field.to_text() for field in shown.query("textarea[name=text]")] == [TIP["text"]]
    assert not files(app)
    assert not db.session.scalars(select(PublicRequest)).all()


def test_a_file_larger_than_a_photo_may_be_is_not_opened(app, sends_photo, monkeypatch):
    monkeypatch.setattr("mobilizer.evidence.rules.photos.PHOTO_BYTES", 10_000)
    shown = sends_photo(pictures.jpeg(), expect=422)
    assert shown.query("#photo-error")
    assert not files(app)


@pytest.mark.parametrize("is_strangers", [True, False])
def test_strangers_wait_for_no_turn_and_lose_nothing(sends_photo, monkeypatch, is_strangers):
    def busy(*_, **__):
        raise Busy

    if is_strangers:
        assert photos.TURN.acquire(blocking=False)
    else:
        monkeypatch.setattr(photos, "opened", busy)
    shown = sends_photo(pictures.jpeg(), expect=422)
    if is_strangers:
        photos.TURN.release()

    assert "Many photos come in just now" in shown
    assert [field.to_text() for field in shown.query("textarea[name=text]")] == [TIP["text"]]
    assert photos.TURN.acquire(blocking=False), "a turn was not given back"
    photos.TURN.release()


@pytest.mark.parametrize(("outcome", "days"), [("answer", KEPT_DAYS), ("spam", SPAM_KEPT_DAYS)])
def test_it_goes_with_the_words(app, make, work, outcome, days):
    tip, _ = make.closed_request(outcome=outcome, picture=pictures.jpeg())
    db.session.commit()
    assert len(files(app)) == (outcome == "answer")
    with clock.at(NOVEMBER + (days + 1) * DAY):
        work()
    assert tip.photo == ""
    assert not files(app)


def test_a_photo_whose_request_was_never_stored_is_let_go(app, make, work):
    kept, _ = make.request(picture=pictures.jpeg())
    with app.app_context():
        photos.keep(pictures.jpeg())
    assert len(files(app)) == 2
    with clock.at(clock.now() + 400 * DAY):
        work()
    assert [file.name for file in files(app)] == [Path(kept.photo).name]


def test_a_photo_beyond_all_bounds_is_refused_with_what_to_do(asker, page):
    told = page.client.post(
        page.address("ask.send", number=asker.number, lang="en"),
        input_stream=BytesIO(),
        content_type="multipart/form-data; boundary=x",
        environ_overrides={"CONTENT_LENGTH": str(PHOTO_BYTES + OF_STRANGERS + 1)},
    )
    assert told.status_code == 413
    assert "A photo may have at most 16 MB" in told.text
    assert "Go back in your browser" in told.text
    assert not db.session.scalars(select(PublicRequest)).all()
