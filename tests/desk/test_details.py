"""What a step of the log changed is told where it is named, as people write it."""

from mobilizer.audit.actions import record
from mobilizer.desk.rules import told


def test_details_are_told_only_where_they_are_named(make, page):
    cora = make.coordinator()
    secret = {"token": "s3cret", "password": "s3cret", "note": "s3cret", "sha256": "s3cret"}
    record(cora, "account.change", cora, changed=["full_name"], **secret)
    page.sign_in(cora)

    assert "s3cret" not in page.get("desk.audit").source
    assert list(told("user", secret)) == []


def test_which_fields_of_a_promise_were_changed_is_told_once_each():
    changed = {"fields": ["indicators.1.target", "indicators.2.target", "party", "no_such"]}
    assert [(one.label, one.after) for one in told("promise", changed)] == [
        ("Field", "Target as promised"),
        ("Field", "Party or coalition"),
        ("Field", "no_such"),
    ]
    assert list(told("user", changed)) == []


def test_months_and_days_of_a_step_are_told_as_people_write_them(make, page):
    cora = make.coordinator()
    record(cora, "entry.extend", make.the_cycle(), month="2026-09-01", until="2026-10-10")
    moved = {"from": "2026-11-01", "to": "2026-08-01"}
    record(cora, "assignment.hand_over", make.assignment(), last_month=moved)
    page.sign_in(cora)

    shown = page.get("desk.audit")

    assert "Month: September 2026 · Until: 10 October 2026" in shown
    assert "Last month: November 2026 → August 2026" in shown
    assert "2026-09-01" not in shown.text


def test_what_there_is_none_of_is_not_counted():
    assert list(told("entry", {"comments": 0})) == []
    assert [one.after for one in told("entry", {"comments": 2})] == ["2"]
    assert [one.after for one in told("cycle", {"rows": 0})] == ["0"]


def test_whoever_is_not_known_is_told_as_somebody(make, page):
    cora = make.coordinator()
    record(cora, "posting.name_stand_in", cora.postings[0], user=999_999)
    page.sign_in(cora)

    assert "Who stands in: Somebody in the programme" in page.get("desk.audit")
    assert list(told("posting", {"user": "s3cret"})) == []


def test_an_unknown_step_or_word_does_not_break_the_page(make, page):
    cora = make.coordinator()
    record(cora, "entry.juggle", make.entry(), state={"from": "x", "to": None}, rating="y")
    record(None, "cycle.change", make.the_cycle(), number={"from": None, "to": 100}, code="5 %s %")
    page.sign_in(cora)

    shown = page.get("desk.audit")
    assert "a step on" in shown
    assert "The programme changed the cycle" in shown
    assert "Code: 5 %s %" in shown
