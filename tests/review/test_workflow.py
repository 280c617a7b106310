"""The whole table: every state × every step × everybody, on both databases."""

from collections.abc import Callable

import pytest
from sqlalchemy import func, select

from mobilizer.accounts.models import User
from mobilizer.audit.models import AuditEvent
from mobilizer.core import clock
from mobilizer.core.database import db
from mobilizer.core.errors import NotVisible, RuleBroken
from mobilizer.findings.models import Finding
from mobilizer.monitoring.actions import submit, withdraw
from mobilizer.monitoring.models import Comment, Entry, Revision
from mobilizer.monitoring.rules.revision import Sent
from mobilizer.monitoring.rules.workflow import (
    WORKFLOW,
    EntryState,
    Verb,
    Who,
    after,
    steps_by_state,
)
from mobilizer.review.actions import decide, release, reopen
from mobilizer.review.models import Decision, Reopening
from mobilizer.review.rules import Ruling, Verdict
from tests.review.stored import NOW

SAID = "Words that say what was seen, where, when and by whom."
#: person -> whose steps are hers on the entry of "the author". Her own she alone may change.
HERS = {
    "the author": {Who.AUTHOR},
    "another mobilizer": set(),
    "a mentor of the region": {Who.REVIEWER},
    "a mentor of another region": set(),
    "a stand-in": {Who.REVIEWER},
    "a stand-in whose days are over": set(),
    "a coordinator": {Who.REVIEWER, Who.COORDINATOR},
    "a coordinator of another cycle": set(),
    "an administrator": set(),
}
#: The same on an entry of their own: nobody reviews her own work.
OWN = {"a mentor who also reports": {Who.AUTHOR}, "a coordinator who also reports": {Who.AUTHOR}}
COUNTED = (Revision, Decision, Finding, Comment, Reopening, AuditEvent)


@pytest.fixture(autouse=True)
def november():
    with clock.at(NOW):
        yield


def cast(make) -> dict[str, User]:
    mentor = make.mentor("Polog")
    people = {
        "the author": make.mobilizer("Polog", mentor=mentor),
        "another mobilizer": make.mobilizer("Polog", mentor=mentor),
        "a mentor of the region": mentor,
        "a mentor of another region": make.mentor("Vardar"),
        "a stand-in": make.mentor("Skopje"),
        "a stand-in whose days are over": make.mentor("Pelagonia"),
        "a coordinator": make.coordinator(),
        "a coordinator of another cycle": make.coordinator(cycle=make.cycle()),
        "an administrator": make.administrator(),
        "a mentor who also reports": make.mobilizer("Polog", mentor=mentor),
        "a coordinator who also reports": make.mobilizer("Polog", mentor=mentor),
    }
    make.posting(people["a mentor who also reports"], "mentor", "Polog")
    make.posting(people["a coordinator who also reports"], "coordinator")
    absent = mentor.postings[0]
    make.stand_in(absent, people["a stand-in"], first="2026-11-20", last="2026-11-30")
    over = people["a stand-in whose days are over"]
    make.stand_in(absent, over, first="2026-11-01", last="2026-11-20")
    return people


def reports(make, people) -> dict[tuple[str, EntryState], Entry]:
    """An entry of each author in each state, as if it had come there by its steps."""
    made = {}
    for name in ("the author", *OWN):
        for state in EntryState:
            entry = make.report(make.assignment(people[name]), month="2026-11")
            entry.state = state
            made[name, state] = entry
    return made


def step_of(verb: Verb, entry: Entry, by: User) -> Callable[[], object]:
    """The step as a page or a phone would take it, with all that it needs."""
    newest = entry.revisions[0]
    if verb is Verb.SUBMIT:
        answers = newest.answers | {"rating_reason": f"{SAID} Today."}
        fields = {name: value for name, value in answers.items() if isinstance(value, str | list)}
        sent = Sent(fields=fields, evidence=tuple(one.id for one in newest.evidence))
        return lambda: submit(entry, sent, by=by)
    if verb is Verb.WITHDRAW:
        return lambda: withdraw(entry, by=by)
    if verb is Verb.RELEASE:
        return lambda: release(entry.id, by=by)
    if verb is Verb.REOPEN:
        return lambda: reopen(entry.id, "The decree is of another year.", by=by)
    comments = {} if verb is Verb.APPROVE else {"": "Please say where you saw it."}
    ruling = Ruling(Verdict(verb.value), newest.number, newest.sha256, comments)
    return lambda: decide(entry.id, ruling, by=by)


def stored() -> tuple[object, ...]:
    each = (select(func.count()).select_from(model).scalar_subquery() for model in COUNTED)
    return tuple(db.session.execute(select(*each)).one())


def took(verb: Verb, entry: Entry, by: User) -> EntryState | None:
    """The state in which a try leaves the entry; None where it was refused and nothing changed.

    Whatever it did is put back.
    """
    before, state = stored(), entry.state
    trying = db.session.begin_nested()
    try:
        entry.is_quarantined = verb is Verb.RELEASE
        db.session.flush()
        step_of(verb, entry, by)()
        db.session.flush()
        assert stored() != before, "nothing was noted"
        return entry.state
    except (RuleBroken, NotVisible):
        db.session.expire(entry)
        assert (stored(), entry.state) == (before, state), "refused, and yet something changed"
        return None
    finally:
        trying.rollback()
        db.session.expire_all()


def test_what_the_table_allows_happens_and_everything_else_is_refused(make):
    people = cast(make)
    made = reports(make, people)
    db.session.flush()
    wrong, walked = [], 0
    for (author, state), entry in made.items():
        who_else = HERS if author == "the author" else {author: OWN[author]}
        for name, hers in who_else.items():
            for verb in Verb:
                step = WORKFLOW.get((state, verb))
                wanted = step.to if step and step.who in hers else None
                found = took(verb, entry, people[name])
                walked += 1
                if found != wanted:
                    wrong.append(f"{name}: {verb} when {state}: {found}, not {wanted}")
    assert not wrong, "\n".join(wrong)
    assert walked == len(EntryState) * len(Verb) * (len(HERS) + len(OWN))


def test_every_step_of_the_table_is_somebodys():
    whose = set().union(*HERS.values())
    assert {step.who for step in WORKFLOW.values()} == set(Who) == whose


def test_what_is_not_in_the_table_is_refused_in_words():
    with pytest.raises(RuleBroken, match="not open"):
        after(EntryState.REJECTED, Verb.SUBMIT)


def test_the_page_shows_the_whole_table(make, page):
    page.sign_in(make.mobilizer())

    shown = page.get("review.how")

    rows = [verb for _, steps in steps_by_state() for verb, _ in steps]
    assert len(rows) == len(WORKFLOW)
    for state in EntryState:
        assert state.label in shown
    for verb in Verb:
        assert verb.label in shown
