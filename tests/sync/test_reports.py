"""A report from a phone's outbox: taken once, under the rules of the forms."""

import hashlib
import json

from mobilizer.core import clock
from mobilizer.core.database import db
from mobilizer.evidence.models import Evidence, Upload
from mobilizer.monitoring import actions
from mobilizer.monitoring.models import Comment, Entry, Revision
from mobilizer.monitoring.rules.draft import Draft
from mobilizer.sync.models import Receipt
from tests.sync.phone import count, fields, link, photo, report, signed_in, uid


def test_a_report_becomes_the_first_revision_of_an_entry_of_that_name(make, phone):
    assignment = signed_in(make, phone)
    name, sent = uid(), json.dumps(report(assignment)).encode()

    receipt = phone.put(sent, entry=name).json

    assert receipt["sha256"] == hashlib.sha256(sent).hexdigest()
    assert (receipt["uid"], receipt["number"]) == (name, 1)
    assert receipt["entry"] == {
        "id": name,
        "state": "submitted",
        "revision": 1,
        "is_quarantined": False,
        "timeliness": "on_time",
    }
    assert receipt["promise"] is None
    assert receipt["media"] == []
    entry = db.session.get(Entry, name)
    assert entry.revisions[0].answers["rating"] == "in_progress"
    assert entry.evidence[0].address.endswith("dQw4w9WgXcQ")


def test_the_same_again_gives_the_same_receipt_and_no_second_revision(make, phone):
    """The answer was lost after the commit."""
    assignment = signed_in(make, phone)
    name, sent = uid(), report(assignment)
    first = phone.put(sent, entry=name).json
    assert phone.put(sent, 200, entry=name).json == first
    assert (count(Revision), count(Receipt)) == (1, 1)


def test_the_same_name_in_capitals_is_the_same_name(make, phone):
    assignment = signed_in(make, phone)
    name, sent = uid(), report(assignment)
    phone.put(sent, entry=name)
    phone.put(sent, 200, entry=name.upper())


def test_other_content_under_the_same_name_and_number_is_a_conflict(make, phone):
    assignment = signed_in(make, phone)
    name = uid()
    phone.put(report(assignment), entry=name)
    refused = phone.put(report(assignment, evidence=[link()]), 409, entry=name)
    assert refused.json["error"] == "conflict"
    assert count(Revision) == 1


def test_a_number_that_comes_after_a_later_one_is_a_conflict(make, phone):
    assignment = signed_in(make, phone)
    name = uid()
    phone.put(report(assignment), entry=name, number=2)
    assert phone.put(report(assignment), 409, entry=name).json["error"] == "conflict"


def test_the_next_number_is_the_next_revision(make, phone):
    assignment = signed_in(make, phone)
    name = uid()
    first = phone.put(report(assignment), entry=name)
    kept = {"id": db.session.get(Entry, name).evidence[0].id, "kind": "kept"}
    changed = report(assignment)["fields"] | {"value_1": "3"}
    second = report(assignment, evidence=[kept], fields=changed)
    assert phone.put(second, entry=name, number=2).json["entry"]["revision"] == 2
    assert first.json["entry"]["revision"] == 1
    assert count(Evidence) == 1


def test_a_name_means_one_month_of_one_assignment(make, phone):
    assignment = signed_in(make, phone)
    other = make.assignment(assignment.mobilizer)
    name = uid()
    phone.put(report(assignment), entry=name)
    for written in (report(other), report(assignment, month="2026-10")):
        refused = phone.put(written, 409, entry=name, number=2)
        assert refused.json["error"] == "conflict"


def test_a_report_goes_into_the_entry_that_another_device_has_begun(make, phone):
    assignment = signed_in(make, phone)
    begun = make.entry(assignment, month="2026-11")
    name = uid()
    receipt = phone.put(report(assignment), entry=name).json
    assert receipt["uid"] == name
    assert receipt["entry"]["id"] == begun.id
    again = report(assignment, fields=report(assignment)["fields"] | {"value_1": "3"})
    assert phone.put(again, entry=name, number=2).json["entry"]["revision"] == 2


def test_what_was_typed_on_a_page_after_it_was_saved_stays_typed(make, phone):
    assignment = signed_in(make, phone)
    begun = make.entry(assignment, month="2026-11")
    begun.draft, begun.draft_saved_at = Draft({"next_step": "Wait."}).as_data, clock.now()
    phone.put(report(assignment))
    db.session.refresh(begun)
    assert begun.draft["fields"] == {"next_step": "Wait."}


