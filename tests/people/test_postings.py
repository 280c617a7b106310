import pytest
from sqlalchemy import select

from mobilizer.accounts.actions import postings
from mobilizer.accounts.rules import Role
from mobilizer.accounts.rules.postings import Place
from mobilizer.audit.models import AuditEvent
from mobilizer.core import clock
from mobilizer.core.database import db
from mobilizer.core.errors import RuleBroken
from mobilizer.core.sessions import WebSession
from mobilizer.people import actions


@pytest.fixture
def chief(make):
    return make.coordinator()


def where(make, region="Polog", mentor=None):
    return Place(make.the_cycle().id, make.region(region).id, mentor.id if mentor else None)


def test_a_person_can_hold_different_roles_in_different_cycles(make, chief):
    second = make.cycle()
    make.posting(chief, Role.COORDINATOR, cycle=second)
    user = make.mobilizer()

    postings.add(user, Role.MENTOR, Place(second.id, make.region().id), by=chief)

    assert user.roles == {Role.MOBILIZER, Role.MENTOR}
    assert db.session.scalars(select(AuditEvent.verb)).all() == ["posting.add"]


@pytest.mark.parametrize("region", ["Polog", "Pelagonia"])
def test_nobody_holds_a_role_twice(make, chief, region):
    user = make.mobilizer("Polog")

    with clock.at(clock.now() + postings.SAME_WITHIN * 2), pytest.raises(RuleBroken, match="alre"):
        postings.add(user, Role.MOBILIZER, where(make, region), by=chief)


def test_of_two_presses_of_one_button_the_second_is_answered_as_the_first(make, chief):
    user, mentor = make.user(None), make.mentor("Polog")

    first = postings.add(user, Role.MOBILIZER, where(make, "Polog"), by=chief)
    again = postings.add(user, Role.MOBILIZER, where(make, "Polog"), by=chief)
    named = Place(make.the_cycle().id, make.region("Polog").id, mentor.id)

    assert again is first
    assert postings.add(user, Role.MOBILIZER, named, by=chief) is first
    with pytest.raises(RuleBroken, match="already"):
        postings.add(user, Role.MOBILIZER, where(make, "Pelagonia"), by=chief)


def test_a_mentor_can_have_two_regions(make, chief):
    mentor = make.mentor("Polog")

    postings.add(mentor, Role.MENTOR, where(make, "Pelagonia"), by=chief)

    assert len(mentor.region_ids(Role.MENTOR)) == 2


def test_nobody_changes_her_own_roles(make, chief):
    administrator = make.administrator()
    own = make.posting(chief, Role.MOBILIZER, "Polog")

    with pytest.raises(RuleBroken, match="her own"):
        postings.add(chief, Role.MENTOR, where(make), by=chief)
    with pytest.raises(RuleBroken, match="her own"):
        postings.add(administrator, Role.COORDINATOR, Place(make.the_cycle().id), by=administrator)
    with pytest.raises(RuleBroken, match="her own"):
        postings.end(own, by=chief)
    with pytest.raises(RuleBroken, match="her own"):
        postings.move(own, region_id=make.region("Pelagonia").id, mentor_id=None, by=chief)


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.ADMINISTRATOR])
def test_a_coordinator_makes_neither_coordinators_nor_administrators(make, chief, role):
    user = make.mobilizer()
    place = Place() if role == Role.ADMINISTRATOR else Place(make.the_cycle().id)

    with pytest.raises(RuleBroken, match="give or take"):
        postings.add(user, role, place, by=chief)


@pytest.mark.parametrize("giver", ["mentor", "mobilizer"])
def test_mentors_and_mobilizers_give_no_role(make, giver):
    with pytest.raises(RuleBroken, match="give or take"):
        postings.add(make.user(), Role.MOBILIZER, where(make), by=make.user(giver, "Polog"))


def test_a_mobilizer_has_exactly_one_mentor_who_is_a_mentor_of_her_region(make, chief):
    mentor, far = make.mentor("Polog"), make.mentor("Pelagonia")
    user = make.user()

    for wrong in (far, make.mobilizer("Polog"), user):
        with pytest.raises(RuleBroken) as broken:
            postings.add(user, Role.MOBILIZER, where(make, mentor=wrong), by=chief)
        assert broken.value.field == "mentor"
    posting = postings.add(user, Role.MOBILIZER, where(make), by=chief)

    assert posting.mentor_id == mentor.id


def test_where_there_are_two_mentors_none_is_guessed(make, chief):
    make.mentor("Polog")
    second = make.mentor("Polog")

    unnamed = postings.add(make.user(), Role.MOBILIZER, where(make), by=chief)
    named = postings.add(make.user(), Role.MOBILIZER, where(make, mentor=second), by=chief)

    assert unnamed.mentor_id is None
    assert named.mentor_id == second.id


