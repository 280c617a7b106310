"""Who may know of an entry, and of what proves it."""

import pytest

from mobilizer.core.database import db
from mobilizer.evidence.rules.links import EvidenceKind
from mobilizer.monitoring.models import Entry
from mobilizer.monitoring.queries import visible_to
from tests.monitoring.filing import VIDEO, on

pytestmark = pytest.mark.usefixtures("november")

SEES = {
    "author": True,
    "another mobilizer of the region": False,
    "mentor of the region": True,
    "her mentor, from elsewhere": True,
    "mentor of another region": False,
    "coordinator": True,
    "coordinator of another cycle": False,
    "administrator": False,
    "author whose posting ended": False,
}


@pytest.fixture
def cast(make):
    """An entry with a photo, and everybody who might look at it."""
    cycle, other = make.the_cycle(), make.cycle("other")
    mentor = make.mentor("Skopje")
    author = make.mobilizer("Polog", mentor=mentor)
    entry = make.report(
        make.assignment(author, place=make.municipality("Tetovo", region="Polog")),
        month="2026-11",
        state="draft",
    )
    gone = make.mobilizer("Polog")
    past = make.report(make.assignment(gone), month="2026-11")
    gone.postings[0].ended_at = past.created_at
    make.photo(entry)
    make.clip(entry)
    people = {
        "author": author,
        "another mobilizer of the region": make.mobilizer("Polog"),
        "mentor of the region": make.mentor("Polog"),
        "her mentor, from elsewhere": mentor,
        "mentor of another region": make.mentor("Vardar"),
        "coordinator": make.coordinator(cycle=cycle),
        "coordinator of another cycle": make.coordinator(cycle=other),
        "administrator": make.administrator(),
    }
    return entry, past, gone, people


@pytest.mark.parametrize("who", list(SEES))
def test_an_entry_is_seen_by_those_whose_business_it_is(cast, who):
    entry, past, gone, people = cast
    if who == "author whose posting ended":
        entry, people = past, {who: gone}
    seen = db.session.scalars(visible_to(people[who]).where(Entry.id == entry.id)).all()
    assert bool(seen) is SEES[who]


@pytest.mark.parametrize("who", [who for who in SEES if who != "author whose posting ended"])
def test_a_photo_or_clip_is_seen_by_those_who_see_its_entry(cast, page, who):
    entry, _, _, people = cast
    files = [piece for piece in entry.evidence if piece.media_sha256]
    clip, photo = sorted(files, key=lambda piece: piece.kind == EvidenceKind.PHOTO)
    page.sign_in(people[who])
    expected = 200 if SEES[who] else 403 if who == "administrator" else 404
    page.get("monitoring.photo", uid=photo.id, width=320, ending="jpg", expect=expected)
    page.get("monitoring.clip", uid=clip.id, expect=expected)


VIEWS = [
    ("get", "show", {}),
    ("get", "screen", {"screen": "state"}),
    ("get", "screen", {"screen": "evidence"}),
    ("post", "save", {"screen": "state"}),
    ("post", "save_evidence", {}),
    ("get", "check", {}),
    ("post", "send", {}),
    ("get", "same", {}),
    ("post", "same", {}),
    ("get", "could_not", {}),
    ("post", "could_not", {}),
    ("post", "withdraw", {}),
    ("post", "discard", {}),
]


def test_every_view_of_a_report_is_in_the_table_below(app):
    named = {view for _, view, _ in VIEWS} | {"home", "photo", "clip", "evidence"}
    views = {rule.endpoint for rule in app.url_map.iter_rules()}
    assert {f"monitoring.{view}" for view in named} == {
        view for view in views if view.startswith("monitoring.")
    }


@pytest.mark.parametrize(("method", "view", "more"), VIEWS)
def test_anothers_report_is_not_found_by_its_address(make, page, method, view, more):
    """Not even by its mentor: what is filed is filed by its author."""
    entry = make.report(month="2026-11", state="returned")
    before = (entry.state, entry.newest, entry.draft)
    data = (
        {"data": {"rating": "kept", "link": VIDEO, "because": "away"}} if method == "post" else {}
    )
    for person in (make.mobilizer(), make.mobilizer("Vardar")):
        page.sign_in(person)
        page.get("monitoring.home")
        getattr(page, method)(f"monitoring.{view}", **on(entry), **more, **data, expect=404)
    page.sign_in(entry.assignment.mentor)
    page.get("/desk/", expect=None)
    getattr(page, method)(f"monitoring.{view}", **on(entry), **more, **data, expect=403)
    db.session.expire_all()
    assert (entry.state, entry.newest, entry.draft) == before


@pytest.mark.parametrize(("method", "view", "more"), VIEWS)
def test_nobody_signed_in_finds_nothing(make, page, method, view, more):
    entry = make.report(month="2026-11")
    db.session.commit()
    answer = getattr(page, method)(f"monitoring.{view}", **on(entry), **more, expect=None)
    assert answer.status in (302, 409)
    assert entry.newest == 1
