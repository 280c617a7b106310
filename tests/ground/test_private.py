"""A mobilizer cannot be found out from anything that is public: the threat that outranks all.

Everything private is marked, typed into its field through the pages, and published as far as the
programme publishes. Then every public byte is looked through, and what is written to the log.
"""

import logging
import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from flask import Flask
from PIL import Image
from PIL.PngImagePlugin import PngInfo
from sqlalchemy import insert

from mobilizer.accounts.models import Invitation
from mobilizer.api import tasks
from mobilizer.core import clock
from mobilizer.core.database import db, writing
from mobilizer.core.text import words
from mobilizer.findings.models import Finding
from mobilizer.jobs.tasks import Worker
from mobilizer.monitoring.models import Entry
from mobilizer.search.models import Findable
from tests.builders import Builders
from tests.evidence import pictures
from tests.ground.crawling import Answer, crawled, starts, told_of, written
from tests.ground.marked import PRIVATE, SHOWN, publish
from tests.support.page import Page
from tests.support.searching import ranked
from tests.support.world import NOVEMBER

#: No page shows this minute and second for another reason.
ODD = NOVEMBER.replace(minute=37, second=43, microsecond=918273)
#: What is private and not even stored.
NEVER_KEPT = {"the photo's file name", "the name a phone gave", "the tracker", "her password"}


#: What has to be among what is looked through.
KINDS: dict[str, Callable[[Answer], bool]] = {
    "a photo": lambda one: one.body.startswith(b"\xff\xd8"),
    "a picture to share": lambda one: one.body.startswith(b"\x89PNG"),
    "a chart": lambda one: one.body.startswith(b"<svg"),
    "a feed": lambda one: one.body.startswith(b"<?xml") and ".atom" in one.address,
    "a frame": lambda one: one.address.startswith("/embed/"),
    "what oEmbed tells": lambda one: one.address.startswith("/oembed?") and one.status == 200,
    "a package": lambda one: "findings.csv" in written(one) and one.body.startswith(b"PK"),
    "a workbook": lambda one: "xl/workbook.xml" in written(one) and SHOWN in written(one),
    "a promise on a past day": lambda one: "/promises/1?as_of=" in one.address,
}


@pytest.fixture(autouse=True)
def november() -> Iterator[None]:
    with clock.at(ODD):
        yield


