"""Both sides speak at any time; what is asked is resolved one by one."""

from datetime import timedelta

import pytest

from mobilizer.audit.models import AuditEvent
from mobilizer.conversation.actions import open_again, resolve, say
from mobilizer.conversation.rules import TEXT_LONGEST, Words
from mobilizer.core import clock
from mobilizer.core.database import db
from mobilizer.core.errors import NotVisible, RuleBroken
from mobilizer.monitoring.models import Comment
from mobilizer.monitoring.rules.answers import Incomplete
from tests.conversation.conftest import NOVEMBER


def speaks(page, entry, text="Who told you?", expect=302, **more):
    data = {"text": text, "about": "", **more}
    return page.post("conversation.say", entry_id=entry.id, data=data, expect=expect)


def said():
    db.session.expire_all()
    return db.session.scalars(db.select(Comment).order_by(Comment.id)).all()


def sides(make, entry):
    return entry.assignment.mentor, entry.assignment.mobilizer, make.coordinator()


@pytest.mark.parametrize("state", ["submitted", "returned", "approved", "withdrawn"])
def test_each_side_speaks_whatever_was_decided(make, page, entry, state):
    entry.state = state
    for number, person in enumerate(sides(make, entry)):
        page.sign_in(person)
        speaks(page, entry, f"Word {number}")
        assert f"Word {number}" in page.get("conversation.show", entry_id=entry.id)
    assert [one.text for one in said()] == ["Word 0", "Word 1", "Word 2"]


def test_what_the_desk_says_on_a_field_asks_and_nothing_else_does(make, entry):
    mentor, her, _ = sides(make, entry)
    asked = say(entry.id, Words("Who?", "rating"), by=mentor)
    whole = say(entry.id, Words("Thank you."), by=mentor)
    answer = say(entry.id, Words("The mayor.", reply_to=asked.id), by=her)
    own = say(entry.id, Words("I was there.", "rating"), by=her)
    assert [one.asks for one in (asked, whole, answer, own)] == [True, False, False, False]
    assert answer.field == "rating"


def test_a_reply_to_a_reply_stands_in_the_same_strand(make, entry):
    mentor, her, _ = sides(make, entry)
    root = say(entry.id, Words("Who?", "rating"), by=mentor)
    first = say(entry.id, Words("The mayor.", reply_to=root.id), by=her)
    assert say(entry.id, Words("When?", reply_to=first.id), by=mentor).reply_to_id == root.id


def test_pressed_twice_it_is_said_once_and_later_it_is_said_again(make, page, entry):
    page.sign_in(entry.assignment.mentor)
    for _ in range(2):
        speaks(page, entry)
    assert len(said()) == 1
    with clock.at(NOVEMBER + timedelta(minutes=11)):
        speaks(page, entry)
    assert len(said()) == 2


@pytest.mark.parametrize(
    ("typed", "fault"),
    [
        ({"text": " \n\u202e"}, "Write something."),
        ({"text": "x" * (TEXT_LONGEST + 1)}, "At most 2000 characters"),
        ({"about": "no_such_field"}, "Not a valid choice."),
    ],
)
def test_what_cannot_be_said_is_told_and_stays_typed(page, entry, typed, fault):
    page.sign_in(entry.assignment.mentor)
    answer = speaks(page, entry, expect=422, **typed)
    assert fault in answer
    kept = answer.query("textarea[name=text]")[0].to_text().strip()
    assert kept == typed.get("text", "Who told you?").strip(" \n\u202e")
    assert said() == []


def test_nobody_speaks_where_she_may_not_read(make, page, entry):
    other = make.report(make.assignment(), month="2026-11")
    elsewhere = make.comment(other)
    for stranger in (
        make.mobilizer(),
        make.mentor("Vardar"),
        make.coordinator(cycle=make.cycle("x")),
    ):
        page.sign_in(stranger)
        speaks(page, entry, expect=404)
        page.get("conversation.show", entry_id=entry.id, expect=404)
    page.sign_in(entry.assignment.mentor)
    for nobodys in (elsewhere.id, 999999999, "x"):
        speaks(page, entry, reply_to=str(nobodys), expect=404)
        assert len(said()) == 1


def test_what_is_not_sent_yet_has_no_thread(make, page):
    begun = make.entry(month="2026-11")
    page.sign_in(begun.assignment.mobilizer)
    page.get("conversation.show", entry_id=begun.id, expect=404)


# --- resolving


def test_the_desk_resolves_and_opens_again_and_the_log_says_no_text(make, page, entry):
    comment = make.comment(entry, "rating", "A private word")
    mentor = entry.assignment.mentor
    page.sign_in(mentor)
    at = {"entry_id": entry.id, "comment_id": comment.id}
    for _ in range(2):
        page.post("conversation.resolve", **at)
    db.session.expire_all()
    assert (comment.resolved_by_id, comment.resolved_at) == (mentor.id, clock.now())
    page.post("conversation.open_again", **at)
    db.session.expire_all()
    assert comment.is_open
    events = db.session.scalars(db.select(AuditEvent).order_by(AuditEvent.id)).all()
    told = [(one.verb, one.details) for one in events if one.verb.endswith("_comment")]
    assert told == [
        ("entry.resolve_comment", {"comment": comment.id}),
        ("entry.reopen_comment", {"comment": comment.id}),
    ]


