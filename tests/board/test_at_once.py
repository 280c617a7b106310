"""Two coordinators, or a coordinator and a mobilizer, at the same moment: one truth afterwards."""

from sqlalchemy import select

from mobilizer.accounts.models import User
from mobilizer.assignments.models import Assignment, Handover
from mobilizer.board.actions import Asked, hand_over
from mobilizer.core.database import db
from mobilizer.core.errors import RuleBroken
from mobilizer.monitoring import actions as monitoring
from mobilizer.monitoring.models import Entry
from mobilizer.monitoring.rules.draft import Draft
from tests.builders import month
from tests.monitoring.test_two_at_once import together


def handing(programme, to, first="2026-11"):
    by, asked = programme.cora.id, Asked(programme.held.id, to.id, month(first), "She moves.")
    return lambda: hand_over(asked, by=db.session.get_one(User, by))


def test_two_coordinators_hand_it_to_two_people_and_one_of_them_has_it(app, programme, make):
    nora = programme.mobilizer(make, "Nora N.")
    acts = [handing(programme, to) for to in (programme.vesa, nora)]
    db.session.commit()

    failures = together(app, acts)

    assert [type(failure) for failure in failures] == [RuleBroken]
    assert len(db.session.scalars(select(Handover)).all()) == 1


def test_the_same_from_two_windows_is_one(app, programme):
    acts = [handing(programme, programme.vesa)] * 3
    db.session.commit()

    assert together(app, acts) == []
    assert len(db.session.scalars(select(Handover)).all()) == 1


def test_a_draft_begun_at_that_moment_is_either_hers_in_her_month_or_too_late(app, programme):
    held_id, mila_id = programme.held.id, programme.mila.id

    def begin():
        held = db.session.get_one(Assignment, held_id)
        her = db.session.get_one(User, mila_id)
        entry = monitoring.start(held, month("2026-11"), by=her)
        db.session.flush()
        monitoring.save_draft(entry, Draft({"rating": "kept"}), knew="0.0", by=her)

    act = handing(programme, programme.vesa)
    db.session.commit()

    failures = together(app, [act, begin])

    handed = db.session.scalars(select(Handover)).all()
    typed = [one for one in db.session.scalars(select(Entry)) if one.draft]
    assert typed, "what she typed is kept, whoever was first"
    assert len(handed) + len(failures) == 1
