from datetime import timedelta

import pytest
from sqlalchemy import func, select

from mobilizer.accounts.actions import invitations
from mobilizer.accounts.models import Invitation, User
from mobilizer.accounts.rules import Role
from mobilizer.accounts.rules.invitations import InvitationState, link
from mobilizer.accounts.rules.postings import Place
from mobilizer.audit.models import AuditEvent
from mobilizer.core import clock
from mobilizer.core.database import db
from mobilizer.core.errors import RuleBroken
from mobilizer.core.sessions import hashed

TYPED = {
    "sign_in_name": "falcon",
    "password": "gumbo lantern fiddle",
    "language": "en",
    "alias": "Mobilizer, Polog",
    "full_name": "",
}


@pytest.fixture
def come(page):
    """Accept an invitation as a browser would."""

    def come(token, expect=302, **typed):
        address = f"/account/invitation/{token}"
        return page.post(address, data={**TYPED, **typed}, expect=expect)

    return come


def people():
    return db.session.scalar(select(func.count()).select_from(User))


def test_an_invited_person_makes_her_account_and_is_signed_in(make, page, come):
    mentor = make.mentor("Polog")
    invitation, token = make.invitation(mentor_id=mentor.id)

    assert come(token).location == "/field/"

    page.get("accounts.own")
    user = db.session.scalars(select(User).where(User.sign_in_name == "falcon")).one()
    [posting] = user.postings
    assert (posting.role, posting.region_id) == (Role.MOBILIZER, invitation.region_id)
    assert (posting.cycle_id, posting.mentor_id) == (invitation.cycle_id, mentor.id)
    assert (invitation.state, invitation.used_by_id) == (InvitationState.USED, user.id)


def test_looking_at_an_invitation_does_not_use_it_up(make, page, come):
    invitation, token = make.invitation()

    for _ in range(3):
        page.get(f"/account/invitation/{token}")

    assert invitation.state == InvitationState.OPEN
    come(token)


def test_the_page_is_in_the_language_of_the_invitation_until_another_is_chosen(make, page):
    _, token = make.invitation(language="sq")

    assert page.get(f"/account/invitation/{token}").query("html")[0].attrs["lang"] == "sq"
    chosen = page.get(f"/account/invitation/{token}?lang=mk")
    assert chosen.query("html")[0].attrs["lang"] == "mk"


def test_the_alias_is_suggested_and_can_be_changed(make, page, come):
    _, token = make.invitation(region="Southeast Region")

    answer = page.get(f"/account/invitation/{token}")

    assert answer.query("[name=alias]")[0].attrs["value"] == "Mobilizer, Southeast"
    come(token, alias="Reader of promises")
    assert db.session.scalars(select(User.alias)).all() == ["Reader of promises"]


def test_the_token_leaks_to_no_other_site_and_into_no_cache(make, page):
    _, token = make.invitation()

    answer = page.get(f"/account/invitation/{token}")

    assert answer.headers["Referrer-Policy"] in ("same-origin", "no-referrer")
    assert answer.headers["Cache-Control"] == "no-store"


def test_only_a_hash_of_the_token_is_kept(make):
    coordinator, region = make.coordinator(), make.region()
    place = Place(make.the_cycle().id, region.id)

    made, token = invitations.invite(Role.MENTOR, place, by=coordinator)

    assert len(token) >= 43
    assert made.token_hash == hashed(token)
    kept = [
        str(value) for row in db.session.scalars(select(Invitation)) for value in vars(row).values()
    ]
    assert not any(token in value for value in kept)
    assert token not in str(db.session.scalars(select(AuditEvent.details)).all())


# --- what does not work


@pytest.mark.parametrize("past", ["used", "withdrawn", "expired", "guessed"])
def test_an_invitation_that_is_no_longer_open_opens_nothing(make, page, come, past):
    now = clock.now()
    given = {
        "used": {"used_at": now},
        "withdrawn": {"withdrawn_at": now},
        "expired": {"expires_at": now - timedelta(seconds=1)},
        "guessed": {},
    }[past]
    _, token = make.invitation(**given)
    token = "x" + token[1:] if past == "guessed" else token

    answer = page.get(f"/account/invitation/{token}", expect=404)
    page.get("accounts.sign_in")
    come(token, expect=404)

    assert "This invitation does not work" in answer
    assert people() == 0


def test_an_invitation_works_once(make, page, come):
    _, token = make.invitation()
    come(token)
    page.sign_out()

    page.get("accounts.sign_in")
    come(token, expect=404, sign_in_name="another")

    assert people() == 1


