"""Second looks that were put in or changed behind our back."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError

from mobilizer.agreement.models import SecondLook
from mobilizer.core.database import db
from mobilizer.desk.queries.contents import Fault, forged
from tests.builders import Builders


def test_a_look_that_lapsed_and_is_there_again_is_named(make: Builders) -> None:
    make.mentor("Vardar")
    entry = make.report()
    look = make.drawn(entry)
    assert look is not None
    number, before = look.id, look.drawn_at
    make.decision(entry, "reject")
    make.drawn(entry)

    db.session.add(
        SecondLook(id=number, revision_id=look.revision_id, drawn_at=before, salt=look.salt)
    )
    db.session.flush()

    assert Fault("second look", number, "the log tells that it is gone; it is there") in forged()


def test_a_look_at_a_report_that_was_not_drawn_is_named(make: Builders) -> None:
    make.mentor("Vardar")
    look = make.drawn(make.report())
    assert look is not None
    look.revision.entry.assignment.cycle.second_share = 0
    db.session.flush()

    assert Fault("second look", look.id, "the lot did not fall on its report") in forged()


@pytest.mark.parametrize(
    "said", ["SET rating = 'broken'", "SET given_at = NULL", "SET coder_id = NULL", "DELETE"]
)
def test_the_database_refuses_to_change_what_was_given(make: Builders, said: str) -> None:
    make.second(make.report(), "kept", by=make.mentor("Vardar"))
    db.session.commit()
    change = "DELETE FROM second_look" if said == "DELETE" else f"UPDATE second_look {said}"

    with pytest.raises(DatabaseError, match="append-only"):
        db.session.execute(text(change))
    db.session.rollback()
