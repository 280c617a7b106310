"""The index as a whole: it agrees with what is public, says where not, and is written anew."""

import pytest
from flask import Flask

from mobilizer.core.database import db
from mobilizer.indexing import actions, queries, tasks
from mobilizer.indexing.cli import command
from mobilizer.indexing.queries import faults, published_numbers
from mobilizer.jobs.models import Job
from mobilizer.promises import actions as promises
from mobilizer.promises.models import Promise
from mobilizer.promises.rules import PromiseState
from mobilizer.publication.queries import number_now
from mobilizer.search import actions as search
from mobilizer.search.models import CommonTerm, Findable
from mobilizer.search.queries import all_common, common
from mobilizer.search.rules.terms import ONE_IN
from mobilizer.working import worker
from tests.builders import Builders
from tests.support.searching import ranked

SECRET = "meadow"


@pytest.fixture
def found(make: Builders) -> Promise:
    """A published promise with a finding, beside a draft and a report that is held back."""
    promise: Promise = make.promise("A bridge over the river")
    make.finding(promise, content={"kind": "full", "language": "en", "reason": "It was built."})
    make.finding(promise, content={"kind": "full", "language": "en", "reason": "Boats pass it."})
    make.promise(f"A {SECRET}", state=PromiseState.CHECKED)
    make.promise(f"Another {SECRET}", state=PromiseState.DRAFT)
    db.session.commit()
    return promise


def told() -> list[str]:
    return [f"{fault.about} {fault.says}" for fault in faults()]


def rebuild() -> None:
    for step in (actions.write_anew, actions.keep_sets):
        for _ in step():
            db.session.commit()


def test_what_is_written_as_it_happens_is_what_is_written_anew(found: Promise) -> None:
    as_it_happened = dict(db.session.execute(db.select(Findable.number, Findable.words)).all())
    assert not told()
    db.session.execute(db.delete(Findable))
    rebuild()
    assert as_it_happened == dict(
        db.session.execute(db.select(Findable.number, Findable.words)).all()
    )
    assert not told()


def test_it_is_written_some_promises_at_a_time_and_none_is_left_out(
    found: Promise, make: Builders, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(4):
        make.promise(f"School number {number}")
    db.session.execute(db.delete(Findable))
    db.session.commit()
    with monkeypatch.context() as patch:
        patch.setattr(queries, "STRIDE", 2)
        rebuild()
    assert not told()


def test_each_fault_is_told_and_mended(found: Promise) -> None:
    other = 999
    search.write(found.number, ["A tunnel"], [])
    search.keep(other, [SECRET])
    db.session.execute(
        db.insert(CommonTerm).values(term="~river*", block=0, numbers=b"\x40" * 1024)
    )
    db.session.commit()
    assert told() == [
        f"promise {found.number} is found by other words than its own",
        f"promise {other} can be found and is not public",
        "the set of ~river* is not what the full text tells",
    ]
    rebuild()
    assert not told()
    search.forget(found.number)
    db.session.commit()
    assert told() == [f"promise {found.number} cannot be found"]


def test_what_is_not_public_is_in_neither_the_rows_nor_the_sets(
    found: Promise, every_term: None
) -> None:
    rebuild()
    assert ranked([SECRET]) == (0, 0, 0)
    assert not [term for term in all_common() if SECRET[:3] in term]
    draft = db.session.scalars(
        db.select(Promise).where(Promise.state == PromiseState.CHECKED)
    ).one()
    promises.publish(draft, by=None)
    db.session.commit()
    assert ranked([SECRET])[0] == 1 << draft.number
    assert not told()


def test_pages_that_are_kept_are_made_anew_after_the_index_was(found: Promise) -> None:
    before = number_now()
    rebuild()
    assert number_now() > before


def test_what_is_published_while_the_index_is_written_can_be_found(
    found: Promise, make: Builders, monkeypatch: pytest.MonkeyPatch
) -> None:
    late = make.promise("A ferry", state=PromiseState.CHECKED)

    def and_then_another_is_published() -> list[int]:
        public = list(published_numbers())
        promises.publish(late, by=None)
        db.session.flush()
        return public

    monkeypatch.setattr(actions, "published_numbers", and_then_another_is_published)
    rebuild()
    assert not told()


@pytest.fixture
def every_term(monkeypatch: pytest.MonkeyPatch) -> None:
    """A single promise is enough for a word to be common."""
    monkeypatch.setattr(actions, "LEAST_PROMISES", 1)


def test_the_days_job_keeps_sets_of_what_is_common(found: Promise, every_term: None) -> None:
    worker().plan()
    assert [job.kind for job in db.session.scalars(db.select(Job)) if job.kind == tasks.SETS]
    number = found.number
    worker().drain()
    assert {"+bridge", "+bridg*", "~built", "~buil*"} <= all_common()
    assert "+built" not in all_common()
    assert common(["~built"])["~built"] == 1 << number
    assert not told()


def test_of_few_promises_no_sets_are_kept(found: Promise) -> None:
    rebuild()
    assert not all_common()


def test_a_set_goes_when_its_term_is_no_longer_common(
    found: Promise, every_term: None, make: Builders
) -> None:
    rebuild()
    assert "+bridge" in all_common()
    for number in range(2 * ONE_IN):
        make.promise(f"School number {number}")
    db.session.commit()
    rebuild()
    assert "+bridge" not in all_common()
    assert "+scool" in all_common()


def test_what_is_not_quite_common_any_more_stays_and_does_not_come(
    found: Promise, every_term: None, make: Builders
) -> None:
    rebuild()
    make.promise("A ferry")
    for number in range(ONE_IN + 4):
        make.promise(f"School number {number}")
    db.session.commit()
    rebuild()
    assert "+bridge" in all_common()
    assert "+ferry" not in all_common()


def test_the_commands_say_what_they_did(found: Promise, app: Flask) -> None:
    run = app.test_cli_runner().invoke
    number = found.number
    assert "agrees" in run(command, ["check"]).output
    db.session.rollback()
    search.forget(number)
    db.session.commit()
    checked = run(command, ["check"])
    assert checked.exit_code == 1
    db.session.rollback()
    assert checked.output == f"promise {number}: cannot be found\n"
    assert run(command, ["rebuild"]).output.startswith("1 promises can be found")
    assert run(command, ["check"]).exit_code == 0
