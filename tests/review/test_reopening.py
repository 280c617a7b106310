"""What was approved is sent back to be corrected: by whom, why, and what the public reads."""

from datetime import timedelta
from xml.etree import ElementTree as ET

import pytest

from mobilizer.core import clock
from mobilizer.core.database import db
from mobilizer.core.errors import RuleBroken
from mobilizer.cycles.rules import Timeliness
from mobilizer.findings.queries import broken_links
from mobilizer.jobs.models import Job
from mobilizer.monitoring.actions import submit
from mobilizer.monitoring.rules.answers import Incomplete
from mobilizer.monitoring.rules.revision import Sent
from mobilizer.monitoring.rules.workflow import EntryState, RevisionKind
from mobilizer.review.actions import DecidedAlready, reopen
from mobilizer.review.models import Reopening
from mobilizer.review.rules import REASON_LONGEST, Verdict
from mobilizer.scoring.rules import Rating
from mobilizer.working import worker
from tests.review.stored import NOW, findings, how_many

WHY = "The decree is of another year."
SAID = "Words that say what was seen, where, when and by whom."
ATOM = "{http://www.w3.org/2005/Atom}"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"


@pytest.fixture(autouse=True)
def november():
    with clock.at(NOW):
        yield


@pytest.fixture
def entry(make):
    """An approved report that says "kept"."""
    entry = make.report(make.assignment(), Rating.KEPT, month="2026-11", value_1="10")
    make.decision(entry, "approve")
    return entry


def mended(entry, rating="in_progress", **answers):
    """The author's next revision."""
    newest = entry.revisions[-1]
    told = newest.answers | {"rating": rating, "rating_reason": SAID, **answers}
    fields = {name: value for name, value in told.items() if isinstance(value, str | list)}
    evidence = tuple(one.id for one in newest.evidence)
    sent = Sent(fields=fields, evidence=evidence, contradiction_reason=SAID)
    return submit(entry, sent, by=entry.assignment.mobilizer)


def test_the_finding_stays_until_a_newer_one_corrects_it(make, entry):
    make.reopening(entry, WHY)
    assert entry.state is EntryState.RETURNED
    assert [one.rating for one in findings()] == [Rating.KEPT]

    mended(entry)
    make.decision(entry, "approve")

    first, second = findings()
    assert (second.corrects, second.rating) == (first.number, Rating.IN_PROGRESS)
    assert second.content["correction"] == {"reason": WHY, "language": "en"}
    assert list(broken_links()) == []


def test_a_finding_is_corrected_once_and_the_correction_can_be_corrected(make, entry):
    for rating in ("in_progress", "partly_kept"):
        make.reopening(entry, WHY)
        mended(entry, rating)
        make.decision(entry, "approve")

    assert [one.corrects for one in findings()] == [None, 1, 2]


def test_what_corrects_a_finding_says_how_things_stand(make, entry):
    """Could she not find out, the wrong finding would stay the newest word."""
    make.reopening(entry, WHY)
    make.revision(entry, kind=RevisionKind.NOT_FOUND_OUT, evidence=[], because="no_reply")
    entry.state = EntryState.SUBMITTED

    with pytest.raises(Incomplete) as refused:
        make.decision(entry, "approve")

    assert refused.value.faults[0].field == "verdict"
    assert len(findings()) == 1


def test_its_author_reads_why_and_is_told_once(make, entry):
    make.reopening(entry, WHY)
    db.session.commit()

    assert [comment.text for comment in entry.comments] == [WHY]
    worker().drain()
    kinds = [job.payload.get("kind") for job in db.session.scalars(db.select(Job))]
    assert kinds.count("returned") <= 1


def test_reopened_twice_it_is_done_once(make, entry):
    coordinator = make.coordinator()
    made = reopen(entry.id, WHY, by=coordinator)

    assert reopen(entry.id, f" {WHY} ", by=coordinator) is made
    with pytest.raises(RuleBroken, match="not open"):
        reopen(entry.id, "Another reason altogether.", by=coordinator)
    assert how_many(Reopening) == 1


@pytest.mark.parametrize("typed", ["", " too few ", "x" * (REASON_LONGEST + 1)])
def test_a_reason_that_is_none_is_refused_beside_its_field(make, page, entry, typed):
    page.sign_in(make.coordinator())

    shown = page.post("review.reopen", entry_id=entry.id, data={"reason": typed}, expect=422)

    assert 'id="reason-error"' in shown.source
    assert typed.strip() in shown.source
    assert entry.state is EntryState.APPROVED


