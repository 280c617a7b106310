"""Sessions that have ended do not pile up."""

from datetime import timedelta

from mobilizer.core import clock
from mobilizer.core.database import db
from mobilizer.core.sessions import IDLE, PASSING, WebSession, hashed
from tests.builders import Builders
from tests.support.page import Page

MOMENT = timedelta(seconds=1)


def kept(token: str, user_id: int | None, age: timedelta) -> None:
    then = clock.now() - age
    row = WebSession(
        token_hash=hashed(token), user_id=user_id, content={}, created_at=then, seen_at=then
    )
    db.session.add(row)


def test_a_new_session_sweeps_out_those_that_have_ended(make: Builders, page: Page) -> None:
    hers = make.mobilizer().id
    kept("hers, ended", hers, IDLE + MOMENT)
    kept("hers", hers, PASSING + MOMENT)
    kept("a passer-by's, ended", None, PASSING + MOMENT)
    kept("a passer-by's", None, PASSING - 60 * MOMENT)
    db.session.commit()

    page.get("accounts.sign_in")

    left = set(db.session.scalars(db.select(WebSession.token_hash)))
    assert {hashed("hers"), hashed("a passer-by's")} < left
    assert len(left) == 3
