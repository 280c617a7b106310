"""A mobilizer files her month on the phone, screen by screen."""

import pytest

from mobilizer.core.database import db
from mobilizer.cycles.rules import Level
from mobilizer.monitoring.models import Entry, Revision
from mobilizer.monitoring.rules.workflow import EntryState, RevisionKind
from tests.monitoring.filing import FINDING, REASON, VIDEO, fill, on, where

WALLS = "The walls of the first school stand now."

pytestmark = pytest.mark.usefixtures("november")


def the_entry() -> Entry:
    return db.session.scalars(db.select(Entry)).one()


def revisions() -> list[Revision]:
    return list(db.session.scalars(db.select(Revision).order_by(Revision.id)))


def test_a_report_with_a_video_link_goes_from_the_home_screen_to_the_mentor(make, page):
    assignment = make.assignment()
    page.sign_in(assignment.mobilizer)

    assert "File November 2026" in page.get("monitoring.home")
    fill(page, assignment)
    page.post("monitoring.send", **where(assignment))

    entry, (revision,) = the_entry(), revisions()
    assert (entry.state, entry.newest, entry.draft) == (EntryState.SUBMITTED, 1, None)
    assert revision.kind == RevisionKind.FULL
    assert revision.answers["value_1"] == "2"
    assert [piece.address for piece in revision.evidence] == [VIDEO]
    assert "Waiting for review" in page.get("monitoring.home")


def test_a_local_promise_asks_for_steps_and_participation(make, page):
    assignment = make.assignment(promise=make.promise(level=Level.LOCAL))
    page.sign_in(assignment.mobilizer)
    fill(page, assignment)

    assert "Decision to start" in page.get("monitoring.screen", screen="local", **where(assignment))
    page.post("monitoring.send", expect=200, **where(assignment))
    assert revisions() == []
    page.get("monitoring.screen", screen="local", **where(make.assignment()), expect=404)


@pytest.mark.parametrize(
    ("screen", "published"),
    [("state", "rating_reason"), ("indicator-1", "finding_1"), ("indicator-1", "tried_1")],
)
def test_where_a_text_will_be_published_the_page_says_so(make, page, screen, published):
    assignment = make.assignment()
    page.sign_in(assignment.mobilizer)
    shown = page.get("monitoring.screen", screen=screen, **where(assignment))
    assert "It will be published." in shown.texts(f"#{published}-hint")[0]
    short = page.get("monitoring.could_not", **where(assignment))
    assert "It will be published." in short.texts("#tried-hint")[0]


def test_a_screen_keeps_what_is_wrong_and_says_what_it_is(make, page):
    assignment = make.assignment()
    page.sign_in(assignment.mobilizer)
    typed = {"rating": "kept", "rating_reason": "too short", "next_step_on": "soon"}

    again = page.post(
        "monitoring.save", screen="state", **where(assignment), data=typed, expect=200
    )

    assert "At least 30 characters; this has 9." in again
    assert "This is not a date." in again
    assert "This is needed." in again
    assert the_entry().draft["fields"] == typed
    later = page.get("monitoring.screen", screen="state", **where(assignment))
    assert "too short" in later


def test_saving_for_later_asks_nothing(make, page):
    assignment = make.assignment()
    page.sign_in(assignment.mobilizer)
    typed = {"rating_reason": "to be continued", "go": "later"}

    page.post("monitoring.save", screen="state", **where(assignment), data=typed)

    assert "Go on with November 2026" in page.get("monitoring.home")
    assert the_entry().draft["fields"] == {"rating_reason": "to be continued"}


def test_going_back_keeps_everything(make, page):
    assignment = make.assignment()
    page.sign_in(assignment.mobilizer)
    fill(page, assignment)

    first = page.get("monitoring.screen", screen="state", **where(assignment))

    assert REASON in first
    assert FINDING in page.get("monitoring.screen", screen="indicator-1", **where(assignment))


def test_what_is_missing_is_said_before_sending_and_links_to_its_screen(make, page):
    assignment = make.assignment()
    page.sign_in(assignment.mobilizer)
    fill(page, assignment, only=("state",))

    check = page.post("monitoring.send", **where(assignment), expect=200)

    assert revisions() == []
    targets = {link.attrs["href"].rpartition("/")[2] for link in check.query(".errors a")}
    assert {"indicator-1", "evidence"} <= targets


def test_a_contradiction_is_shown_before_sending_and_needs_a_reason(make, page):
    assignment = make.assignment()
    page.sign_in(assignment.mobilizer)
    fill(page, assignment, rating="kept", value="2")

    check = page.get("monitoring.check", **where(assignment))
    assert "a value has not reached its target" in check
    page.post("monitoring.send", **where(assignment), expect=200)
    assert revisions() == []

    why = "The municipality counts annexes as schools, and so does the programme."
    page.post("monitoring.send", **where(assignment), data={"contradiction_reason": why})
    assert revisions()[0].contradiction_reason == why


def test_the_reason_for_standing_still_is_asked_on_a_screen_of_its_own(make, page):
    assignment = make.assignment()
    page.sign_in(assignment.mobilizer)
    fill(page, assignment, only=("state",))

    sent = page.post(
        "monitoring.save",
        screen="indicator-1",
        **where(assignment),
        data={"value_1": "0", "light_1": "red", "finding_1": FINDING},
    )

    assert sent.location.endswith("/standstill")
    page.get("monitoring.screen", screen="standstill", **where(assignment))


