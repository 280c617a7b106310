"""Photos and clips on pages: offered in sizes and formats, played in parts, shown with consent."""

import pytest

from mobilizer.core.database import db
from mobilizer.evidence.models import Media
from mobilizer.evidence.rules.copies import FILM
from mobilizer.evidence.rules.uploads import MediaKind
from mobilizer.monitoring.rules.workflow import EntryState
from tests.evidence import films, pictures
from tests.evidence.uploading import announced, send
from tests.monitoring.filing import on, where

CLIP = films.turned(films.film(size=(320, 180)))


@pytest.fixture
def published(make):
    """The promise's number, a photo and a clip that its finding shows, and a clip that it hides."""
    entry = make.entry(state=EntryState.SUBMITTED)
    photo = make.photo(entry, pictures.webp((1200, 900)), has_consent=True, caption="The bridge")
    clip = make.clip(entry, CLIP, has_consent=True, caption="The road")
    hidden = make.clip(entry, films.film(size=(64, 48)), caption="A face")
    make.revision(entry)
    make.decision(entry, "approve")
    db.session.commit()
    return entry.assignment.promise.number, photo, clip, hidden


def shown(page, number):
    return page.get("scorecards.promise", lang="en", number=number)


def test_a_photo_is_offered_in_three_sizes_as_webp_and_as_jpeg_behind(page, published):
    number, photo, *_ = published
    seen = shown(page, number)

    (webp,) = seen.query("picture source[type='image/webp']")
    (jpeg,) = seen.query("picture img")
    for offered, ending in ((webp, "webp"), (jpeg, "jpg")):
        assert offered.attrs["srcset"].split(", ") == [
            f"/media/{photo.media_sha256}-{width}.{ending} {width}w" for width in (320, 800, 900)
        ]
        for address in offered.attrs["srcset"].split(", "):
            answer = page.get(address.split()[0])
            assert answer.body[:4] in (b"\xff\xd8\xff\xe0", b"RIFF")
            assert "immutable" in answer.headers["Cache-Control"]
    assert (jpeg.attrs["width"], jpeg.attrs["height"]) == ("900", "1200")
    assert jpeg.attrs["loading"] == "lazy"


def test_an_old_photo_is_offered_as_what_is_kept_of_it(page, published):
    number, photo, *_ = published
    db.session.get_one(Media, photo.media_sha256).has_webp = False
    db.session.commit()

    assert not shown(page, number).query("source[type='image/webp']")
    page.get(f"/media/{photo.media_sha256}-320.webp", expect=404)
    page.get(f"/media/{photo.media_sha256}-320.jpg")


def test_a_clip_is_shown_with_its_face_and_loads_nothing_by_itself(page, published):
    number, _, clip, _ = published
    (video,) = shown(page, number).query("video")

    assert video.attrs["preload"] == "none"
    assert (video.attrs["width"], video.attrs["height"]) == ("180", "320")
    assert page.get(video.attrs["poster"]).body.startswith(b"\xff\xd8")
    (source,) = shown(page, number).query("video source")
    assert source.attrs["src"] == f"/media/{clip.media_sha256}{FILM}"


def test_a_clip_comes_whole_or_in_the_part_that_is_asked_for(page, published):
    _, _, clip, _ = published
    address = f"/media/{clip.media_sha256}{FILM}"
    whole = page.get(address)
    assert whole.headers["Accept-Ranges"] == "bytes"
    assert whole.headers["Content-Type"] == "video/mp4"
    assert whole.headers["Content-Length"] == str(len(whole.body)) == str(clip.media.size)
    assert "sandbox" in whole.headers["Content-Security-Policy"]
    assert whole.headers["X-Content-Type-Options"] == "nosniff"
    assert not [mark for mark in films.PLANTED if mark in whole.body]

    part = page.get(address, headers={"Range": "bytes=100-199"}, expect=206)
    assert part.body == whole.body[100:200]
    assert part.headers["Content-Range"] == f"bytes 100-199/{len(whole.body)}"
    end = page.get(address, headers={"Range": "bytes=-10"}, expect=206)
    assert end.body == whole.body[-10:]


