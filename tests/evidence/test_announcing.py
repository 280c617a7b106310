"""Files that are announced, and links that bring a name along: one name, one thing."""

from uuid import uuid4

import pytest

from mobilizer.core.database import db
from mobilizer.core.errors import NotVisible, RuleBroken
from mobilizer.evidence.actions import add_link, add_request, append
from mobilizer.evidence.models import Evidence, Upload
from mobilizer.evidence.rules.details import Details
from mobilizer.evidence.rules.faults import CLIP_BYTES, PHOTO_BYTES
from mobilizer.evidence.rules.uploads import MediaKind, OtherContent
from tests.evidence.uploading import announced

PHOTO = b"what a phone says it will send"


@pytest.fixture
def entry(make):
    return make.entry()


@pytest.fixture
def her(entry):
    return entry.assignment.mobilizer


def count(model) -> int:
    return len(db.session.scalars(db.select(model)).all())


def test_announced_twice_is_announced_once(entry):
    first = announced(entry, PHOTO)
    again = announced(entry, PHOTO, uid=first.evidence_id, media_id=first.id)
    assert again is first
    assert (count(Evidence), count(Upload)) == (1, 1)


@pytest.mark.parametrize(
    "other",
    [
        {"sha256": "0" * 64},
        {"size": 77},
        {"kind": MediaKind.CLIP},
        {"details": Details(caption="Another")},
        {"details": Details(has_consent=True)},
        {"media_id": str(uuid4())},
        {"uid": str(uuid4())},
    ],
)
def test_another_content_under_a_known_name_is_refused(entry, other):
    first = announced(entry, PHOTO)
    names = {"uid": first.evidence_id, "media_id": first.id}
    with pytest.raises(OtherContent):
        announced(entry, PHOTO, **{**names, **other})


def test_two_announcements_do_not_swap_their_files(entry):
    one, other = announced(entry, PHOTO), announced(entry, PHOTO)
    with pytest.raises(OtherContent):
        announced(entry, PHOTO, uid=one.evidence_id, media_id=other.id)


def test_anothers_names_are_not_known(make, entry):
    theirs = announced(make.entry(), PHOTO)
    for name in ({"uid": theirs.evidence_id}, {"media_id": theirs.id}):
        with pytest.raises(NotVisible):
            announced(entry, PHOTO, **name)
    with pytest.raises(NotVisible):
        append(theirs.id, 0, PHOTO[:100], by=entry.assignment.mobilizer)


def test_a_name_belongs_to_one_entry(make, entry, her):
    first = announced(entry, PHOTO)
    another = make.entry(make.assignment(her))
    with pytest.raises(NotVisible):
        announced(another, PHOTO, uid=first.evidence_id, media_id=first.id)


@pytest.mark.parametrize(
    ("kind", "size", "field"),
    [
        (MediaKind.PHOTO, 0, "photo"),
        (MediaKind.PHOTO, PHOTO_BYTES + 1, "photo"),
        (MediaKind.CLIP, 0, "clip"),
        (MediaKind.CLIP, CLIP_BYTES + 1, "clip"),
    ],
)
def test_a_file_out_of_bounds_is_refused_before_it_comes(entry, kind, size, field):
    with pytest.raises(RuleBroken) as refused:
        announced(entry, PHOTO, kind=kind, size=size)
    assert refused.value.field == field
    assert count(Upload) == 0


@pytest.mark.parametrize("sha256", ["", "x" * 64, "A" * 64, "0" * 63])
def test_what_is_no_hash_is_refused(entry, sha256):
    with pytest.raises(RuleBroken):
        announced(entry, PHOTO, sha256=sha256)


def test_a_link_and_a_request_keep_the_name_their_phone_gave(entry, her):
    for add, typed in ((add_link, "https://news.example/a"), (add_request, "08-1/2026")):
        uid = str(uuid4())
        added = [add(entry.id, typed, Details(), by=her, uid=uid) for _ in range(2)]
        assert added[0] is added[1]
        assert added[0].id == uid
        with pytest.raises(OtherContent):
            add(entry.id, typed, Details(caption="Another"), by=her, uid=uid)


def test_anothers_name_of_a_link_is_not_known(make, entry, her):
    uid = str(uuid4())
    add_link(entry.id, "https://news.example/a", Details(), by=her, uid=uid)
    other = make.entry()
    with pytest.raises(NotVisible):
        add_link(
            other.id,
            "https://news.example/a",
            Details(),
            by=other.assignment.mobilizer,
            uid=uid,
        )


def test_a_link_that_is_there_already_stays_the_one_it_is(entry, her):
    known = add_link(entry.id, "https://news.example/a", Details(), by=her)
    uid = str(uuid4())
    assert add_link(entry.id, "https://news.example/a", Details(), by=her, uid=uid) is known
