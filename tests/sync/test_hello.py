"""Who is signed in, with a fresh token: the first thing a phone asks."""

import pytest

from mobilizer.core import clock
from tests.sync.phone import report, uid


def test_hello_says_who_it_is_and_gives_a_token(make, phone):
    user = make.mobilizer(alias="Bird", language="sq")
    phone.sign_in(user)
    told = phone.hello()
    assert told["alias"] == "Bird"
    assert told["now"] == clock.now().isoformat()
    assert told["least_client"] == 1
    assert len(told["person"]) == 32


def test_person_is_the_same_at_every_sign_in_and_another_for_everybody(make, phone):
    one, other = make.mobilizer(), make.mobilizer()
    names = []
    for user in (one, other, one):
        phone.sign_in(user)
        names.append(phone.person)
    assert names[0] == names[2] != names[1]


@pytest.mark.parametrize("address", ["/sync/hello", "/sync/pack", "/sync/receipts"])
def test_whoever_is_signed_out_is_told_so_in_json(phone, address):
    assert phone.ask(address, 401).json["error"] == "signed_out"


def test_what_is_sent_after_the_session_ended_is_401_not_a_bad_token(make, phone):
    assignment = make.assignment()
    phone.sign_in(assignment.mobilizer)
    phone.page.sign_out()
    assert phone.put(report(assignment), 401).json["error"] == "signed_out"


@pytest.mark.parametrize("token", ["", "forged"])
def test_an_expired_token_is_told_and_a_fresh_one_from_hello_works(make, phone, token):
    assignment = make.assignment()
    phone.sign_in(assignment.mobilizer)
    name, sent = uid(), report(assignment)
    refused = phone.put(sent, 400, entry=name, X_CSRFToken=token).json
    assert refused["error"] == "token"
    phone.hello()
    phone.put(sent, 201, entry=name)


def test_a_token_of_another_session_does_not_work(make, phone):
    assignment = make.assignment()
    phone.sign_in(make.mobilizer())
    token = phone.token
    phone.sign_in(assignment.mobilizer)
    assert phone.put(report(assignment), 400, X_CSRFToken=token).json["error"] == "token"


def test_what_belongs_to_another_person_is_refused_while_somebody_else_is_signed_in(make, phone):
    assignment = make.assignment()
    phone.sign_in(make.mobilizer())
    hers = phone.person
    phone.sign_in(assignment.mobilizer)
    refused = phone.put(report(assignment), 409, X_Person=hers)
    assert refused.json["error"] == "other_person"
    for address in ("/sync/pack", "/sync/receipts"):
        assert phone.ask(address, 409, X_Person=hers).json["error"] == "other_person"


def test_a_request_that_does_not_say_whose_it_is_is_malformed(make, phone):
    phone.sign_in(make.mobilizer())
    refused = phone.ask("/sync/pack", 400, X_Person="").json
    assert refused["error"] == "malformed"
    assert [fault["field"] for fault in refused["faults"]] == ["X-Person"]


def test_who_has_no_reports_has_no_pack(make, phone):
    phone.sign_in(make.mentor())
    phone.hello()
    assert phone.ask("/sync/pack", 403).json["error"] == "not_allowed"


@pytest.mark.parametrize("address", ["/sync/nothing", "/sync/entries/x/revisions/1", "/sync/%00"])
def test_an_address_that_is_none_is_answered_in_json(make, phone, address):
    phone.sign_in(make.mobilizer())
    assert phone.ask(address, 404).json["error"] == "unknown"


def test_a_method_that_is_none_is_answered_in_json(make, phone):
    phone.sign_in(make.mobilizer())
    assert phone.ask("/sync/hello", 405, method="PUT").json["error"] == "unknown"


def test_a_crash_is_answered_in_json_without_telling_of_it(app, make, phone, monkeypatch):
    phone.sign_in(make.mobilizer())

    def broken():
        raise ValueError("a secret")

    broken.permission = "entry.write"
    monkeypatch.setitem(app.view_functions, "sync.pack", broken)
    monkeypatch.setitem(app.config, "PROPAGATE_EXCEPTIONS", False)
    answer = phone.ask("/sync/pack", 500)
    assert answer.json["error"] == "broken"
    assert "secret" not in answer.source
