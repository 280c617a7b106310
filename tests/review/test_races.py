"""Two at once: real threads, each with its own transaction, on both databases."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from sqlalchemy import func, select

from mobilizer.accounts.models import User
from mobilizer.core.database import db
from mobilizer.core.errors import RuleBroken
from mobilizer.findings.models import Finding
from mobilizer.monitoring.actions import submit
from mobilizer.monitoring.models import Entry
from mobilizer.monitoring.rules.revision import Sent
from mobilizer.monitoring.rules.workflow import EntryState, RevisionKind
from mobilizer.review.actions import DecidedAlready, approve_together, decide
from mobilizer.review.models import Decision
from mobilizer.review.rules import Superseded

ROUNDS = 5


def at_once(app, *steps):
    """Take steps at the same moment, each in its own transaction; what came of each."""
    start = Barrier(len(steps))

    def take(step):
        with app.app_context():
            start.wait(timeout=60)
            try:
                step()
                db.session.commit()
            except RuleBroken as broken:
                db.session.rollback()
                return type(broken)
            finally:
                db.session.remove()
            return None

    db.session.commit()
    with ThreadPoolExecutor(len(steps)) as workers:
        return list(workers.map(take, steps))


def deciding_together(asked, user_id):
    return lambda: approve_together(asked, by=db.session.get_one(User, user_id))


def deciding(entry_id, ruling, user_id):
    return lambda: decide(entry_id, ruling, by=db.session.get_one(User, user_id))


def revising(entry_id, sent, user_id):
    return lambda: submit(
        db.session.get_one(Entry, entry_id), sent, by=db.session.get_one(User, user_id)
    )


def test_two_mentors_who_decide_at_once_make_one_decision(app, make):
    for _ in range(ROUNDS):
        entry = make.report()
        mentors = [entry.assignment.mentor, make.mentor("Polog"), make.mentor("Polog")]
        asked = [make.ruling(entry, verdict) for verdict in ("approve", "return", "approve")]
        ids = [mentor.id for mentor in mentors]
        entry_id = entry.id

        came = at_once(app, *(deciding(entry_id, *each) for each in zip(asked, ids, strict=True)))

        assert Counter(came) == {None: 1, DecidedAlready: 2}
        decision = db.session.scalars(select(Decision).order_by(Decision.id.desc())).first()
        assert decision.by_id == ids[came.index(None)]
        assert db.session.get_one(Entry, entry_id).state is decision.verdict.outcome
    assert db.session.scalar(select(func.count(Decision.id))) == ROUNDS


def test_the_same_button_pressed_twice_at_once_decides_once(app, make):
    entry = make.report()
    mentor_id, asked = entry.assignment.mentor_id, make.ruling(entry, "approve")

    came = at_once(app, *[deciding(entry.id, asked, mentor_id)] * 4)

    assert came == [None] * 4
    assert db.session.scalar(select(func.count(Decision.id))) == 1
    assert db.session.scalar(select(func.count(Finding.number))) == 1


def test_an_approved_revision_is_the_newest_even_if_both_come_at_once(app, make):
    orders = set()
    for _ in range(ROUNDS):
        entry = make.report()
        entry_id, assignment = entry.id, entry.assignment
        mentor_id, author_id = assignment.mentor_id, assignment.mobilizer_id
        asked = make.ruling(entry, "approve")
        evidence = tuple(piece.id for piece in entry.evidence)
        said = {**entry.revisions[0].answers, "rating_reason": "Now it was seen by all of them."}

        sent = Sent(fields=said, evidence=evidence)

        revise = revising(entry_id, sent, author_id)
        came = at_once(app, deciding(entry_id, asked, mentor_id), revise)

        entry = db.session.get_one(Entry, entry_id)
        published = db.session.scalars(
            select(Finding).where(Finding.revision_id.in_([one.id for one in entry.revisions]))
        ).all()
        if came[0] is None:
            assert came[1] is RuleBroken
            assert (entry.state, entry.newest) == (EntryState.APPROVED, 1)
            assert [one.revision_id for one in published] == [entry.revisions[0].id]
        else:
            assert came == [Superseded, None]
            assert (entry.state, entry.newest) == (EntryState.SUBMITTED, 2)
            assert published == []
        orders.add(came[0])
    assert orders <= {None, Superseded}


def test_approving_together_and_alone_at_once_ends_and_decides_each_once(app, make):
    """Who holds a report must not wait for the chain of findings of whom she keeps waiting."""
    for _ in range(ROUNDS):
        mira = make.mentor("Polog")
        entries = [make.entry(make.assignment(mentor=mira), state="submitted") for _ in range(3)]
        for entry in entries:
            make.evidence(entry)
            make.revision(entry, kind=RevisionKind.NO_CHANGE, tried="Asked the municipality.")
        asked = {entry.id: make.ruling(entry, "approve") for entry in entries}
        backwards = dict(reversed(asked.items()))
        last = max(asked)
        ids = [mira.id, make.mentor("Polog").id, make.mentor("Polog").id]

        came = at_once(
            app,
            deciding_together(asked, ids[0]),
            deciding_together(backwards, ids[1]),
            deciding(last, asked[last], ids[2]),
        )

        assert came[:2] == [None, None]
        assert came[2] in (None, DecidedAlready)
    assert db.session.scalar(select(func.count(Decision.id))) == 3 * ROUNDS