def test_only_the_coordinator_is_offered_it(make, page, entry):
    for person, offered in ((make.coordinator(), True), (entry.assignment.mentor, False)):
        page.sign_in(person)
        shown = page.get("review.show", entry_id=entry.id)
        assert ("Why it is corrected" in shown) == offered
    page.post("review.reopen", entry_id=entry.id, data={"reason": WHY}, expect=403)


def test_a_correction_is_read_in_public_with_its_reason_and_both_ways(make, page, entry):
    make.reopening(entry, WHY)
    mended(entry)
    make.decision(entry, "approve")
    db.session.commit()

    listed = page.get("scorecards.corrections", lang="en")
    shown = page.get("scorecards.promise", lang="en", number=entry.assignment.promise.number)

    for told in (listed, shown):
        assert WHY in told
    assert "Kept" in listed
    assert "corrects finding 1" in shown
    assert "corrected by finding 2" in shown
    for view in ("corrections", "promise"):
        number = {"number": entry.assignment.promise.number} if view == "promise" else {}
        there = page.get(f"scorecards.{view}", lang="sq", **number)
        assert f"{WHY} (në anglisht)" in there.text, "its language is said where it is another"


@pytest.mark.parametrize(("page_language", "tag"), [("en", "en"), ("mk", "mk"), ("sr", "sr-Latn")])
def test_corrections_can_be_followed(make, page, entry, page_language, tag):
    make.reopening(entry, WHY)
    mended(entry)
    make.decision(entry, "approve")
    db.session.commit()

    answer = page.client.get(f"/{page_language}/corrections.atom")

    assert answer.mimetype == "application/atom+xml"
    assert "Set-Cookie" not in answer.headers
    assert "public" in answer.headers["Cache-Control"]
    feed = ET.fromstring(answer.data)  # our own words
    [one] = feed.findall(f"{ATOM}entry")
    assert feed.get(LANG) == tag
    for words in (one.find(f"{ATOM}title"), one.find(f"{ATOM}content")):
        assert words.get(LANG, tag) == "en"
    assert one.find(f"{ATOM}content").text == WHY
    for place in (feed, one):
        assert place.find(f"{ATOM}id").text.startswith(("http", "urn:uuid:"))
        assert place.find(f"{ATOM}updated").text == "2026-11-22T00:00:00Z"


def test_nobody_returns_or_rejects_her_way_out_of_a_correction(make, entry):
    """The finding still waits for the one that corrects it, however often it is sent back."""
    make.reopening(entry, WHY)
    mended(entry)
    make.decision(entry, Verdict.RETURN)
    mended(entry, rating="partly_kept")
    make.decision(entry, "approve")

    assert findings()[-1].corrects == 1


def test_what_nobody_is_left_to_mend_is_not_reopened(make, entry):
    entry.assignment.mobilizer.deactivated_at = NOW
    db.session.flush()

    with pytest.raises(RuleBroken, match="nobody could correct it"):
        make.reopening(entry, WHY)
    assert entry.state is EntryState.APPROVED


def test_the_same_decision_with_other_words_is_not_the_same(make):
    entry = make.report()
    make.decision(entry, Verdict.RETURN, whole="Please say where you saw it.")

    with pytest.raises(DecidedAlready):
        make.decision(entry, Verdict.RETURN, whole="And say when, too, please.")
    assert make.decision(entry, Verdict.RETURN, whole="Please say where you saw it.")


def test_what_was_decided_and_reopened_stands_in_one_line_the_latest_first(make, page, entry):
    make.reopening(entry, WHY)
    with clock.at(NOW + timedelta(days=1)):
        make.revision(entry, Rating.IN_PROGRESS, value_1="8")
        entry.state = EntryState.SUBMITTED
        make.decision(entry, "return", whole="Who said so?")
    page.sign_in(entry.assignment.mentor)
    line = page.get("review.show", entry_id=entry.id).texts("#decided ~ ol li b")
    assert [said.partition(" · ")[2] for said in line] == [
        "Returned for changes",
        "Reopened, to be corrected",
        "Approved",
    ]


def test_how_timely_it_was_is_said_of_the_first_version(make, page, entry):
    entry.timeliness = Timeliness.ON_TIME
    page.sign_in(entry.assignment.mentor)
    assert "first version" not in page.get("review.show", entry_id=entry.id)
    make.revision(entry, Rating.KEPT, value_1="11")
    assert "first version: On time" in page.get("review.show", entry_id=entry.id)