def test_the_author_resolves_only_what_she_answered_or_changed(make, entry):
    _, her, _ = sides(make, entry)
    comment = make.comment(entry, "rating")
    with pytest.raises(RuleBroken):
        resolve(entry.id, comment.id, by=her)
    say(entry.id, Words("The mayor.", reply_to=comment.id), by=her)
    assert resolve(entry.id, comment.id, by=her).resolved_by == her

    other = make.comment(entry, "next_step")
    make.revision(entry, "kept")
    with pytest.raises(RuleBroken):
        resolve(entry.id, other.id, by=her)
    make.revision(entry, "kept", next_step="Another one.")
    assert not resolve(entry.id, other.id, by=her).is_open


def test_the_author_opens_again_only_what_she_resolved_herself(make, page, entry):
    mentor, her, _ = sides(make, entry)
    by_desk, by_her = make.comment(entry, "rating"), make.comment(entry, "next_step")
    resolve(entry.id, by_desk.id, by=mentor)
    say(entry.id, Words("Both of them.", reply_to=by_her.id), by=her)
    resolve(entry.id, by_her.id, by=her)
    page.sign_in(her)

    shown = page.get("conversation.show", entry_id=entry.id)
    ways = [form.attrs["action"] for form in shown.query("form[action$=open]")]

    assert {way.split("/")[-2] for way in ways} == {str(by_her.id)}
    with pytest.raises(RuleBroken, match="calls it resolved"):
        open_again(entry.id, by_desk.id, by=her)
    assert open_again(entry.id, by_her.id, by=her).is_open
    assert open_again(entry.id, by_desk.id, by=mentor).is_open


def test_what_asks_nothing_is_not_resolved(make, entry):
    whole = make.comment(entry, asks=False)
    for act in (resolve, open_again):
        with pytest.raises(RuleBroken):
            act(entry.id, whole.id, by=entry.assignment.mentor)


def test_a_comment_of_another_report_is_not_there(make, entry):
    other = make.comment(make.report(make.assignment(), month="2026-11"), "rating")
    with pytest.raises(NotVisible):
        resolve(entry.id, other.id, by=entry.assignment.mentor)


def test_a_reply_can_resolve_at_once(make, page, entry):
    comment = make.comment(entry, "rating")
    page.sign_in(entry.assignment.mobilizer)
    speaks(page, entry, "The mayor.", reply_to=str(comment.id), go="resolve")
    db.session.expire_all()
    assert comment.resolved_by_id == entry.assignment.mobilizer_id


def test_too_little_is_one_fault_for_each_thing(entry):
    with pytest.raises(Incomplete) as refused:
        say(entry.id, Words("", "nothing"), by=entry.assignment.mentor)
    assert [fault.field for fault in refused.value.faults] == ["text", "about"]


def test_a_new_version_says_what_it_answered_and_what_it_changed(make, page, entry):
    entry.state = "returned"
    for field in ("rating_reason", "next_step"):
        make.comment(entry, field, f"About {field}")
    her = entry.assignment.mobilizer
    page.sign_in(her)
    at = {"assignment_id": entry.assignment_id, "month": "2026-11"}
    answers = entry.revisions[0].answers
    typed = {name: answers[name] for name in ("rating", "rating_reason")}
    page.post(
        "monitoring.save",
        screen="state",
        **at,
        data={**typed, "next_step": "Visit it.", "reply_rating_reason": "The mayor did."},
    )
    page.post("monitoring.send", **at)
    reason, step = said()[:2]
    assert (reason.was_answered, step.was_answered) == (True, False)
    assert {one.resolved_by_id for one in (reason, step)} == {her.id}
    assert {one.resolved_in.number for one in (reason, step)} == {2}

    page.sign_in(entry.assignment.mentor)
    shown = page.get("review.show", entry_id=entry.id)
    assert "answered in version 2" in shown
    assert "changed in version 2" in shown
    assert "No open questions" in shown


def test_what_is_opened_again_must_be_met_again(make, page, entry):
    comment = make.comment(entry, "next_step")
    make.revision(entry, "kept", next_step="Another one.")
    mentor, her, _ = sides(make, entry)
    resolve(entry.id, comment.id, by=mentor)
    entry.state = "returned"
    page.sign_in(her)
    at = {"assignment_id": entry.assignment_id, "month": "2026-11"}
    assert not page.get("monitoring.screen", screen="state", **at).query("[name=reply_next_step]")
    open_again(entry.id, comment.id, by=mentor)
    assert page.get("monitoring.screen", screen="state", **at).query("[name=reply_next_step]")


def test_open_ones_are_counted_and_come_first(make, page, entry):
    make.comment(entry, "rating", "First, and done", resolved_at=clock.now())
    make.comment(entry, "next_step", "Second, and open")
    for who, view, at in (
        (entry.assignment.mentor, "review.show", {"entry_id": entry.id}),
        (entry.assignment.mentor, "conversation.show", {"entry_id": entry.id}),
        (entry.assignment.mobilizer, "conversation.show", {"entry_id": entry.id}),
        (
            entry.assignment.mobilizer,
            "monitoring.show",
            {"assignment_id": entry.assignment_id, "month": "2026-11"},
        ),
    ):
        page.sign_in(who)
        shown = page.get(view, **at)
        assert "1 open question" in shown
        assert "Second, and open" in shown.texts(".comment")[0]