def test_who_moves_to_another_region_gets_its_mentor(make, chief):
    mentor, other = make.mentor("Polog"), make.mentor("Pelagonia")
    [posting] = make.mobilizer("Polog", mentor=mentor).postings

    postings.move(posting, region_id=make.region("Pelagonia").id, mentor_id=None, by=chief)

    assert posting.mentor_id == other.id
    [event] = db.session.scalars(select(AuditEvent)).all()
    assert event.details["changed"]["mentor_id"] == {"from": mentor.id, "to": other.id}


def test_moving_nowhere_changes_and_notes_nothing(make, chief):
    [posting] = make.mentor("Polog").postings

    postings.move(posting, region_id=posting.region_id, mentor_id=None, by=chief)

    assert not db.session.scalars(select(AuditEvent)).all()


@pytest.mark.parametrize("heirs", [0, 1, 2])
def test_a_mentor_who_leaves_hands_her_mobilizers_to_the_one_who_remains(make, chief, heirs):
    mentor = make.mentor("Polog")
    remaining = [make.mentor("Polog") for _ in range(heirs)]
    [hers] = make.mobilizer("Polog", mentor=mentor).postings

    postings.end(mentor.postings[0], by=chief)

    assert hers.mentor_id == (remaining[0].id if heirs == 1 else None)


def test_a_mentor_who_moves_away_hands_her_mobilizers_over_too(make, chief):
    mentor, stays = make.mentor("Polog"), make.mentor("Polog")
    [hers] = make.mobilizer("Polog", mentor=mentor).postings

    postings.move(
        mentor.postings[0], region_id=make.region("Pelagonia").id, mentor_id=None, by=chief
    )

    assert hers.mentor_id == stays.id


def test_an_ended_posting_is_not_ended_again_but_kept(make, chief):
    user = make.mobilizer()
    [posting] = user.postings

    postings.end(posting, by=chief)

    assert user.roles == set()
    assert posting.ended_at is not None
    with pytest.raises(RuleBroken, match="has ended"):
        postings.end(posting, by=chief)


def sessions_of(user):
    return db.session.scalars(select(WebSession).where(WebSession.user_id == user.id)).all()


@pytest.mark.parametrize("step", ["add", "end"])
def test_who_is_given_or_loses_a_role_signs_in_anew(make, page, chief, step):
    user = make.mobilizer()
    page.sign_in(user)

    if step == "add":
        postings.add(user, Role.MENTOR, where(make, "Pelagonia"), by=chief)
    else:
        postings.end(user.postings[0], by=chief)

    assert not sessions_of(user)


# --- closing and opening accounts


def test_who_is_deactivated_is_out_until_she_is_reactivated(make, page, chief):
    user = make.mobilizer()
    page.sign_in(user)

    actions.deactivate(user, by=chief)

    page.get("accounts.own", expect=302)
    actions.reactivate(user, by=chief)
    page.sign_in(user)
    page.get("accounts.own")
    verbs = db.session.scalars(select(AuditEvent.verb).order_by(AuditEvent.id)).all()
    assert verbs == ["person.deactivate", "person.reactivate"]


def test_nobody_closes_her_own_account(make):
    administrator = make.administrator()

    for act in (actions.deactivate, actions.reactivate, actions.sign_out):
        with pytest.raises(RuleBroken, match="her own"):
            act(administrator, by=administrator)


def test_a_coordinator_closes_nobody_who_is_more_than_hers(make, chief):
    elsewhere = make.mobilizer()
    make.posting(elsewhere, Role.MENTOR, "Polog", cycle=make.cycle())

    for user in (elsewhere, make.coordinator(), make.administrator()):
        with pytest.raises(RuleBroken, match="not yours"):
            actions.deactivate(user, by=chief)
        assert user.is_active


def test_what_is_done_already_is_not_done_again(make, chief):
    user = make.mobilizer()

    with pytest.raises(RuleBroken, match="is open"):
        actions.reactivate(user, by=chief)
    actions.deactivate(user, by=chief)
    with pytest.raises(RuleBroken, match="closed already"):
        actions.deactivate(user, by=chief)


def test_of_two_who_move_a_posting_at_once_the_later_sees_where_the_other_put_it(make, page):
    posting = make.mobilizer("Polog").postings[0]
    pelagonia, skopje = make.region("Pelagonia"), make.region("Skopje")
    page.sign_in(make.coordinator())
    page.get("people.change_posting", posting_id=posting.id)
    posting.region_id, hers = pelagonia.id, {"region": str(skopje.id), "mentor": ""}

    told = page.post("people.change_posting", posting_id=posting.id, data=hers, expect=200)

    assert "Saved now: Pelagonia" in told.texts("#region-error")[0]
    assert "selected" in told.query(f"#region [value='{skopje.id}']")[0].attrs
    assert posting.region_id == pelagonia.id
    page.post("people.change_posting", posting_id=posting.id, data=hers)
    assert posting.region_id == skopje.id