def test_this_month_begins_where_last_month_ended(make, page):
    assignment = make.assignment()
    make.report(assignment, month="2026-10", finding_1=WALLS)
    page.sign_in(assignment.mobilizer)

    page.get("monitoring.screen", screen="state", **where(assignment))
    indicator = page.get("monitoring.screen", screen="indicator-1", **where(assignment))
    assert WALLS in indicator

    page.post(
        "monitoring.save",
        screen="indicator-1",
        **where(assignment),
        data={
            "value_1": "3",
            "light_1": "yellow",
            "finding_1": WALLS,
        },
    )
    check = page.get("monitoring.check", **where(assignment))
    assert check.texts("section[aria-labelledby=summary] dt") == ["Current value"]


def test_a_first_report_with_one_link_takes_twelve_taps_at_most(make, page, monkeypatch):
    """A field typed or chosen is a tap, and so is every button, the first on the home screen."""
    assignment = make.assignment()
    page.sign_in(assignment.mobilizer)
    taps = ["File November 2026"]
    post = page.post

    def tapped(view, *, data=None, **values):
        taps.extend([*(data or {}), view])
        return post(view, data=data, **values)

    monkeypatch.setattr(page, "post", tapped)
    fill(page, assignment)
    page.post("monitoring.send", **where(assignment))

    assert len(revisions()) == 1
    assert len(taps) <= 12


def test_a_month_that_has_not_opened_is_refused_in_a_sentence(make, page):
    assignment = make.assignment()
    page.sign_in(assignment.mobilizer)
    december = where(assignment, "2026-12")

    assert "can be reported on from" in page.get("monitoring.show", **december)
    page.get("monitoring.screen", screen="state", **december, expect=302)
    page.post("monitoring.save", screen="state", **december, data={"rating": "kept"}, expect=409)
    assert db.session.scalar(db.select(Entry)) is None


@pytest.mark.parametrize("month", ["2026-13", "November", "2026-1", "2026-11-01", "20266-11"])
def test_an_address_that_names_no_month_is_not_found(make, page, month):
    assignment = make.assignment()
    page.sign_in(assignment.mobilizer)
    page.get("monitoring.show", **where(assignment, month), expect=404)


@pytest.mark.parametrize("screen", ["indicator-2", "indicator", "state-1", "indicator-01", "xyz"])
def test_an_address_that_names_no_screen_is_not_found(make, page, screen):
    assignment = make.assignment()
    page.sign_in(assignment.mobilizer)
    page.get("monitoring.screen", screen=screen, **where(assignment), expect=404)


def test_months_outside_the_assignment_are_not_found(make, page):
    assignment = make.assignment(first_month="2026-11")
    page.sign_in(assignment.mobilizer)
    page.get("monitoring.show", **where(assignment, "2026-10"), expect=404)


def test_what_was_sent_can_be_changed_until_it_is_decided_on(make, page):
    assignment = make.assignment()
    page.sign_in(assignment.mobilizer)
    fill(page, assignment)
    page.post("monitoring.send", **where(assignment))

    fill(page, assignment, only=("state",), rating="partly_kept")
    page.post("monitoring.send", **where(assignment))

    first, second = revisions()
    assert (first.answers["rating"], second.answers["rating"]) == ("in_progress", "partly_kept")
    assert second.evidence == first.evidence


@pytest.mark.parametrize("state", [EntryState.APPROVED, EntryState.REJECTED, EntryState.WITHDRAWN])
def test_what_was_decided_on_cannot_be_sent_again(make, page, state):
    entry = make.report(month="2026-11", state=state)
    page.sign_in(entry.assignment.mobilizer)

    page.get("monitoring.screen", screen="state", **on(entry), expect=302)
    typed = {"rating": "kept", "rating_reason": REASON}
    again = page.post("monitoring.save", screen="state", **on(entry), data=typed, expect=409)
    assert "not open to a report in the state" in again.texts("#errors")[0]
    assert REASON in again.texts("#rating_reason")[0]
    sent = {"link": VIDEO, "go": "add"}
    again = page.post("monitoring.save_evidence", **on(entry), data=sent, expect=409)
    assert again.query("#link")[0].attrs["value"] == VIDEO
    page.post("monitoring.send", **on(entry), data={"note_mentor": REASON}, expect=409)
    page.post("monitoring.same", **on(entry))
    assert the_entry().newest == 1


def test_the_author_takes_back_what_was_not_decided_on(make, page):
    entry = make.report(month="2026-11")
    page.sign_in(entry.assignment.mobilizer)
    page.get("monitoring.show", **on(entry))

    for _ in "twice":
        page.post("monitoring.withdraw", **on(entry))

    assert the_entry().state == EntryState.WITHDRAWN
    assert len(revisions()) == 1
    assert "Taken back" in page.get("monitoring.show", **on(entry))


def test_a_draft_is_thrown_away_and_what_was_sent_stays(make, page):
    entry = make.report(month="2026-11")
    page.sign_in(entry.assignment.mobilizer)
    fill(page, entry.assignment, only=("state",), rating="broken")

    page.post("monitoring.discard", **on(entry))

    assert (the_entry().draft, the_entry().newest) == (None, 1)


def test_words_of_the_author_are_shown_as_words(make, page):
    assignment = make.assignment()
    page.sign_in(assignment.mobilizer)
    nasty = "<img src=x onerror=alert(1)> {{ 7 * 7 }} ' \" </textarea>"
    fill(page, assignment)
    page.post(
        "monitoring.save",
        screen="state",
        **where(assignment),
        data={
            "rating": "in_progress",
            "rating_reason": nasty,
            "next_step": nasty,
        },
    )

    for view in ("check", "show"):
        answer = page.get(f"monitoring.{view}", **where(assignment))
        assert not answer.query("img")
    assert nasty in page.get("monitoring.check", **where(assignment)).text
