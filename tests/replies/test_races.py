"""Two at once, on both databases: one reply, one finding, one decision."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Event, get_ident

import pytest
from sqlalchemy import event, func, select

from mobilizer.accounts.models import User
from mobilizer.core import clock
from mobilizer.core.database import db
from mobilizer.findings.models import Finding
from mobilizer.replies.actions import (
    Addressee,
    Written,
    decide,
    forgo,
    invite,
    publish_due,
    receive,
)
from mobilizer.replies.models import HeldFinding, Reply, ReplyRuling
from mobilizer.replies.rules import AddresseeKind, Gone, Ruling
from mobilizer.review.actions import reopen
from tests.review.test_races import at_once
from tests.support.days import over
from tests.support.world import NOVEMBER

ONLY_POSTGRESQL = pytest.mark.parametrize("app", ["postgresql"], indirect=True)
WHY = "The decree is of another year."
ROUNDS = 3
AFTER = NOVEMBER + timedelta(days=11)


def then(step):
    """A step at a moment of the test's, in whatever thread."""

    def taken():
        with clock.at(AFTER):
            step()

    return taken


def ask(held_id, name):
    about = db.session.get_one(HeldFinding, held_id)
    invite(about, Addressee(AddresseeKind.INSTITUTION, name, "en"), by=None)


def count(model):
    return db.session.scalar(select(func.count()).select_from(model))


def test_two_windows_at_once_make_one_reply(app, make):
    for number in range(1, ROUNDS + 1):
        _, token = make.reply_link()
        sending = [
            then(lambda text=text, token=token: receive(token, Written("Road Party", text, "en")))
            for text in ("One.", "Two.")
        ]

        came = at_once(app, *sending, then(lambda token=token: forgo(token)))

        assert Counter(came) == {None: 1, Gone: 2}
        assert count(Reply) <= number


def test_the_deadline_and_a_published_reply_at_once_publish_one_finding(app, make):
    cora = make.coordinator().id
    for number in range(1, ROUNDS + 1):
        held = make.held(make.report(), days=10)
        held_id, reply_id = held.id, make.reply(held).id

        came = at_once(
            app,
            then(lambda held_id=held_id: publish_due(held_id)),
            then(
                lambda reply_id=reply_id: decide(
                    db.session.get_one(Reply, reply_id),
                    Ruling.PUBLISH,
                    by=db.session.get_one(User, cora),
                )
            ),
        )

        assert came == [None, None]
        db.session.expire_all()
        newest = db.session.scalars(select(Finding).order_by(Finding.number.desc())).first()
        assert count(Finding) == number
        assert held.finding_number == newest.number
        ruling = db.session.scalars(select(ReplyRuling).order_by(ReplyRuling.id.desc())).first()
        assert ruling.beside == newest.number


def test_two_bodies_that_say_at_once_that_they_will_not_reply_leave_nothing_to_wait_for(app, make):
    for _ in range(ROUNDS):
        held = make.held(make.report(), days=30)
        tokens = [make.reply_link(held, name=name, days=30)[1] for name in ("Road Party", "Roads")]

        came = at_once(app, *[then(lambda token=token: forgo(token)) for token in tokens])

        assert came == [None, None]
        db.session.expire_all()
        assert held.publish_at == AFTER


def test_two_who_ask_at_once_about_one_finding_do_not_wait_for_each_other(app, make):
    for _ in range(ROUNDS):
        held_id = make.held(make.report(), days=10).id
        asking = [
            then(lambda held_id=held_id, name=name: ask(held_id, name))
            for name in ("Road Party", "Roads", "Town Hall")
        ]

        assert at_once(app, *asking) == [None] * 3


@ONLY_POSTGRESQL
def test_what_is_reopened_while_it_is_published_is_corrected(app, make):
    """Whoever reopens it waits for the worker, who has not ended yet."""
    entry = make.report()
    held = make.held(entry, days=10)
    make.reply_link(held)
    entry_id, cora = entry.id, make.coordinator().id
    db.session.commit()
    worker, looks = get_ident(), Event()

    def note(connection, cursor, statement, *_):
        if get_ident() != worker and "FOR UPDATE" in statement and "FROM held_finding" in statement:
            looks.set()

    def reopening():
        with app.app_context(), clock.at(over(10)):
            try:
                made = reopen(entry_id, WHY, by=db.session.get_one(User, cora))
                number = made.finding_number
                db.session.commit()
                return number
            finally:
                looks.set()

    event.listen(db.engine, "before_cursor_execute", note)
    with clock.at(over(10)), ThreadPoolExecutor(1) as other:
        number = publish_due(held.id).number
        db.session.flush()
        coming = other.submit(reopening)
        looks.wait()
        db.session.commit()

        assert coming.result() == number


def test_a_button_pressed_twice_at_once_decides_once(app, make):
    cora, reply_id = make.coordinator().id, make.reply().id

    def deciding():
        by = db.session.get_one(User, cora)
        decide(db.session.get_one(Reply, reply_id), Ruling.PUBLISH, by=by)

    assert at_once(app, *[then(deciding)] * 3) == [None] * 3
    assert count(ReplyRuling) == 1
