"""The log vouches for what stands outside it: any change of a vouched record is named."""

import pytest
import sqlalchemy as sa

from mobilizer.agreement.actions import give
from mobilizer.agreement.rules import Answer
from mobilizer.audit.actions import record
from mobilizer.audit.models import AuditEvent, Worded
from mobilizer.audit.rules import hashes
from mobilizer.core import clock
from mobilizer.core.database import UtcDateTime, db
from mobilizer.desk.queries import contents
from mobilizer.desk.queries.contents import Fault, forged
from mobilizer.desk.queries.kinds import KINDS
from mobilizer.monitoring.models import Revision
from mobilizer.promises.actions import reopen
from mobilizer.promises.rules import PromiseState
from mobilizer.replies.models import ReplyRuling
from mobilizer.scoring.rules import Rating
from tests.support.insider import without_guards

OTHER = {
    UtcDateTime: "'2020-01-01 00:00:00.000000'",
    sa.Date: "'2020-01-01'",
    sa.String: "'y'",
    sa.Integer: "7777",
    sa.Boolean: "NOT {column}",
    sa.JSON: """'{{"x": "y"}}'""",
}
DIFFERS = "its content is not what was logged"
UNTOLD = "no step of the log tells of it"
GONE = "the log tells of it; it is not there"
TWICE = "the log tells of it more than once"
ERASED = "its words were erased, and no step of the log tells of that"
UNDUE = "its day is not the one that its links give it"
ELSEWHERE = "counts elsewhere than it stands"
#: What belongs to a record and stands in another table -> the record that is named.
PARTS = {
    "UPDATE source SET title = 'x'": "promise",
    "UPDATE indicator SET target = '9'": "promise",
    "DELETE FROM indicator": "promise",
    "DELETE FROM promise_place": "promise",
    "UPDATE promise_change SET reason = 'x'": "promise",
    "DELETE FROM promise_change": "promise",
    "DELETE FROM revision_evidence": "revision",
    "UPDATE media SET width = 1": "evidence",
    "UPDATE media SET copies = '{}'": "evidence",
}
#: Of these, what a promise counts by.
MOVES = {"DELETE FROM promise_place"}


@pytest.fixture
def told(make):
    """At least two records of each kind, as people make them; all of it holds."""
    cora = make.coordinator()
    for verdict in ("approve", "reject", "return"):
        entry = make.report(make.assignment(), "kept", contradiction_reason="Because it is so.")
        make.vouched()
        outcome = make.decision(entry, verdict, whole="Please say where you saw it.")
        if outcome.finding:
            make.published_reply(outcome.finding, function="Speaker", url="https://a.example/b")
            make.declined_reply(outcome.finding)
    make.finding()
    checked = make.promise(state=PromiseState.CHECKED)
    make.vouched()
    reopen(checked, "Another source says more.", by=cora)
    for days in (10, 20):
        entry = make.report(make.assignment())
        make.vouched()
        held = make.held(entry, days=days)
        make.reply_link(held, days=30)
    coder = make.mentor("Vardar")
    for _ in range(2):
        look = make.look(make.report(make.assignment()), coder)
        make.vouched()
        give(look.id, Answer(Rating.KEPT, "The photo shows it."), by=coder)
        make.decision(look.revision.entry, "approve")
        make.reopening(look.revision.entry)
    make.the_cycle().second_share = 100
    make.photo(make.report(make.assignment()))
    make.vouched()
    db.session.commit()
    assert list(forged()) == []


def after(*said):
    """What is told once somebody has said this to the database; it is taken back afterwards."""
    off = without_guards()
    for step in (*off, *said):
        db.session.execute(sa.text(step))
    db.session.expire_all()
    faults = list(forged())
    db.session.rollback()
    return faults


def columns(kind):
    """The columns that the log tells of, but for the key."""
    table, named = kind.model.__table__, {*kind.model.FACTS, *kind.model.WORDS}
    return [one for one in table.columns if one.name in named and not one.primary_key]


def leads(kind, column):
    """Whether it leads to the step that tells of the record: another one there tells nothing."""
    return (kind.name, column.name) in {
        ("revision", "entry_id"),
        ("decision", "revision_id"),
        ("ruling", "reply_id"),
        ("reopening", "entry_id"),
        ("second look", "revision_id"),
    }


def other(column, key, number):
    """SQL for another value than the one that stands there."""
    if isinstance(column.type, sa.Enum):
        stands = db.session.scalar(sa.select(column).where(key == number))
        return next(f"'{one}'" for one in column.type.enums if one != stands)
    return OTHER[type(column.type)].format(column=column.name)


def nothing(of):
    """SQL for what stands where words were erased."""
    if isinstance(of, sa.Enum | sa.Integer):
        return "NULL"
    return "'{}'" if isinstance(of, sa.JSON) else "''"


def worded(kind):
    """The key of one that has words."""
    rows = db.session.scalars(sa.select(kind.model)).unique()
    one = next(one for one in rows if any(one.as_told().words.values()))
    return getattr(one, kind.key.name)


def newest(kind):
    return db.session.scalar(sa.select(sa.func.max(kind.key)))


def test_any_column_of_a_record_that_is_changed_is_named(told):
    for kind in KINDS:
        number = newest(kind)
        for column in columns(kind):
            value = other(column, kind.key, number)
            where = f"WHERE {kind.key.name} = {number!r}"
            faults = after(f"UPDATE {column.table} SET {column.name} = {value} {where}")
            says = [UNTOLD, GONE] if leads(kind, column) else [DIFFERS]
            named = [one.says for one in faults if one.name == kind.name]
            # What waits is also held against its links, and a promise against where it counts.
            assert [one for one in named if one not in (UNDUE, ELSEWHERE)] == says, column