@pytest.fixture
def published(make: Builders, page: Page, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    publish(make, page)
    finding = db.session.scalars(db.select(Finding)).one()
    make.published_reply(finding)
    make.finding(finding.promise, "kept", place=finding.place, corrects=finding.number)
    db.session.commit()


def test_nothing_private_is_in_any_public_byte(
    app: Flask,
    published: None,
    caplog: pytest.LogCaptureFixture,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(tasks, "_written_down", {})  # In this process, of another database.
    packer = Worker({"api.pack": tasks.pack}, often=[tasks.look])
    packer.look()
    assert packer.drain()
    answers = crawled(app, *starts(app))
    with clock.at(ODD + timedelta(days=1)):  # Then today is a past day.
        answers += crawled(app, f"/en/?as_of={ODD.date()}", but=answers)

    assert not [kind for kind, is_one in KINDS.items() if not any(map(is_one, answers))]
    seen = "\n".join(written(answer) for answer in answers)
    assert SHOWN in seen, "the report was not published: nothing was tested"
    found = {
        f"{what} at {answer.address}"
        for answer in answers
        for what, mark in PRIVATE.items()
        if mark.casefold() in written(answer).casefold()
    }
    assert not found
    # Public dates are days: the hour at which somebody sends or approves could lead to her.
    hours = {answer.address: told for answer in answers if (told := told_of(answer, ODD))}
    assert not hours
    out = caplog.text + "".join(capsys.readouterr())
    assert not {what for what, mark in PRIVATE.items() if mark in out}


def test_what_is_packed_is_read_too() -> None:
    """Planted in pictures, drawings, workbooks and names, deep in a package."""
    workbook, package, picture = BytesIO(), BytesIO(), BytesIO()
    with ZipFile(workbook, "w", ZIP_DEFLATED) as archive:
        archive.writestr("xl/sharedStrings.xml", "<t>Jovana &amp; Secretova</t>")
    notes = PngInfo()
    notes.add_text("Comment", "planted in a picture", zip=True)
    Image.new("RGB", (2, 2)).save(picture, "PNG", pnginfo=notes)
    with ZipFile(package, "w", ZIP_DEFLATED) as archive:
        archive.writestr("planted-name.csv", "planted in a table")
        archive.writestr("drawn.svg", "<svg><title>planted in a drawing</title></svg>")
        archive.writestr("package.xlsx", workbook.getvalue())
        archive.writestr("drawn.png", picture.getvalue())

    read = written(Answer("/x", 200, "", package.getvalue(), is_json=False))

    for planted in (
        "Jovana & Secretova",
        "planted-name.csv",
        *(f"planted in a {what}" for what in ("picture", "drawing", "table")),
    ):
        assert planted in read


def test_what_is_looked_for_is_there(published: None) -> None:
    """A mark that never came in would be found nowhere, whatever leaked."""
    stored = "\n".join(
        str(tuple(row))
        for table in db.metadata.sorted_tables
        for row in db.session.execute(db.select(table))
    )
    readable = re.sub(r"datetime\.date\((\d+), (\d+), (\d+)\)", r"\1-\2-\3", stored)
    assert {what for what, mark in PRIVATE.items() if mark not in readable} == NEVER_KEPT


def test_no_private_word_finds_anything(published: None) -> None:
    public = " ".join(db.session.scalars(db.select(Findable.words)))
    kept = {word[1:] for word in public.split()}
    assert set(words(SHOWN)) <= kept, "nothing was published: nothing was tested"
    assert not {"marked", "secretova", *words(PRIVATE["her name"])} & kept
    assert not [what for what, mark in PRIVATE.items() if any(ranked(words(mark)))]


def test_photos_are_bare_pixels(app: Flask, published: None) -> None:
    photos = [one.body for one in crawled(app, *starts(app)) if one.body.startswith(b"\xff\xd8")]
    assert photos
    for photo in photos:
        assert not [mark for mark in pictures.PLANTED if mark in photo]
        assert not [word for word in (b"Exif", b"GPS", b"http://ns.adobe") if word in photo]
        with Image.open(BytesIO(photo)) as picture:
            assert not picture.getexif()
            assert not {"comment", "icc_profile", "exif", "xmp"} & picture.info.keys()


def test_a_photo_without_consent_is_not_there(make: Builders, page: Page, published: None) -> None:
    entry = db.session.scalars(db.select(Entry)).one()
    hidden = make.photo(entry, pictures.jpeg(), has_consent=False)
    for width in (320, 400):
        page.get(f"/media/{hidden.media_sha256}-{width}.jpg", expect=404)


def test_a_failing_statement_tells_the_log_nothing(
    app: Flask,
    page: Page,
    make: Builders,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """A broken rule of the database is logged with its statement, not with what she typed."""

    def broken() -> None:
        values = {"token_hash": PRIVATE["her name"], "note": PRIVATE["the invitation's note"]}
        with writing() as session:
            session.execute(insert(Invitation).values(**values))

    monkeypatch.setitem(app.view_functions, "open.alive", broken)
    broken.permission = "public"
    monkeypatch.setitem(app.config, "PROPAGATE_EXCEPTIONS", False)
    answer = app.test_client().get("/healthz", buffered=True)

    assert answer.status_code == 500
    assert "INSERT INTO invitation" in caplog.text
    said = caplog.text + answer.get_data(as_text=True)
    assert PRIVATE["her name"] not in said
    assert PRIVATE["the invitation's note"] not in said
