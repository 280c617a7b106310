"""The form in which a row of the log is hashed, and what a broken chain is told as."""

import hashlib
import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

from hypothesis import given
from hypothesis import strategies as st

from mobilizer.audit.rules import GENESIS, Seal, Step, bind, canonical, faults

NOON = datetime(2026, 11, 1, 12, tzinfo=UTC)
details = st.dictionaries(st.text(max_size=6), st.text(max_size=6) | st.integers(), max_size=3)
OTHERS = {
    "id": 99,
    "at": NOON + timedelta(microseconds=1),
    "by_id": None,
    "verb": "entry.reject",
    "subject_kind": "finding",
    "subject_key": "1:2",
    "details": {"revision": 2},
    "phone_time": NOON,
}


def step(row, said=None):
    return Step(row, NOON, 7, "entry.approve", "entry", "x", said or {}, None)


def chain(*said):
    """Rows whose ids have gaps, as a rollback leaves them, and their seals."""
    seals, steps, before = [], {}, GENESIS
    for number, one in enumerate(said, 1):
        row = step(number * 3, one)
        seal = Seal(number, row.id, before, bind(before, number, canonical(row)))
        seals.append(seal)
        steps[row.id] = row
        before = seal.hash
    return seals, steps


def told(seals, steps):
    return [(fault.row, fault.says) for fault in faults(seals, steps, GENESIS, 1)]


@given(st.lists(details, max_size=5))
def test_a_log_as_it_was_written_has_no_fault(said):
    assert told(*chain(*said)) == []


@given(st.lists(details, min_size=1, max_size=5), st.sampled_from(sorted(OTHERS)), st.data())
def test_a_row_changed_in_any_column_is_named(said, column, data):
    seals, steps = chain(*said)
    row = data.draw(st.sampled_from(sorted(steps)))
    steps[row] = replace(steps[row], **{column: OTHERS[column]})

    assert told(seals, steps) == [(row, "was changed after it was written")]


def test_a_row_changed_with_its_hash_is_found_at_the_next():
    seals, steps = chain({"a": 1}, {"a": 2}, {"a": 3})
    steps[6] = step(6, {"a": 4})
    seals[1] = replace(seals[1], hash=bind(seals[0].hash, 2, canonical(steps[6])))

    assert told(seals, steps) == [(9, "is not bound to the row before it")]


def test_a_row_taken_out_is_named_with_its_seal_or_without():
    seals, steps = chain({}, {}, {})
    del steps[6]

    assert told(seals, steps) == [(6, "was taken out")]
    assert told([seals[0], seals[2]], steps) == [(9, "seal 2 is missing before it")]


def test_a_row_that_cannot_be_read_is_named_and_the_walk_goes_on():
    seals, steps = chain({}, {}, {})
    steps[3], steps[9] = None, step(9, {"forged": 1})

    assert told(seals, steps) == [
        (3, "cannot be read: it was changed"),
        (9, "was changed after it was written"),
    ]


def test_rows_that_change_places_are_named():
    seals, steps = chain({}, {})
    seals = [replace(seals[1], number=1), replace(seals[0], number=2)]

    assert {row for row, _ in told(seals, steps)} == {3, 6}


def test_the_canonical_form_is_what_the_paper_says():
    one = step(3, {"ж": "\x00", "a": [1, None]})
    one = replace(one, at=datetime(2026, 11, 1, 13, tzinfo=timezone(timedelta(hours=1))))

    written = canonical(one)

    assert written == (
        b'{"at":"2026-11-01T12:00:00.000000+00:00","by_id":7,'
        b'"details":{"a":[1,null],"\\u0436":"\\u0000"},"id":3,"phone_time":null,'
        b'"subject_key":"x","subject_kind":"entry","verb":"entry.approve"}'
    )
    assert json.loads(written)["details"] == {"ж": "\x00", "a": [1, None]}
    by_hand = hashlib.sha256(b"1\n" + b"0" * 64 + b"\n" + written).hexdigest()
    assert bind(GENESIS, 1, written) == by_hand


def test_a_text_that_is_no_unicode_can_be_hashed_all_the_same():
    assert b"\\ud800" in canonical(step(1, {"typed": "\ud800"}))