@pytest.mark.parametrize(
    "said", ["lines=0-3", "bytes=0-0,5-9", "bytes=9-1", "bytes=٠-٩", "bytes=x", "bytes=--5"]
)
def test_a_wish_for_a_part_that_is_none_gets_the_whole(page, published, said):
    _, _, clip, _ = published
    whole = page.get(f"/media/{clip.media_sha256}{FILM}", headers={"Range": said})
    assert whole.headers["Content-Length"] == str(clip.media.size)


def test_of_a_part_beyond_the_end_it_is_told_how_long_the_film_is(page, published):
    _, _, clip, _ = published
    beyond = {"Range": f"bytes={clip.media.size}-"}
    told = page.get(f"/media/{clip.media_sha256}{FILM}", headers=beyond, expect=416)
    assert told.headers["Content-Range"] == f"bytes */{clip.media.size}"


@pytest.mark.parametrize("ending", [FILM, "-180.jpg"])
def test_a_file_is_named_so_that_who_has_it_gets_no_bytes(page, published, ending):
    _, _, clip, _ = published
    address = f"/media/{clip.media_sha256}{ending}"
    tag = {"If-None-Match": page.get(address).headers["ETag"]}
    assert page.get(address, headers=tag, expect=304).body == b""


def test_a_broken_download_goes_on_only_if_it_is_the_same_film(page, published):
    _, _, clip, _ = published
    address = f"/media/{clip.media_sha256}{FILM}"
    part = {"Range": "bytes=100-", "If-Range": page.get(address).headers["ETag"]}
    page.get(address, headers=part, expect=206)
    page.get(address, headers={**part, "If-Range": '"another"'})


def test_a_clip_without_consent_is_not_there(page, published):
    number, *_, hidden = published
    assert hidden.media_sha256 not in shown(page, number).source
    assert "A face" not in shown(page, number).source
    for ending in (FILM, "-64.jpg", "-64.webp"):
        page.get(f"/media/{hidden.media_sha256}{ending}", expect=404)


def test_a_clip_is_taken_from_the_form_and_refused_beside_its_field(make, page):
    assignment = make.assignment()
    page.sign_in(assignment.mobilizer)
    add = {"screen": "evidence", **where(assignment)}

    page.get("monitoring.screen", **add)
    page.post(
        "monitoring.save_evidence",
        **where(assignment),
        data={"clip": films.chosen(CLIP), "caption": "The road", "go": "add"},
    )
    screen = page.get("monitoring.screen", **add)
    (video,) = screen.query("video")
    assert page.get(video.query("source")[0].attrs["src"]).body[4:8] == b"ftyp"

    again = page.post(
        "monitoring.save_evidence",
        **where(assignment),
        data={"clip": films.chosen(b"no clip"), "photo": films.chosen(b"no photo"), "go": "add"},
        expect=200,
    )
    assert again.query("#clip-error")
    assert again.query("#photo-error")


def test_a_mentor_sees_a_clip_and_what_is_still_to_come(make, page):
    entry = make.entry(state=EntryState.SUBMITTED)
    make.clip(entry, CLIP, caption="The road")
    coming = announced(entry, b"to come", MediaKind.CLIP)
    db.session.expire(entry, ["evidence"])
    make.revision(entry)
    page.sign_in(entry.assignment.mentor)

    seen = page.get("review.show", entry_id=entry.id)
    (video,) = seen.query("video")
    assert page.get(video.query("source")[0].attrs["src"]).body[4:8] == b"ftyp"
    assert "on its way" in seen
    assert coming.refusal is None


def test_what_is_still_to_come_is_said_to_its_author(make, page):
    entry = make.report(month="2026-11", state="returned")
    coming, broken = announced(entry, b"to come"), announced(entry, b"no photo")
    send(broken, b"no photo")
    make.revision(entry, evidence=[coming.evidence, broken.evidence])
    page.sign_in(entry.assignment.mobilizer)

    seen = page.get("monitoring.screen", screen="evidence", **on(entry))
    assert "on its way" in seen
    assert broken.refusal.field == "photo"
    assert str(broken.refusal) in seen