def test_a_record_taken_out_is_named_and_one_put_in_too(told):
    for kind in KINDS:
        table, key, number = kind.model.__tablename__, kind.key.name, newest(kind)

        at = 7777 if isinstance(number, int) else "'y'"
        gone = after(f"DELETE FROM {table} WHERE {key} = {number!r}")
        moved = after(f"UPDATE {table} SET {key} = {at} WHERE {key} = {number!r}")

        assert Fault(kind.name, number, GONE) in gone
        assert {one.says for one in moved if one.name == kind.name} >= {UNTOLD, GONE}


def test_what_belongs_to_a_record_is_a_part_of_it(told):
    for said, name in PARTS.items():
        also = {(name, ELSEWHERE)} if said in MOVES else set()
        assert {(one.name, one.says) for one in after(said)} == {(name, DIFFERS), *also}, said


def test_words_that_were_erased_are_told_from_forged_ones(told):
    for kind in (kind for kind in KINDS if issubclass(kind.model, Worded)):
        types = {name: kind.model.__table__.c[name].type for name in kind.model.WORDS}
        empty = ", ".join(f"{name} = {nothing(of)}" for name, of in types.items())
        number = worded(kind)
        update, one = f"UPDATE {kind.model.__tablename__} SET ", f"WHERE id = {number!r}"

        assert after(f"{update} {empty}, salt = '' {one}") == [Fault(kind.name, number, ERASED)]
        assert after(f"{update} salt = '' {one}") == [Fault(kind.name, number, DIFFERS)]


def test_words_can_be_erased_by_a_step_that_tells_of_it(told):
    for step in (*without_guards(), "UPDATE reply_ruling SET reason = '', salt = '' WHERE id = 2"):
        db.session.execute(sa.text(step))
    ruling = db.session.get(ReplyRuling, 2)
    record(None, "reply.decline", ruling.reply, vouches=ruling)

    assert list(forged()) == []
    db.session.rollback()


def forge(kind, column):
    """Change a record and append a step that tells of it as it is now."""
    number = newest(kind)
    where = f"WHERE {kind.key.name} = {number!r}"
    change = f"UPDATE {column.table} SET {column.name} = {other(column, kind.key, number)} {where}"
    for said in (*without_guards(), change):
        db.session.execute(sa.text(said))
    db.session.expire_all()
    append(kind, number)
    faults = [one for one in forged() if one.name == kind.name]
    db.session.rollback()
    return number, faults


def append(kind, number):
    content = hashes(db.session.get(kind.model, number).as_told())
    step = AuditEvent(
        at=clock.now(),
        verb=kind.verbs[0],
        subject_kind=kind.about,
        subject_key=db.session.scalar(sa.select(kind.about_key).where(kind.key == number)),
        details={
            "content": [{"of": kind.model.__tablename__, "key": str(number), **content}],
        },
    )
    db.session.add(step)
    db.session.flush()


def test_what_is_made_once_cannot_be_told_anew(told):
    for kind in (kind for kind in KINDS if not kind.changers):
        for column in columns(kind):
            if not leads(kind, column):
                number, faults = forge(kind, column)
                assert faults == [Fault(kind.name, number, TWICE)], column


def test_a_record_told_twice_is_named_even_if_it_is_what_the_second_step_tells(told):
    for kind in (kind for kind in KINDS if not kind.changers):
        append(kind, newest(kind))
        assert list(forged()) == [Fault(kind.name, newest(kind), TWICE)]
        db.session.rollback()


def test_a_revision_moved_to_another_report_and_told_of_there_is_named(told):
    first, second = db.session.scalars(sa.select(Revision).order_by(Revision.id).limit(2))
    # A number of its own, for a report has each only once.
    move = f"UPDATE revision SET entry_id = '{first.entry_id}', number = 9 WHERE id = {second.id}"
    for said in (*without_guards(), move):
        db.session.execute(sa.text(said))
    db.session.expire_all()
    record(None, "entry.submit", first.entry, vouches=second)

    assert Fault("revision", second.id, GONE) in list(forged())
    db.session.rollback()


def test_the_walk_takes_up_where_a_page_of_it_ended(told, monkeypatch):
    monkeypatch.setattr(contents, "STRIDE", 1)
    assert list(forged()) == []

    faults = after(
        "UPDATE decision SET reason = 'x' WHERE id < 4", "DELETE FROM reply WHERE id = 2"
    )

    assert [(fault.name, fault.number) for fault in faults] == [
        ("decision", 1),
        ("decision", 2),
        ("decision", 3),
        ("reply", 2),
    ]


def test_the_log_holds_hashes_of_what_people_wrote_and_never_the_words(told):
    logged = str(list(db.session.scalars(sa.select(AuditEvent.details))))

    for words in ("Because it is so.", "where you saw it", "The school opened", "calls us names"):
        assert words not in logged


def test_the_same_words_have_another_hash_in_each_record(told):
    decided = sa.select(AuditEvent.details).where(AuditEvent.verb.in_(("reply.receive",)))
    told_words = [details["content"][0]["words"] for details in db.session.scalars(decided)]

    assert len(set(told_words)) == len(told_words) == 2
