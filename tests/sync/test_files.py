"""Photos in pieces: announced by a report, sent by offset, looked at when they are whole."""

import pytest

from mobilizer.core.database import db
from mobilizer.evidence.models import Evidence, Upload
from tests.evidence import pictures
from tests.sync.phone import photo, report, uid

PIECE = 256 * 1024
TUS = {"Tus_Resumable": "1.0.0", "Content_Type": "application/offset+octet-stream"}
#: Larger than one piece: noise cannot be made small.
CONTENT = pictures.jpeg((900, 700))


@pytest.fixture
def media(make, phone):
    """The name of a photo that a report has announced."""
    assignment = make.assignment()
    phone.sign_in(assignment.mobilizer)
    piece = photo(CONTENT)
    phone.put(report(assignment, evidence=[piece]))
    return piece["media"]["id"]


def patch(phone, media, at, content, expect=204, **headers):
    said = {**TUS, "Upload_Offset": str(at), **headers}
    return phone.send(f"/sync/media/{media}", content, expect, method="PATCH", **said)


def head(phone, media, expect=200):
    return phone.ask(f"/sync/media/{media}", expect, method="HEAD", Tus_Resumable="1.0.0")


def offset(answer):
    assert answer.headers["Tus-Resumable"] == "1.0.0"
    return int(answer.headers["Upload-Offset"])


def send(phone, media, content=CONTENT):
    for at in range(0, len(content), PIECE):
        patch(phone, media, at, content[at : at + PIECE])


def state(phone):
    (receipt,) = phone.ask("/sync/receipts").json["receipts"]
    (told,) = receipt["media"]
    return told


def test_a_photo_sent_in_pieces_is_complete(phone, media):
    assert PIECE < len(CONTENT) < 2 * PIECE
    asked = head(phone, media)
    assert (offset(asked), asked.headers["Upload-Length"]) == (0, str(len(CONTENT)))
    assert asked.headers["Cache-Control"] == "no-store"
    send(phone, media)
    assert offset(head(phone, media)) == len(CONTENT)
    assert state(phone)["state"] == "complete"
    assert db.session.scalars(db.select(Evidence)).one().media is not None


def test_an_upload_cut_off_goes_on_from_where_it_was(phone, media):
    patch(phone, media, 0, CONTENT[:PIECE])
    assert offset(head(phone, media)) == PIECE
    assert state(phone)["received"] == PIECE
    patch(phone, media, PIECE, CONTENT[PIECE : 2 * PIECE])


def test_a_piece_whose_answer_was_lost_is_told_where_to_go_on(phone, media):
    patch(phone, media, 0, CONTENT[:PIECE])
    refused = patch(phone, media, 0, CONTENT[:PIECE], 409)
    assert refused.json["error"] == "offset"


def test_the_last_piece_sent_again_adds_nothing(phone, media):
    send(phone, media)
    last = len(CONTENT) - len(CONTENT) % PIECE
    assert offset(patch(phone, media, last, CONTENT[last:])) == len(CONTENT)


def test_a_piece_out_of_order_is_refused(phone, media):
    refused = patch(phone, media, PIECE, CONTENT[PIECE : 2 * PIECE], 409)
    assert refused.json["error"] == "offset"
    assert offset(head(phone, media)) == 0


def test_a_piece_that_reaches_past_the_end_is_refused(phone, media):
    patch(phone, media, 0, CONTENT[:PIECE])
    refused = patch(phone, media, PIECE, CONTENT[PIECE:] + b"x", 413)
    assert refused.json["error"] == "too_large"
    assert offset(head(phone, media)) == PIECE


def test_a_piece_after_the_end_is_refused(phone, media):
    send(phone, media)
    assert patch(phone, media, len(CONTENT), b"x", 413).json["error"] == "too_large"
    assert state(phone)["state"] == "complete"


def test_a_piece_too_large_is_refused_unread(phone, media):
    assert patch(phone, media, 0, CONTENT[: PIECE + 1], 413).json["error"] == "too_large"
    assert offset(head(phone, media)) == 0


def test_a_file_that_arrived_as_another_is_sent_from_its_beginning(phone, media):
    wrong = CONTENT[:-1] + b"x"
    ends = len(CONTENT) - len(CONTENT) % PIECE
    for at in range(0, ends, PIECE):
        patch(phone, media, at, wrong[at : at + PIECE])
    assert patch(phone, media, ends, wrong[ends:], 460).json["error"] == "wrong_hash"
    assert offset(head(phone, media)) == 0
    send(phone, media)
    assert state(phone)["state"] == "complete"


def test_a_file_that_is_no_photo_is_refused_with_the_forms_own_words(make, phone):
    assignment = make.assignment()
    phone.sign_in(assignment.mobilizer)
    content = b"%PDF-1.7 no photo at all"
    piece = photo(content)
    phone.put(report(assignment, evidence=[piece]))
    media = piece["media"]["id"]
    refused = patch(phone, media, 0, content, 422).json
    assert refused["error"] == "refused"
    assert refused["faults"] == [{"field": "media", "message": refused["message"]}]
    assert refused["message"].startswith("This is not a photo")
    told = state(phone)
    assert (told["state"], told["fault"]) == ("refused", refused["message"])
    assert patch(phone, media, 0, content, 422).json["error"] == "refused"


def test_a_file_nobody_announced_is_not_there(phone, media):
    head(phone, uid(), 404)
    assert patch(phone, uid(), 0, b"abc", 404).json["error"] == "unknown"


def test_anothers_file_is_not_there(make, phone, media):
    phone.sign_in(make.mobilizer())
    head(phone, media, 404)
    assert patch(phone, media, 0, CONTENT[:10], 404).json["error"] == "unknown"
    assert db.session.get(Upload, media).received == 0


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Tus_Resumable": ""}, 412),
        ({"Tus_Resumable": "0.9"}, 412),
        ({"Content_Type": "application/json"}, 415),
        ({"Upload_Offset": ""}, 400),
        ({"Upload_Offset": "-1"}, 400),
        ({"Upload_Offset": "9" * 30}, 400),
        ({"Upload_Offset": "²"}, 400),
        ({"X_CSRFToken": "forged"}, 400),
        ({"X_Person": "somebody"}, 409),
    ],
)
def test_what_is_not_said_as_agreed_is_refused(phone, media, headers, status):
    refused = phone.send(
        f"/sync/media/{media}",
        b"abc",
        status,
        method="PATCH",
        **{**TUS, "Upload_Offset": "0", **headers},
    )
    assert refused.json["error"] in ("malformed", "token", "other_person")
    assert offset(head(phone, media)) == 0


def test_the_same_photo_in_the_next_revision_is_not_sent_again(make, phone):
    assignment = make.assignment()
    phone.sign_in(assignment.mobilizer)
    name, piece = uid(), photo(CONTENT)
    phone.put(report(assignment, evidence=[piece]), entry=name)
    send(phone, piece["media"]["id"])
    changed = report(assignment)["fields"] | {"value_1": "3"}
    kept = [{"id": piece["id"], "kind": "kept"}]
    receipt = phone.put(
        report(assignment, evidence=kept, fields=changed), entry=name, number=2
    ).json
    assert receipt["media"][0]["state"] == "complete"
