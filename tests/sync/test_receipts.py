"""Receipts: what has come in, as far as it is hers."""

import pytest

from tests.sync.phone import report, uid


def put(make, phone, her):
    name = uid()
    return phone.put(report(make.assignment(her)), entry=name).json


def test_those_asked_for_are_told_and_no_others(make, phone):
    her = make.mobilizer()
    phone.sign_in(her)
    first, _, third = (put(make, phone, her) for _ in range(3))
    told = phone.ask(f"/sync/receipts?of={first['uid']},{third['uid']},{uid()}").json["receipts"]
    assert sorted(told, key=lambda one: one["uid"]) == sorted(
        [first, third], key=lambda one: one["uid"]
    )


def test_without_names_the_newest_are_told_first(make, phone):
    her = make.mobilizer()
    phone.sign_in(her)
    one, other = (put(make, phone, her) for _ in range(2))
    assert phone.ask("/sync/receipts").json["receipts"] == [other, one]


def test_anothers_receipts_are_not_told(make, phone):
    other = make.mobilizer()
    phone.sign_in(other)
    theirs = put(make, phone, other)["uid"]
    phone.sign_in(make.mobilizer())
    assert phone.ask(f"/sync/receipts?of={theirs}").json == {"receipts": []}


@pytest.mark.parametrize("asked", ["", "x", "%27", ",".join([uid()] * 101)])
def test_nonsense_is_refused_by_name(make, phone, asked):
    phone.sign_in(make.mobilizer())
    refused = phone.ask(f"/sync/receipts?of={asked}", 400).json
    assert [fault["field"] for fault in refused["faults"]] == ["of"]


def test_many_receipts_cost_no_more_queries(make, phone, queries):
    her = make.mobilizer()
    phone.sign_in(her)
    put(make, phone, her)
    phone.ask("/sync/receipts")
    with queries.counted() as few:
        phone.ask("/sync/receipts")
    for _ in range(4):
        put(make, phone, her)
    with queries.at_most(len(few)):
        phone.ask("/sync/receipts")
