"""What a phone exported because it could not send is taken in at the desk, under the same rules."""

import json
import struct
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

import pytest

from mobilizer.audit.models import AuditEvent
from mobilizer.core.database import db
from mobilizer.evidence.models import Upload
from mobilizer.monitoring.models import Revision
from mobilizer.promises.models import Promise
from mobilizer.sync.rules import person_key
from tests.evidence import pictures
from tests.sync.phone import count, photo, report, uid
from tests.sync.promising import promise

CONTENT = pictures.jpeg((900, 700))


def item(path, content):
    return {"path": path, "body": json.dumps(content)}


def parcel(app, person, *items, files=(), packing=ZIP_STORED, more=None):
    """A file as a phone makes it."""
    key = person_key(app.config["SECRET_KEY"], person.id)
    listed = {"person": key, "made_at": "2026-11-22T10:00:00Z", "items": items, **(more or {})}
    written = BytesIO()
    with ZipFile(written, "w", packing) as opened:
        opened.writestr("outbox.json", json.dumps(listed))
        for name, content in files:
            opened.writestr(name, content)
    return written.getvalue()


def take(page, content, expect=200):
    file = (BytesIO(content), "outbox.zip")
    return page.post("parcels.take", data={"parcel": file}, expect=expect)


@pytest.fixture
def assignment(make, page):
    assignment = make.assignment()
    page.sign_in(make.coordinator())
    return assignment


def test_a_report_with_its_photo_comes_in_in_its_authors_name(app, make, page, assignment):
    her, piece = assignment.mobilizer, photo(CONTENT)
    sent = item(f"/sync/entries/{uid()}/revisions/1", report(assignment, evidence=[piece]))
    files = [(f"media/{piece['media']['id']}", CONTENT)]
    result = take(page, parcel(app, her, sent, files=files))
    assert "Taken in" in result
    assert assignment.promise.titles["en"] in result
    revision = db.session.scalars(db.select(Revision)).one()
    assert revision.author_id == her.id
    assert db.session.scalars(db.select(Upload)).one().state == "complete"


def test_the_log_says_who_handed_it_in(app, make, page, assignment):
    coordinator = make.coordinator()
    page.sign_in(coordinator)
    sent = item(f"/sync/entries/{uid()}/revisions/1", report(assignment))
    take(page, parcel(app, assignment.mobilizer, sent))
    events = {one.verb: one.by_id for one in db.session.scalars(db.select(AuditEvent))}
    assert events["entry.hand_in"] == coordinator.id
    assert events["entry.submit"] == assignment.mobilizer_id


def test_the_same_file_again_brings_nothing_twice(app, page, assignment):
    sent = item(f"/sync/entries/{uid()}/revisions/1", report(assignment))
    content = parcel(app, assignment.mobilizer, sent)
    take(page, content)
    assert "It was there already" in take(page, content)
    assert count(Revision) == 1


def test_what_the_phone_sends_after_all_is_there_already(app, page, phone, assignment):
    name, sent = uid(), report(assignment)
    take(page, parcel(app, assignment.mobilizer, item(f"/sync/entries/{name}/revisions/1", sent)))
    phone.sign_in(assignment.mobilizer)
    phone.put(sent, 200, entry=name)


def test_a_promise_comes_in_too(app, make, page, assignment):
    sent = item(f"/sync/promises/{uid()}", promise(make))
    assert "Taken in" in take(page, parcel(app, assignment.mobilizer, sent))
    logged = db.session.scalars(db.select(Promise).order_by(Promise.id.desc())).first()
    assert logged.logged_by_id == assignment.mobilizer_id


def test_each_thing_stands_or_falls_alone_with_its_faults_in_words(app, page, assignment):
    wrong = item(f"/sync/entries/{uid()}/revisions/1", report(assignment, fields={}))
    nonsense = {"path": f"/sync/entries/{uid()}/revisions/1", "body": "nonsense"}
    right = item(f"/sync/entries/{uid()}/revisions/1", report(assignment))
    result = take(page, parcel(app, assignment.mobilizer, wrong, nonsense, right))
    said = result.texts("tbody td")
    assert [one.partition("taken in")[0] or "Taken" for one in said[:2]] == ["Not ", "Not "]
    assert "What is the state today?" in said[0]
    assert "This is needed." in said[0]
    assert said[2] == "Taken in"
    assert count(Revision) == 1


def test_a_photo_that_is_not_in_the_file_is_told(app, page, assignment):
    sent = item(f"/sync/entries/{uid()}/revisions/1", report(assignment, evidence=[photo(CONTENT)]))
    result = take(page, parcel(app, assignment.mobilizer, sent))
    assert "Taken in" in result
    assert "Its photo or clip is not in the file." in result


def test_a_photo_that_is_another_is_told_and_can_come_later(app, page, assignment):
    piece = photo(CONTENT)
    sent = item(f"/sync/entries/{uid()}/revisions/1", report(assignment, evidence=[piece]))
    name = f"media/{piece['media']['id']}"
    wrong = [(name, CONTENT[:-1] + b"x")]
    result = take(page, parcel(app, assignment.mobilizer, sent, files=wrong))
    assert "Send it again." in result
    take(page, parcel(app, assignment.mobilizer, sent, files=[(name, CONTENT)]))
    assert db.session.scalars(db.select(Upload)).one().state == "complete"


