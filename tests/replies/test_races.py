"""Two at once, on both databases: one reply, one finding, one decision."""

from collections import Counter
from datetime import timedelta

from sqlalchemy import func, select

from mobilizer.accounts.models import User
from mobilizer.core import clock
from mobilizer.core.database import db
from mobilizer.findings.models import Finding
from mobilizer.replies.actions import Written, decide, forgo, publish_due, receive
from mobilizer.replies.models import Reply, ReplyRuling
from mobilizer.replies.rules import Gone, Ruling
from tests.review.test_races import at_once
from tests.support.world import NOVEMBER

ROUNDS = 3
AFTER = NOVEMBER + timedelta(days=11)


def then(step):
    """A step at a moment of the test's, in whatever thread."""

    def taken():
        with clock.at(AFTER):
            step()

    return taken


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


def test_a_button_pressed_twice_at_once_decides_once(app, make):
    cora, reply_id = make.coordinator().id, make.reply().id

    def deciding():
        by = db.session.get_one(User, cora)
        decide(db.session.get_one(Reply, reply_id), Ruling.PUBLISH, by=by)

    assert at_once(app, *[then(deciding)] * 3) == [None] * 3
    assert count(ReplyRuling) == 1
