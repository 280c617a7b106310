"""A report from a phone's outbox: taken once, under the rules of the forms."""

import hashlib
import json

from mobilizer.core.database import db
from mobilizer.monitoring.models import Entry, Revision
from tests.sync.phone import link, report, uid


def count(model):
    db.session.rollback()
    return db.session.scalar(db.select(db.func.count()).select_from(model))


def signed_in(make, phone, **given):
    assignment = make.assignment(**given)
    phone.sign_in(assignment.mobilizer)
    return assignment


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
    assert receipt["media"] == []
    entry = db.session.get(Entry, name)
    assert entry.revisions[0].answers["rating"] == "in_progress"
    assert entry.evidence[0].address.endswith("dQw4w9WgXcQ")


def test_the_same_again_gives_the_same_receipt_and_no_second_revision(make, phone):
    assignment = signed_in(make, phone)
    name, sent = uid(), report(assignment)
    first = phone.put(sent, entry=name).json
    assert phone.put(sent, 200, entry=name).json == first
    assert count(Revision) == 1


def test_other_content_under_the_same_name_and_number_is_a_conflict(make, phone):
    assignment = signed_in(make, phone)
    name = uid()
    phone.put(report(assignment), entry=name)
    refused = phone.put(report(assignment, evidence=[link()]), 409, entry=name).json
    assert refused["error"] == "conflict"
    assert count(Revision) == 1


def test_the_pack_has_it(make, phone):
    assignment = signed_in(make, phone)
    pack = phone.ask("/sync/pack").json
    assert pack["assignments"][0]["id"] == assignment.id
    phone.put(report(assignment))
    again = phone.ask(f"/sync/pack?since={pack['version']}").json
    assert again["version"] != pack["version"]
    (current,) = [one for one in again["assignments"][0]["months"] if one["is_current"]]
    assert current["entry"]["state"] == "submitted"
    assert phone.ask(f"/sync/pack?since={again['version']}").json == {"version": again["version"]}
    phone.ask("/sync/receipts")