def test_a_file_of_nobody_in_her_cycles_is_refused(app, make, page, assignment):
    stranger = make.mobilizer(cycle=make.cycle("elsewhere"))
    for person in (stranger, make.mentor()):
        assert "belongs to nobody" in take(page, parcel(app, person), 422)


def test_what_is_of_a_cycle_she_does_not_coordinate_is_not_taken(app, make, page, assignment):
    elsewhere = make.cycle("elsewhere")
    her = assignment.mobilizer
    make.posting(her, "mobilizer", "Polog", cycle=elsewhere)
    other = make.assignment(her, cycle=elsewhere, promise=make.promise(cycle=elsewhere))
    items = [
        item(f"/sync/entries/{uid()}/revisions/1", report(other)),
        item(f"/sync/promises/{uid()}", {**promise(make), "cycle": "elsewhere"}),
    ]
    result = take(page, parcel(app, her, *items))
    assert "Taken in" not in result
    assert count(Revision) == 0


def test_anothers_assignment_is_not_taken_in_her_name(app, make, page, assignment):
    other = make.mobilizer()
    sent = item(f"/sync/entries/{uid()}/revisions/1", report(assignment))
    assert "Not taken in" in take(page, parcel(app, other, sent))


def with_files(*files, packing=ZIP_STORED):
    written = BytesIO()
    with ZipFile(written, "w", packing) as opened:
        for name, content in files:
            opened.writestr(name, content)
    return written.getvalue()


LIST = json.dumps({"person": "0" * 32, "made_at": "", "items": []})


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"no ZIP",
        b"PK\x03\x04" + b"\x00" * 100,
        with_files(("other.json", "{}")),
        with_files(("outbox.json", "no JSON")),
        with_files(("outbox.json", json.dumps({"person": "x", "made_at": "", "items": []}))),
        with_files(("outbox.json", LIST), ("../../etc/passwd", "x")),
        with_files(("outbox.json", LIST), ("/media/x", "x")),
        with_files(("outbox.json", LIST), (f"media/../{uid()}", "x")),
        with_files(("outbox.json", LIST), (f"media/{uid()}/x", "x")),
        with_files(("outbox.json", LIST), packing=ZIP_DEFLATED),
        with_files(
            ("outbox.json", LIST), (f"media/{uid()}", b"\x00" * 1_000_000), packing=ZIP_DEFLATED
        ),
        with_files(("outbox.json", json.dumps({"person": "0" * 32, "items": [{"path": "/x"}]}))),
        with_files(("outbox.json", LIST))[:-30],
    ],
)
def test_what_no_phone_has_made_is_refused_in_words(page, assignment, content):
    assert take(page, content, 422).query(".error")


def test_names_that_stand_twice_are_refused(page, assignment):
    name = f"media/{uid()}"
    content = with_files(("outbox.json", LIST), (name, "a"), (name[:-1] + "\x7f", "b"))
    doubled = content.replace((name[:-1] + "\x7f").encode(), name.encode())
    assert take(page, doubled, 422).query(".error")


def test_a_size_that_is_a_lie_is_refused(page, assignment):
    content = with_files(("outbox.json", LIST), (f"media/{uid()}", b"x" * 10))
    lie = struct.pack("<II", 10, 10)
    assert lie in content
    doctored = content.replace(lie, struct.pack("<II", 2**31, 2**31))
    assert take(page, doctored, 422).query(".error")


def test_too_many_files_are_refused(page, assignment):
    files = [(f"media/{uid()}", "x") for _ in range(2002)]
    assert take(page, with_files(("outbox.json", LIST), *files), 422).query(".error")


def test_an_empty_file_brings_nothing(app, page, assignment):
    assert "There was nothing in it." in take(page, parcel(app, assignment.mobilizer))


def test_nothing_chosen_is_said_beside_the_field(page, assignment):
    assert page.post("parcels.take", expect=422).query("#parcel-error")


@pytest.mark.parametrize("language", ["en", "sq", "mk", "sr"])
def test_the_page_in_four_languages(app, make, page, language):
    assignment = make.assignment()
    page.sign_in(make.coordinator(language=language))
    address = f"/desk/parcels/?lang={language}"
    page.get(address)
    sent = item(f"/sync/entries/{uid()}/revisions/1", report(assignment, fields={}))
    content = (BytesIO(parcel(app, assignment.mobilizer, sent)), "outbox.zip")
    page.post(address, data={"parcel": content}, expect=200)


def test_only_coordinators_take_files_in(make, page):
    for user in (make.mobilizer(), make.mentor(), make.administrator()):
        page.sign_in(user)
        page.get("parcels.show", expect=403)


def test_the_desk_leads_there(make, page):
    page.sign_in(make.coordinator())
    assert page.get("desk.home").query("a[href='/desk/parcels/']")