def test_an_invitation_that_ends_while_the_form_is_open_opens_nothing(make, page, come):
    invitation, token = make.invitation()
    page.get(f"/account/invitation/{token}")

    with clock.at(invitation.expires_at):
        come(token, expect=404)

    assert people() == 0


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"sign_in_name": ""}, "sign_in_name"),
        ({"sign_in_name": "ab"}, "sign_in_name"),
        ({"sign_in_name": "two words"}, "sign_in_name"),
        ({"sign_in_name": "x" * 300}, "sign_in_name"),
        ({"sign_in_name": "TAKEN"}, "sign_in_name"),
        ({"password": ""}, "password"),
        ({"password": "short"}, "password"),
        ({"password": "password2026"}, "password"),
        ({"password": "a Falcon in flight"}, "password"),
        ({"password": "x" * 5000}, "password"),
        ({"language": "xx"}, "language"),
        ({"alias": ""}, "alias"),
        ({"alias": "x" * 81}, "alias"),
        ({"alias": "Falcon"}, "alias"),
        ({"alias": "Mira", "full_name": "Mira Kostova"}, "alias"),
        ({"full_name": "x" * 121}, "full_name"),
    ],
)
def test_what_is_wrong_is_said_beside_the_field_and_uses_nothing_up(make, come, typed, field):
    make.user(sign_in_name="taken")
    invitation, token = make.invitation()

    answer = come(token, expect=200, **typed)

    assert answer.query(f"#{field}-error")
    assert invitation.state == InvitationState.OPEN
    assert people() == 1
    kept = typed.get("sign_in_name", "falcon")
    assert answer.query("[name=sign_in_name]")[0].attrs["value"] == kept


def test_nobody_gets_another_role_than_she_was_invited_to(make, come):
    _, token = make.invitation("mobilizer")

    come(token, role="administrator", cycle="1", region="1", is_named_in_public="y")

    user = db.session.scalars(select(User)).one()
    assert user.roles == {Role.MOBILIZER}
    assert not user.is_named_in_public


def test_who_is_signed_in_is_told_that_the_invitation_is_for_somebody_new(make, page):
    invitation, token = make.invitation()
    page.sign_in(make.coordinator())

    assert "This invitation is for a new account" in page.get(f"/account/invitation/{token}")
    assert invitation.state == InvitationState.OPEN


def test_coming_in_is_noted_without_name_or_token(make, come):
    _, token = make.invitation()

    come(token)

    events = db.session.scalars(select(AuditEvent).order_by(AuditEvent.id)).all()
    assert [event.verb for event in events] == ["invitation.accept", "posting.add"]
    said = str([event.details for event in events])
    assert token not in said
    assert "falcon" not in said


# --- mentors


def test_a_mobilizer_without_a_named_mentor_gets_the_only_one_of_her_region(make, come):
    mentor = make.mentor("Polog")
    make.mentor("Pelagonia")
    _, token = make.invitation()

    come(token)

    user = db.session.scalars(select(User).where(User.sign_in_name == "falcon")).one()
    assert user.postings[0].mentor_id == mentor.id


def test_a_named_mentor_who_has_left_is_not_waited_for(make, come):
    mentor = make.mentor("Polog")
    mentor.postings[0].ended_at = clock.now()
    _, token = make.invitation(mentor_id=mentor.id)

    come(token)

    user = db.session.scalars(select(User).where(User.sign_in_name == "falcon")).one()
    assert user.postings[0].mentor_id is None


def test_the_first_mentor_of_a_region_gets_the_mobilizers_who_came_before_her(make, come):
    early, elsewhere = make.mobilizer("Polog"), make.mobilizer("Pelagonia")
    _, token = make.invitation("mentor")

    come(token, alias="Mentor, Polog")

    mentor = db.session.scalars(select(User).where(User.sign_in_name == "falcon")).one()
    assert early.postings[0].mentor_id == mentor.id
    assert elsewhere.postings[0].mentor_id is None


@pytest.mark.parametrize("days", [0, 2, -1, 365])
def test_an_invitation_lives_for_one_of_a_few_spans(make, days):
    place = Place(make.the_cycle().id, make.region().id)

    with pytest.raises(RuleBroken, match="how long"):
        invitations.invite(Role.MENTOR, place, by=None, days=days)


def test_the_operators_link_is_the_address_of_the_page(app):
    path = app.url_map.bind("localhost").build("accounts.accept", {"token": "abc"})

    assert link("https://promises.example", "abc") == "https://promises.example" + path