def test_what_was_typed_on_a_page_before_it_was_saved_is_what_was_sent(make, phone):
    assignment = signed_in(make, phone)
    begun = make.entry(assignment, month="2026-11")
    begun.draft, begun.draft_saved_at = Draft({"next_step": "Wait."}).as_data, clock.now()
    phone.put(report(assignment, saved_at="2026-11-22T23:30:00+01:00"))
    db.session.refresh(begun)
    assert begun.draft is None


def test_what_is_said_of_evidence_is_kept(make, phone):
    assignment = signed_in(make, phone)
    region = assignment.region.code
    piece = link(
        caption="The school",
        source_kind="visit",
        taken_on="2026-11-20",
        place=region,
        indicators=[1],
        has_consent=True,
    )
    request = {"id": uid(), "kind": "request", "address": "12-34/2026", "details": {}}
    phone.put(report(assignment, evidence=[piece, request]))
    kept = db.session.get(Evidence, piece["id"])
    assert (kept.caption, kept.source_kind, kept.place.code) == ("The school", "visit", region)
    assert (kept.taken_on.isoformat(), kept.indicators) == ("2026-11-20", [1])
    assert kept.has_consent
    assert db.session.get(Evidence, request["id"]).address == "12-34/2026"


def test_a_photo_is_announced_and_on_its_way(make, phone):
    assignment = signed_in(make, phone)
    piece = photo(b"abc")
    receipt = phone.put(report(assignment, evidence=[piece])).json
    named = {name: piece["media"][name] for name in ("id", "sha256")}
    assert receipt["media"] == [{**named, "state": "open", "received": 0, "fault": ""}]
    assert count(Upload) == 1


def test_same_as_last_month_is_one_tap(make, phone):
    assignment = signed_in(make, phone)
    make.report(assignment, month="2026-10", state="approved")
    written = report(assignment, kind="no_change", fields={}, evidence=None)
    phone.put(written)
    assert db.session.scalars(db.select(Revision).order_by(Revision.id.desc())).first().kind == (
        "no_change"
    )


def test_a_return_read_offline_is_answered_field_by_field(make, phone):
    assignment = signed_in(make, phone)
    entry = make.report(assignment, month="2026-11", state="returned")
    make.comment(entry, "rating", "Who said so?")
    kept = {"id": entry.evidence[0].id, "kind": "kept"}
    newest = entry.revisions[0].answers
    written = report(assignment, evidence=[kept], fields=newest)
    assert fields(phone.put(written, 422, entry=entry.id, number=2)) == ["rating"]
    phone.put({**written, "replies": {"rating": "The mayor did."}}, entry=entry.id, number=2)
    assert count(Comment) == 2


def test_another_matrix_version_leaves_out_what_is_not_asked_and_names_what_is(make, phone):
    """The matrix version changed while she was away."""
    assignment = signed_in(make, phone)
    old = report(assignment, matrix_version="0.9")
    lacking = {name: value for name, value in old["fields"].items() if name != "next_step"}
    lacking["no_longer_asked"] = "This stood in an older matrix."
    assert fields(phone.put({**old, "fields": lacking}, 422)) == ["next_step"]
    receipt = phone.put({**old, "fields": {**lacking, "next_step": "Go there."}})
    revision = db.session.get(Entry, receipt.json["entry"]["id"]).revisions[0]
    assert "no_longer_asked" not in revision.answers
    assert revision.matrix_version == "1"


def test_a_report_on_a_closed_month_is_kept_in_quarantine(make, phone):
    """The month closed meanwhile."""
    assignment = signed_in(make, phone)
    receipt = phone.put(report(assignment, month="2026-09")).json
    assert receipt["entry"]["is_quarantined"]
    assert receipt["entry"]["timeliness"] == "after_close"


def test_a_report_for_a_withdrawn_assignment_is_kept_in_quarantine(make, phone):
    """The assignment was withdrawn meanwhile."""
    assignment = signed_in(make, phone)
    assignment.withdrawn_at = clock.now()
    receipt = phone.put(report(assignment)).json
    assert receipt["entry"]["is_quarantined"]


def test_the_log_has_the_phones_time(make, phone):
    assignment = signed_in(make, phone)
    phone.put(report(assignment))
    revision = db.session.scalars(db.select(Revision)).one()
    assert revision.saved_at.isoformat() == "2026-11-22T09:30:00+00:00"


def test_a_taken_back_report_can_be_told_by_its_receipt(make, phone):
    assignment = signed_in(make, phone)
    name = uid()
    phone.put(report(assignment), entry=name)
    actions.withdraw(db.session.get(Entry, name), by=assignment.mobilizer)
    (receipt,) = phone.ask("/sync/receipts").json["receipts"]
    assert receipt["entry"]["state"] == "withdrawn"
