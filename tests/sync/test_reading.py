"""Bytes that anybody could have sent: read as agreed on, or refused with each fault by its name."""

import json
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mobilizer.sync.rules.promises import promise_from
from mobilizer.sync.rules.reading import parsed
from mobilizer.sync.rules.refusals import Malformed
from mobilizer.sync.rules.reports import MOST_EVIDENCE, report_from
from tests.sync.phone import link, photo, uid

DEEP = b'{"a":' + b"[" * 100_000 + b"]" * 100_000 + b"}"

RIGHT = {
    "assignment": uid(),
    "month": "2026-11",
    "kind": "full",
    "fields": {"rating": "kept", "stagnation": ["unknown"]},
    "evidence": [link(caption="A school", indicators=[1], has_consent=True), photo(b"abc")],
    "contradiction_reason": "",
    "replies": {"": "Yes.", "rating": "It is."},
    "matrix_version": "1",
    "saved_at": "2026-11-22T10:30:00+01:00",
}


def changed(**given):
    return json.dumps({**RIGHT, **given}).encode()


def announced(**given):
    one = photo(b"a")
    return {**one, "media": {**one["media"], **given}}


def named(refused):
    return {fault.field for fault in refused.value.faults}


def test_a_report_as_agreed_on_is_read():
    found = report_from(changed())
    assert found.assignment == RIGHT["assignment"]
    assert found.month.isoformat() == "2026-11-01"
    assert found.fields == RIGHT["fields"]
    assert found.replies == RIGHT["replies"]
    assert found.evidence[0].told.indicators == (1,)
    assert found.evidence[1].media.size == 3


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"no",
        b"[]",
        b'"text"',
        b"null",
        b"\xff\xfe",
        b"\xef\xbb\xbf{}",
        b'{"a": 1, "a": 1}',
        b'{"a": NaN}',
        b'{"a": -Infinity}',
        b'{"a": 1.5}',
        b'{"a": 1e999}',
        b'{"a": 9007199254740992}',
        b'{"a": ' + b"9" * 5000 + b"}",
        b'{"a": "\\ud800"}',
        b'{"\\udfff": 1}',
        b'{"a": "\\u0000"}',
        b'{"a": "b',
        DEEP,
        b'{"a":{"b":{"c":{"d":{"e":{"f":{}}}}}}}',
    ],
)
def test_what_is_no_json_object_as_agreed_on_is_refused(body):
    with pytest.raises(Malformed):
        parsed(body)


@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(body):
    with suppress(Malformed):
        assert isinstance(parsed(body), dict)


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
        lambda inner: (
            st.lists(inner) | st.dictionaries(st.sampled_from([*RIGHT, "id", "media"]), inner)
        ),
        max_leaves=12,
    )
)
def test_anything_in_json_is_refused_by_name(value):
    for read in (report_from, promise_from):
        with pytest.raises(Malformed) as refused:
            read(json.dumps(value).encode())
        assert refused.value.faults


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"assignment": "x"}, "assignment"),
        ({"assignment": "00000000-0000-1000-8000-000000000000"}, "assignment"),
        ({"assignment": 7}, "assignment"),
        ({"month": "2026-13"}, "month"),
        ({"month": "2026-11-01"}, "month"),
        ({"kind": "other"}, "kind"),
        ({"kind": None}, "kind"),
        ({"fields": []}, "fields"),
        ({"fields": {"rating": 1}}, "fields.rating"),
        ({"fields": {"rating": ["a", 1]}}, "fields.rating"),
        ({"fields": {"rating": {"a": "b"}}}, "fields.rating"),
        ({"fields": {"rating": "a" * 20_001}}, "fields.rating"),
        ({"fields": {"Bad name": "a"}}, "fields.Bad name"),
        ({"fields": {f"f{n}": "a" for n in range(201)}}, "fields.f200"),
        ({"evidence": {}}, "evidence"),
        ({"evidence": ["a"]}, "evidence.0"),
        ({"evidence": [link() for _ in range(MOST_EVIDENCE + 1)]}, "evidence"),
        ({"evidence": [{"id": "x", "kind": "kept"}]}, "evidence.0.id"),
        ({"evidence": [{"id": uid(), "kind": "kept", "address": "x"}]}, "evidence.0.address"),
        ({"evidence": [{"id": uid(), "kind": "link"}]}, "evidence.0.address"),
        ({"evidence": [{"id": uid(), "kind": "photo"}]}, "evidence.0.media"),
        ({"evidence": [announced(id="x")]}, "evidence.0.media.id"),
        ({"evidence": [announced(sha256="A" * 64)]}, "evidence.0.media.sha256"),
        ({"evidence": [announced(size=-1)]}, "evidence.0.media.size"),
        ({"evidence": [announced(size=True)]}, "evidence.0.media.size"),
        ({"evidence": [announced(name="holiday.jpg")]}, "evidence.0.media.name"),
        ({"evidence": [{**photo(b"a"), "address": "x"}]}, "evidence.0.address"),
        ({"evidence": [link(indicators=[0])]}, "evidence.0.details.indicators"),
        ({"evidence": [link(indicators=[True])]}, "evidence.0.details.indicators"),
        ({"evidence": [link(has_consent="yes")]}, "evidence.0.details.has_consent"),
        ({"evidence": [link(more="x")]}, "evidence.0.details.more"),
        ({"evidence": [RIGHT["evidence"][0]] * 2}, "evidence"),
        ({"kind": "no_change"}, "evidence"),
        ({"contradiction_reason": 1}, "contradiction_reason"),
        ({"replies": {"rating": 1}}, "replies.rating"),
        ({"replies": {"No name": "a"}}, "replies.No name"),
        ({"matrix_version": 1}, "matrix_version"),
        ({"saved_at": "yesterday"}, "saved_at"),
        ({"saved_at": "2026-11-22T10:30:00"}, "saved_at"),
        ({"saved_at": "0001-01-01T00:00:00+14:00"}, "saved_at"),
        ({"saved_at": 5}, "saved_at"),
        ({"sent_at": "2026-11-22T10:30:00+01:00"}, "sent_at"),
    ],
)
def test_each_fault_of_a_report_names_its_field(given, field):
    with pytest.raises(Malformed) as refused:
        report_from(changed(**given))
    assert named(refused) == {field}


@pytest.mark.parametrize("name", ["assignment", "month", "kind", "matrix_version", "saved_at"])
def test_what_is_needed_and_missing_is_named(name):
    with pytest.raises(Malformed) as refused:
        report_from(json.dumps({key: RIGHT[key] for key in RIGHT if key != name}).encode())
    assert named(refused) == {name}


def test_all_faults_are_told_at_once():
    with pytest.raises(Malformed) as refused:
        report_from(changed(kind="other", month="x", more=1))
    assert named(refused) == {"kind", "month", "more"}


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"cycle": None}, "cycle"),
        ({"cycle": "a" * 41}, "cycle"),
        ({"fields": None}, "fields"),
        ({"fields": {"exact_words": 1}}, "fields.exact_words"),
        ({"fields": {"indicators-0-methods": [1]}}, "fields.indicators-0-methods"),
        ({"fields": {"<b>": "a"}}, "fields.<b>"),
        ({"more": "a"}, "more"),
    ],
)
def test_each_fault_of_a_promise_names_its_field(given, field):
    right = {"cycle": "c", "fields": {"title": "A"}, "saved_at": "2026-11-22T10:30:00+01:00"}
    with pytest.raises(Malformed) as refused:
        promise_from(json.dumps({**right, **given}).encode())
    assert named(refused) == {field}
