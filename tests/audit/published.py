"""A promise that is public, as its own tests of the log begin with it."""

from mobilizer.audit.actions import record
from mobilizer.core.database import db
from mobilizer.desk.queries.contents import forged
from mobilizer.promises.models import Promise
from tests.builders import Builders


def published(make: Builders) -> Promise:
    """One that is public, and of which the log tells."""
    made = make.promise(party=make.party("Bridge Party"))
    make.vouched()
    record(None, "promise.publish", made, vouches=made, number=made.number)
    db.session.commit()
    assert list(forged()) == []
    return made
