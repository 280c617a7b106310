"""Who was shut out does not come in again by an invitation she made before."""

import pytest

from mobilizer.accounts.actions import invitations, postings
from mobilizer.accounts.rules import Role
from mobilizer.accounts.rules.invitations import InvitationState
from mobilizer.accounts.rules.postings import Place
from mobilizer.core.database import db
from mobilizer.people import actions
from tests.builders import Builders


@pytest.mark.parametrize("how", ["deactivated", "without her role"])
def test_open_invitations_end_with_the_right_to_make_them(make: Builders, how: str) -> None:
    left, stays, admin = make.coordinator(), make.coordinator(), make.administrator()
    where = Place(make.the_cycle().id, make.region("Polog").id)
    hers, _ = invitations.invite(Role.MENTOR, where, by=left)
    others, _ = invitations.invite(Role.MENTOR, where, by=stays)
    db.session.commit()

    if how == "deactivated":
        actions.deactivate(left, by=admin)
    else:
        postings.end(left.current_postings[0], by=admin)
    db.session.commit()

    assert hers.state is InvitationState.WITHDRAWN
    assert others.state is InvitationState.OPEN


def test_a_role_that_is_left_keeps_its_invitations_open(make: Builders) -> None:
    left, admin = make.coordinator(), make.administrator()
    where = Place(make.the_cycle().id, make.region("Polog").id)
    hers, _ = invitations.invite(Role.MENTOR, where, by=left)
    mentors = postings.add(left, Role.MENTOR, where, by=admin)
    db.session.commit()

    postings.end(mentors, by=admin)

    assert hers.state is InvitationState.OPEN
