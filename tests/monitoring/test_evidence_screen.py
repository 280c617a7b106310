"""Evidence on the phone: added, taken away, and seen by those who may."""

from io import BytesIO
from itertools import product

import pytest

from mobilizer.core.database import db
from mobilizer.evidence.models import Evidence
from mobilizer.monitoring.models import Entry
from tests.evidence import pictures
from tests.monitoring.filing import VIDEO, fill, on, where

pytestmark = pytest.mark.usefixtures("november")


@pytest.fixture
def assignment(make, page):
    assignment = make.assignment()
    page.sign_in(assignment.mobilizer)
    return assignment


def add(page, assignment, expect=302, **typed):
    page.get("monitoring.screen", screen="evidence", **where(assignment))
    return page.post("monitoring.save_evidence", **where(assignment), data=typed, expect=expect)


def pieces() -> list[Evidence]:
    return list(db.session.scalars(db.select(Evidence).order_by(Evidence.added_at)))


def resting_on() -> list[str]:
    entry = db.session.scalars(db.select(Entry).execution_options(populate_existing=True)).one()
    return entry.draft["evidence"]


@pytest.mark.parametrize(
    "content",
    [pictures.jpeg((900, 1200), quality=30), pictures.heic((900, 1200), quality=5)],
    ids=["jpeg", "heic"],
)
def test_a_photo_is_added_and_nothing_planted_in_it_is_served(assignment, page, content):
    photo = (BytesIO(content), "Jovana Petrova Strumica 12.11.jpg")
    add(page, assignment, photo=photo, caption="The site board", go="add")

    (piece,) = pieces()
    screen = page.get("monitoring.screen", screen="evidence", **where(assignment))
    assert "Place and phone details are removed." in screen
    assert "Jovana" not in screen.source
    for width, ending in product((320, 800, piece.media.width), ("jpg", "webp")):
        shown = page.get("monitoring.photo", uid=piece.id, width=width, ending=ending)
        assert shown.headers["Content-Type"] == {"jpg": "image/jpeg", "webp": "image/webp"}[ending]
        assert "sandbox" in shown.headers["Content-Security-Policy"]
        assert shown.headers["X-Content-Type-Options"] == "nosniff"
        assert not any(mark in shown.body for mark in (*pictures.PLANTED, b"Jovana"))
    page.get("monitoring.photo", uid=piece.id, width=321, ending="jpg", expect=404)


@pytest.mark.parametrize(
    "content", [b"<svg onload=alert(1)>", pictures.jpeg()[:2000], pictures.moving("GIF"), b""]
)
def test_what_is_no_photo_is_said_beside_the_field(assignment, page, content):
    again = add(page, assignment, expect=200, photo=(BytesIO(content), "photo.jpg"), go="add")
    assert again.query("#photo-error")
    assert pieces() == []


def test_no_photo_chosen_is_no_fault(assignment, page):
    add(page, assignment, photo=(BytesIO(b""), ""), link=VIDEO, go="add")
    assert [piece.address for piece in pieces()] == [VIDEO]


def test_the_key_go_of_a_phone_adds_and_takes_nothing_away(assignment, page):
    add(page, assignment, link=VIDEO, go="add")
    screen = page.get("monitoring.screen", screen="evidence", **where(assignment))
    buttons = screen.query("#report button, button[form=report]")
    assert [button.attrs["value"].partition(":")[0] for button in buttons[:2]] == ["add", "remove"]


def test_a_link_stays_typed_when_it_is_refused_and_what_else_was_typed_is_saved(assignment, page):
    again = add(page, assignment, expect=200, link="ftp://files.example/a", contact="The mayor.")
    assert again.query("input[name=link]")[0].attrs["value"] == "ftp://files.example/a"
    assert again.query("#link-error")
    assert "The mayor." in page.get("monitoring.screen", screen="evidence", **where(assignment))


@pytest.mark.parametrize("said", [{"caption": "The new roof"}, {"has_consent": "y"}])
def test_what_is_said_of_evidence_that_is_not_there_stays_typed(assignment, page, said):
    again = add(page, assignment, expect=200, **said)
    assert again.query("#link-error")
    (name,) = said
    assert again.query(f"[name={name}][value='The new roof'], [name={name}][checked]")


def test_what_could_be_added_is_added_beside_what_could_not(assignment, page):
    add(page, assignment, expect=200, link=VIDEO, photo=(BytesIO(b"no photo"), "x.jpg"))
    assert [piece.address for piece in pieces()] == [VIDEO]
    assert resting_on() == [pieces()[0].id]


