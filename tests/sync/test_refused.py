"""A report that cannot be taken: refused with a code, every fault by its field, nothing kept."""

import pytest

from mobilizer.core import clock
from mobilizer.evidence.models import Evidence
from mobilizer.monitoring.models import Entry, Revision
from mobilizer.sync.models import Receipt
from tests.monitoring.answers import LONG
from tests.sync.phone import count, fields, link, photo, report, signed_in, uid


def test_every_fault_names_its_field_in_the_language_of_the_person(make, phone):
    assignment = signed_in(make, phone)
    written = report(assignment, fields={"rating": "kept", "rating_reason": "Short."})
    refused = phone.put(written, 422)
    assert refused.json["error"] == "incomplete"
    assert fields(refused) == [
        "rating_reason",
        "next_step",
        "value_1",
        "light_1",
        "finding_1",
    ]
    assert all(fault["message"] for fault in refused.json["faults"])
    assert (count(Entry), count(Evidence), count(Receipt)) == (0, 0, 0)


def test_a_report_without_evidence_is_told_so(make, phone):
    assignment = signed_in(make, phone)
    assert fields(phone.put(report(assignment, evidence=[]), 422)) == ["evidence"]


@pytest.mark.parametrize(
    ("piece", "field"),
    [
        (link("not a link"), "evidence.1.address"),
        ({**link("<script>"), "kind": "request"}, "evidence.1.address"),
        (link(taken_on="2026-11-23"), "evidence.1.taken_on"),
        (link(taken_on="yesterday"), "evidence.1.taken_on"),
        (link(place="MK999"), "evidence.1.place"),
        (link(source_kind="rumour"), "evidence.1.source_kind"),
        (link(indicators=[2]), "evidence.1.indicators"),
        (link(caption="a" * 301), "evidence.1.caption"),
        (photo(b""), "evidence.1.media"),
        ({"id": uid(), "kind": "kept"}, "evidence.1.id"),
    ],
)
def test_a_fault_of_evidence_names_the_piece_and_its_field(make, phone, piece, field):
    assignment = signed_in(make, phone)
    refused = phone.put(report(assignment, evidence=[link(), piece]), 422)
    assert fields(refused) == [field]
    assert count(Evidence) == 0


def test_a_request_that_is_proved_and_denied_needs_a_reason(make, phone):
    assignment = signed_in(make, phone)
    request = {"id": uid(), "kind": "request", "address": "12-34/2026", "details": {}}
    denied = {**report(assignment)["fields"], "foi": "not_sent"}
    refused = phone.put(report(assignment, fields=denied, evidence=[request]), 422)
    assert fields(refused) == ["contradiction_reason"]


def test_could_not_find_out_needs_a_reason(make, phone):
    assignment = signed_in(make, phone)
    written = report(assignment, kind="not_found_out", fields={}, evidence=None)
    assert fields(phone.put(written, 422)) == ["because"]
    phone.put({**written, "fields": {"because": "no_access", "tried": LONG}})


def test_a_short_report_over_a_full_one_that_waits_is_told_otherwise(make, phone):
    assignment = signed_in(make, phone)
    make.report(assignment, month="2026-11")
    written = report(
        assignment, kind="not_found_out", fields={"because": "no_access"}, evidence=None
    )
    assert phone.put(written, 409).json["error"] == "told_otherwise"


@pytest.mark.parametrize("state", ["approved", "rejected", "withdrawn"])
def test_an_entry_decided_meanwhile_takes_no_more(make, phone, state):
    assignment = signed_in(make, phone)
    entry = make.report(assignment, month="2026-11", state=state)
    for written in (report(assignment), report(assignment, fields={})):
        refused = phone.put(written, 409, entry=entry.id, number=2)
        assert refused.json["error"] == "decided"
    assert count(Revision) == 1


def test_a_month_that_has_not_opened_is_told_beside_the_month(make, phone):
    assignment = signed_in(make, phone)
    refused = phone.put(report(assignment, month="2026-12"), 422)
    assert fields(refused) == ["month"]


def test_anothers_assignment_is_not_there(make, phone):
    signed_in(make, phone)
    other = make.assignment()
    assert phone.put(report(other), 404).json["error"] == "unknown"
    assert count(Entry) == 0


def test_what_was_hers_in_a_cycle_she_has_left_is_not_hers(make, phone):
    assignment = signed_in(make, phone)
    make.posting(assignment.mobilizer, "mobilizer", "Polog", cycle=make.cycle())
    assignment.mobilizer.postings[0].ended_at = clock.now()
    assert phone.put(report(assignment), 404).json["error"] == "unknown"


def test_a_name_that_is_anothers_entry_is_not_there(make, phone):
    theirs = make.report()
    assignment = signed_in(make, phone)
    refused = phone.put(report(assignment), 404, entry=theirs.id)
    assert refused.json["error"] == "unknown"
    assert count(Entry) == 1


def test_a_name_that_is_anothers_evidence_or_file_is_not_there(make, phone):
    theirs = make.report(make.assignment(), month="2026-11")
    proof = theirs.evidence[0]
    assignment = signed_in(make, phone)
    for piece in (link(), photo(b"abc")):
        refused = phone.put(report(assignment, evidence=[{**piece, "id": proof.id}]), 404)
        assert refused.json["error"] == "unknown"
    kept = [{"id": proof.id, "kind": "kept"}]
    assert fields(phone.put(report(assignment, evidence=kept), 422)) == ["evidence.0.id"]


def test_a_piece_of_evidence_that_says_something_else_under_its_name_is_a_conflict(make, phone):
    assignment = signed_in(make, phone)
    name, piece = uid(), link()
    phone.put(report(assignment, evidence=[piece]), entry=name)
    other = {**piece, "address": "https://news.example/other"}
    refused = phone.put(report(assignment, evidence=[other]), 409, entry=name, number=2)
    assert refused.json["error"] == "conflict"


@pytest.mark.parametrize("body", [b"", b"no", b"[" * 200_000, b'{"a": NaN}', b'{"a": "\\ud800"}'])
def test_what_is_no_json_is_malformed(make, phone, body):
    signed_in(make, phone)
    refused = phone.put(body, 400)
    assert refused.json["error"] == "malformed"
    assert fields(refused) == [""]


def test_unknown_fields_are_named(make, phone):
    assignment = signed_in(make, phone)
    refused = phone.put(report(assignment, sent_at="now", bad=1), 400)
    assert fields(refused) == ["sent_at", "bad"]


def test_a_body_too_large_is_refused_unread(make, phone):
    assignment = signed_in(make, phone)
    too_large = report(assignment, contradiction_reason="a" * 256 * 1024)
    assert phone.put(too_large, 413).json["error"] == "too_large"


def test_a_name_that_is_not_random_is_refused_by_its_name(make, phone):
    assignment = signed_in(make, phone)
    first = "00000000-0000-1000-8000-000000000001"
    assert fields(phone.put(report(assignment), 400, entry=first)) == ["uid"]


def test_a_form_is_no_report(make, phone):
    signed_in(make, phone)
    refused = phone.put(b"assignment=1", 400, Content_Type="application/x-www-form-urlencoded")
    assert refused.json["error"] == "malformed"
