"""A promise logged on a phone: saved once, under the rules of the screens."""

import pytest

from mobilizer.core.database import db
from mobilizer.promises.models import Promise, PromiseDraft
from mobilizer.sync.models import Receipt
from tests.sync.phone import count, fields, report, uid
from tests.sync.promising import promise


def put(phone, written, expect=201, name=None):
    return phone.send(f"/sync/promises/{name or uid()}", written, expect)


@pytest.fixture
def her(make, phone):
    user = make.mobilizer()
    phone.sign_in(user)
    return user


def test_a_promise_is_saved_as_a_draft_of_hers(make, phone, her):
    receipt = put(phone, promise(make)).json
    saved = db.session.scalars(db.select(Promise)).one()
    assert receipt["promise"] == {"number": saved.number, "state": "draft"}
    assert (receipt["entry"], receipt["media"], receipt["number"]) == (None, [], 1)
    assert saved.logged_by_id == her.id
    assert saved.titles == {"mk": "Десет училишта"}
    assert saved.indicators[0].methods == ["documents", "visit"]


def test_the_same_again_gives_the_same_receipt_and_no_second_promise(make, phone, her):
    name, written = uid(), promise(make)
    first = put(phone, written, name=name).json
    assert put(phone, written, 200, name=name).json == first
    assert (count(Promise), count(Receipt)) == (1, 1)


def test_other_content_under_the_same_name_is_a_conflict(make, phone, her):
    name = uid()
    put(phone, promise(make), name=name)
    refused = put(phone, promise(make, title=["Други училишта"]), 409, name=name)
    assert refused.json["error"] == "conflict"
    assert count(Promise) == 1


def test_a_text_alone_is_a_list_of_one(make, phone, her):
    put(phone, promise(make, title="Десет училишта"))


def test_a_draft_typed_on_the_pages_under_the_same_name_is_the_same_draft(make, phone, her):
    name = uid()
    phone.page.post(
        f"/field/promises/{name}/words?cycle={make.the_cycle().code}",
        data={"exact_words": "We will.", "go": "later", "cycle": make.the_cycle().code},
    )
    put(phone, promise(make), name=name)
    assert (count(Promise), count(PromiseDraft)) == (1, 1)


@pytest.mark.parametrize(
    ("changed", "named"),
    [
        ({"exact_words": ["Short."]}, ["exact_words"]),
        ({"exact_words": None, "title": [" "]}, ["exact_words", "title"]),
        ({"party": ["Nobody's Party"]}, ["party"]),
        ({"topic": ["nothing"], "due": ["date"]}, ["topic", "due_on"]),
        ({"places": ["MK999"]}, ["places"]),
        ({"indicators-0-target": ["many"]}, ["indicators-0-target"]),
        ({"indicators-0-text": [""], "indicators-0-target": [""]}, ["indicators-0-text"]),
        ({"said_on": ["22.11.2030"]}, ["said_on"]),
    ],
)
def test_every_fault_names_the_field_as_the_screens_do(make, phone, her, changed, named):
    refused = put(phone, promise(make, **changed), 422)
    assert refused.json["error"] == "incomplete"
    assert fields(refused) == named
    assert all(fault["message"] for fault in refused.json["faults"])
    assert (count(Promise), count(PromiseDraft)) == (0, 0)


def test_a_promise_with_nothing_typed_is_told_all_that_is_needed(make, phone, her):
    written = promise(make)
    refused = put(phone, {**written, "fields": {}}, 422)
    assert {"exact_words", "source_title", "topic", "indicators-0-text"} <= set(fields(refused))


def test_faults_are_told_in_the_language_of_the_person(make, phone, her):
    her.language = "en"
    refused = put(phone, promise(make, title=[""]), 422)
    assert refused.json["faults"] == [{"field": "title", "message": "This is needed."}]


def test_a_cycle_she_does_not_log_in_is_not_there(make, phone, her):
    elsewhere = make.cycle().code
    for code in (elsewhere, "nothing"):
        assert put(phone, {**promise(make), "cycle": code}, 404).json["error"] == "unknown"


def test_anothers_draft_is_not_there(make, phone, her):
    other = make.mobilizer()
    draft = PromiseDraft(
        id=uid(),
        author_id=other.id,
        cycle_id=make.the_cycle().id,
        typed={},
        updated_at=other.created_at,
    )
    make._keep(draft)
    assert put(phone, promise(make), 404, name=draft.id).json["error"] == "unknown"


def test_what_was_saved_on_the_pages_meanwhile_is_not_saved_twice(make, phone, her):
    name = uid()
    make._keep(
        PromiseDraft(
            id=name,
            author_id=her.id,
            cycle_id=make.the_cycle().id,
            typed={},
            promise_id=make.promise(logged_by=her).id,
            updated_at=her.created_at,
        )
    )
    assert put(phone, promise(make), 409, name=name).json["error"] == "conflict"


def test_a_name_is_a_reports_or_a_promises_never_both(make, phone, her):
    assignment, name = make.assignment(her), uid()
    phone.put(report(assignment), entry=name)
    assert put(phone, promise(make), 409, name=name).json["error"] == "conflict"
    other = uid()
    put(phone, promise(make), name=other)
    assert phone.put(report(assignment), 409, entry=other).json["error"] == "conflict"
    assert phone.put(report(assignment), 409, entry=other, number=2).json["error"] == "conflict"


def test_a_mentor_logs_too(make, phone):
    phone.sign_in(make.mentor())
    put(phone, promise(make))
    assert len(phone.ask("/sync/receipts").json["receipts"]) == 1