def test_adding_twice_is_adding_once(assignment, page):
    add(page, assignment, link=VIDEO, go="add")
    add(page, assignment, link="https://youtu.be/dQw4w9WgXcQ?si=abc", go="add")
    assert resting_on() == [piece.id for piece in pieces()]
    assert len(pieces()) == 1


def test_a_place_is_no_finer_than_a_municipality_of_the_region(make, page):
    region = make.region("Polog")
    near, far = make.municipality("Tetovo"), make.municipality("Kumanovo", region="Northeast")
    assignment = make.assignment(make.mobilizer(region), place=near)
    page.sign_in(assignment.mobilizer)

    add(page, assignment, expect=200, link=VIDEO, place=str(far.id))
    assert pieces() == []
    add(page, assignment, link=VIDEO, place=str(near.id), origin="visit", taken_on="2026-11-20")
    (piece,) = pieces()
    assert (piece.place, piece.source_kind) == (near, "visit")


@pytest.mark.parametrize("said", [{"origin": "x"}, {"place": "x"}, {"taken_on": "2027-01-01"}])
def test_what_is_said_wrongly_is_refused_and_shown_again(assignment, page, said):
    again = add(page, assignment, expect=200, link=VIDEO, **said)
    assert again.query(".error")
    assert pieces() == []


def test_each_indicator_with_data_needs_evidence(make, page):
    assignment = make.assignment(promise=make.promise(indicators=2))
    page.sign_in(assignment.mobilizer)
    fill(page, assignment, only=("state", "indicator-1"))
    page.post(
        "monitoring.save",
        screen="indicator-2",
        **where(assignment),
        data={
            "value_2": "1",
            "light_2": "green",
            "finding_2": "One of ten schools has a new roof.",
        },
    )

    asked = add(page, assignment, expect=200, link=VIDEO, about="1")
    assert "Indicator 2 has no evidence yet." in asked
    add(page, assignment, expect=200, request_number="08-77", about="9")
    add(page, assignment, request_number="08-77", about="2")


def test_what_was_never_sent_is_taken_away_for_good(assignment, page):
    add(page, assignment, link=VIDEO, go="add")
    page.get("monitoring.screen", screen="evidence", **where(assignment))
    add(page, assignment, go=f"remove:{pieces()[0].id}")
    assert pieces() == []
    assert resting_on() == []


def test_what_was_sent_stays_in_its_revision(make, page):
    entry = make.report(month="2026-11")
    page.sign_in(entry.assignment.mobilizer)

    page.post(
        "monitoring.save_evidence", **on(entry), data={"go": f"remove:{entry.evidence[0].id}"}
    )

    assert resting_on() == []
    assert len(entry.revisions[0].evidence) == 1


def test_anothers_evidence_is_not_taken_away(make, page, assignment):
    other = make.report(month="2026-11")
    make.entry(assignment, month="2026-11")
    theirs = other.evidence[0].id

    add(page, assignment, go=f"remove:{theirs}")

    assert theirs in [piece.id for piece in pieces()]


def test_what_was_taken_away_is_not_what_the_next_revision_rests_on(make, page):
    entry = make.report(month="2026-11")
    page.sign_in(entry.assignment.mobilizer)
    first = entry.evidence[0].id

    page.post(
        "monitoring.save_evidence", **on(entry), data={"link": VIDEO, "go": f"remove:{first}"}
    )
    page.get("monitoring.check", **on(entry))
    page.post("monitoring.send", **on(entry))

    db.session.expire_all()
    assert [[piece.address for piece in one.evidence] for one in entry.revisions][1] == [VIDEO]


def test_a_request_among_the_evidence_that_was_not_sent_is_told_before_sending(assignment, page):
    fill(page, assignment)
    add(page, assignment, request_number="12-34/2026", foi="not_sent")

    assert "The number of a request is among the evidence" in page.get(
        "monitoring.check", **where(assignment)
    )
    page.post("monitoring.send", **where(assignment), expect=200)
    entry = db.session.scalars(db.select(Entry)).one()
    assert entry.newest == 0

    add(page, assignment, foi="in_time", foi_sent_on="2026-11-03", foi_answered_on="2026-11-12")
    page.get("monitoring.check", **where(assignment))
    page.post("monitoring.send", **where(assignment))
    db.session.refresh(entry)
    assert entry.revisions[0].answers["foi"] == "in_time"
    assert entry.revisions[0].contradiction_reason == ""
