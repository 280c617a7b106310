"""What two people do at the same moment, on both databases."""

from contextvars import Context
from threading import Barrier, Thread

from sqlalchemy import func, select

from mobilizer.accounts.actions import invitations
from mobilizer.accounts.models import User
from mobilizer.core.database import db
from mobilizer.core.errors import NotVisible, RuleBroken

HASH = "a hash"


def people():
    return db.session.scalar(select(func.count()).select_from(User))


def test_two_who_send_the_same_token_at_once_make_one_account(app, make):
    _, token = make.invitation()
    db.session.commit()
    both, results = Barrier(2), []

    def send(name):
        with app.app_context():
            both.wait()
            try:
                invitations.accept(
                    token, name=name, password_hash=HASH, language="en", alias="Reader"
                )
                db.session.commit()
                results.append("came in")
            except NotVisible:
                results.append("too late")

    threads = [Thread(target=Context().run, args=(send, name)) for name in ("one", "two")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(results) == ["came in", "too late"]
    assert people() == 1


def test_two_who_want_the_same_name_at_once_get_one_of_them(app, make):
    tokens = [make.invitation()[1] for _ in range(2)]
    db.session.commit()
    both, results = Barrier(2), []

    def send(token):
        with app.app_context():
            both.wait()
            try:
                invitations.accept(
                    token, name="falcon", password_hash=HASH, language="en", alias="Reader"
                )
                db.session.commit()
                results.append("came in")
            except RuleBroken as broken:
                results.append(broken.field)

    threads = [Thread(target=Context().run, args=(send, token)) for token in tokens]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(results) == ["came in", "sign_in_name"]
