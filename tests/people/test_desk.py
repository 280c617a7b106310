from datetime import timedelta

import pytest
from sqlalchemy import func, select

from mobilizer.accounts.models import Invitation, User
from mobilizer.accounts.rules import Role
from mobilizer.accounts.rules.invitations import InvitationState
from mobilizer.core import clock
from mobilizer.core.database import db
from mobilizer.core.sessions import hashed
from tests.support.page import Page


@pytest.fixture
def chief(make, page):
    """A coordinator, signed in by ``page``."""
    chief = make.coordinator(full_name="Coordinator Ana")
    page.sign_in(chief)
    return chief


def names(answer):
    return [text.split(" Alias")[0] for text in answer.texts("tbody th")]


# --- the list


def test_the_list_tells_role_region_mentor_and_the_day_somebody_was_seen(make, page, chief):
    mentor = make.mentor("Polog", full_name="Mentor Besa")
    mira = make.mobilizer("Polog", full_name="Mira", mentor=mentor)
    mira.signed_in_at = clock.now() - timedelta(days=2)

    answer = page.get("people.index")

    [row] = [text for text in answer.texts("tbody tr") if text.startswith("Mira")]
    assert "Mobilizer, Polog" in row
    assert "Mentor Besa" in row
    [day] = [one.attrs["datetime"] for one in answer.query("tbody time")][-1:]
    assert (clock.now() - timedelta(days=2)).date().isoformat() == day or len(day) == 10


@pytest.mark.parametrize("asked", ["kosto", "КОСТО", "костова мира", "Mira K", "falcon"])
def test_people_are_found_by_any_name_in_any_script(make, page, chief, asked):
    make.mobilizer(full_name="Мира Костова", sign_in_name="falcon")
    make.mobilizer(full_name="Arta")

    assert names(page.get("people.index", q=asked)) == ["Мира Костова"]


def test_the_list_is_narrowed_by_role_region_cycle_and_state(make, page, chief):
    make.mobilizer("Polog", full_name="In Polog")
    make.mobilizer("Pelagonia", full_name="In Pelagonia")
    make.mentor("Polog", full_name="Mentor")
    make.mobilizer("Polog", full_name="Gone", deactivated_at=clock.now())
    polog = make.region("Polog").id

    wanted = {"role": "mobilizer", "region": polog, "cycle": make.the_cycle().id}
    assert names(page.get("people.index", **wanted)) == ["In Polog"]
    assert names(page.get("people.index", state="closed")) == ["Gone"]
    assert "Nobody is found" in page.get("people.index", q="zzz")


@pytest.mark.parametrize(
    "nonsense", [{"role": "queen"}, {"cycle": "x"}, {"region": "-1"}, {"page": "0"}, {"page": "x"},
                 {"q": "%_\\"}, {"q": "x" * 5000}, {"page": "99999999999999999999"}]
)  # fmt: skip
def test_nonsense_in_the_address_breaks_nothing(page, chief, nonsense):
    page.get("people.index", **nonsense)


def test_a_long_list_comes_in_pages_and_costs_the_same_whatever_its_length(
    make, page, chief, queries
):
    make.mobilizer()
    page.get("people.index")  # Stores what was made: that is not what is counted.
    with queries.counted() as with_few:
        page.get("people.index")
    for _ in range(29):
        make.mobilizer()
    with queries.counted() as with_many:
        answer = page.get("people.index")

    assert len(with_many) <= len(with_few) <= 21
    assert len(answer.query("tbody tr")) == 25
    assert len(page.get("people.index", page=2).query("tbody tr")) == 6


def test_a_mentor_sees_the_people_of_her_region_and_nothing_to_change(make, page):
    mentor = make.mentor("Polog", full_name="Mentor Besa")
    mira = make.mobilizer("Polog", full_name="Mira", sign_in_name="falcon", mentor=mentor)
    make.mobilizer("Pelagonia", full_name="Far")
    page.sign_in(mentor)

    assert names(page.get("people.index")) == ["Mentor Besa", "Mira"]
    answer = page.get("people.show", user_id=mira.id)
    assert not answer.query("main form")
    assert "falcon" not in answer


def test_where_people_and_plan_differ_is_said_and_blocks_nothing(make, page, chief):
    cycle = make.the_cycle()
    cycle.quotas = {"mobilizers": 2, "mentors": 1, "mobilizers_in": {}}
    make.mobilizer("Polog", full_name="Mira")

    answer = page.get("people.index")

    warnings = answer.texts(".notice.warning li")
    assert "Polog: 1 mobilizers, 2 planned" in warnings
    assert "Polog: 0 mentors, 1 planned" in warnings
    assert "Polog: Mira has no mentor" in warnings


def test_what_somebody_calls_herself_is_shown_as_text(make, page, chief):
    payload = "<script>alert(1)</script>"
    user = make.mobilizer(full_name=payload, alias=payload)

    for answer in (page.get("people.index"), page.get("people.show", user_id=user.id)):
        assert payload not in answer.source


# --- inviting


def typed(make, **other):
    cycle, region = make.the_cycle(), make.region("Polog")
    values = {"role": "mobilizer", "cycle": str(cycle.id), "region": str(region.id), "mentor": ""}
    return {**values, "days": "7", "language": "en", "note": "M.", **other}


def invited():
    return db.session.scalar(select(func.count()).select_from(Invitation))


def test_an_invitation_is_shown_once_as_link_and_qr_code_that_lead_in(app, make, page, chief):
    answer = page.post("people.invite", data=typed(make), expect=200)

    [link] = answer.texts("code")
    assert answer.query("svg.qr[role=img] path")
    invitation = db.session.scalars(select(Invitation)).one()
    assert hashed(link.rpartition("/")[2]) == invitation.token_hash
    assert (invitation.note, invitation.invited_by_id) == ("M.", chief.id)
    assert "You are invited" in Page(app).get(link.removeprefix("http://localhost"))
    assert link not in page.get("people.invitations").source


@pytest.mark.parametrize(
    ("other", "field"),
    [
        ({"role": ""}, "role"),
        ({"role": "administrator"}, "role"),
        ({"role": "coordinator"}, "role"),
        ({"role": "queen"}, "role"),
        ({"cycle": ""}, "cycle"),
        ({"cycle": "999"}, "cycle"),
        ({"cycle": "x"}, "cycle"),
        ({"region": ""}, "region"),
        ({"region": "999"}, "region"),
        ({"mentor": "999"}, "mentor"),
        ({"days": "365"}, "days"),
        ({"days": "-1"}, "days"),
        ({"language": "xx"}, "language"),
        ({"note": "x" * 121}, "note"),
    ],
)
def test_what_is_wrong_is_said_beside_the_field_and_invites_nobody(make, page, chief, other, field):
    answer = page.post("people.invite", data=typed(make, **other), expect=200)

    assert answer.query(f"#{field}-error")
    assert invited() == 0


def test_nobody_is_invited_to_a_cycle_or_a_country_that_is_not_ones_own(make, page, chief):
    other = make.cycle()
    abroad = make.region("District of Gjakova", country="XK")
    data = typed(make)

    page.post("people.invite", data={**data, "cycle": str(other.id)}, expect=200)
    page.post("people.invite", data={**data, "region": str(abroad.id)}, expect=200)

    assert invited() == 0


def test_an_administrator_invites_anybody_but_names_no_region_for_a_coordinator(make, page):
    page.sign_in(make.administrator())
    data = typed(make, role="coordinator")

    assert page.post("people.invite", data=data, expect=200).query("#region-error")
    page.post("people.invite", data={**data, "region": ""}, expect=200)
    page.post("people.invite", data={**data, "role": "administrator", "region": ""}, expect=200)
    page.post(
        "people.invite",
        data={**data, "role": "administrator", "region": "", "cycle": ""},
        expect=200,
    )

    roles = db.session.scalars(select(Invitation.role).order_by(Invitation.id)).all()
    assert roles == [Role.COORDINATOR, Role.ADMINISTRATOR]


def test_an_invitation_taken_back_leads_nowhere(app, make, page, chief):
    invitation, token = make.invitation()

    page.get("people.invitations")
    page.post("people.withdraw", invitation_id=invitation.id)
    page.post("people.withdraw", invitation_id=invitation.id, expect=409)

    assert invitation.state == InvitationState.WITHDRAWN
    Page(app).get(f"/account/invitation/{token}", expect=404)


def test_a_workshop_is_given_one_card_for_each_free_place(make, page, chief):
    cycle = make.the_cycle()
    cycle.quotas = {"mobilizers": 2, "mentors": 1, "mobilizers_in": {}}
    make.mobilizer("Polog")
    make.region("Pelagonia")
    data = {"cycle": str(cycle.id), "days": "1", "language": "sq"}

    assert "5 free places" in page.get("people.workshop")
    answer = page.post("people.workshop", data=data, expect=200)
    again = page.post("people.workshop", data=data, expect=200)

    assert len(answer.query("svg.qr")) == len(set(answer.texts("code"))) == 5
    assert again.query("#cycle-error")
    assert invited() == 5


# --- postings


def test_a_role_is_given_moved_and_taken(make, page, chief):
    user = make.mobilizer("Polog")
    pelagonia = make.region("Pelagonia")
    data = {"role": "mentor", "cycle": str(make.the_cycle().id), "region": str(pelagonia.id)}

    page.post("people.add_posting", user_id=user.id, data={**data, "mentor": ""})
    mobilizer, mentor = sorted(user.postings, key=lambda one: one.id)
    page.post(
        "people.change_posting",
        posting_id=mobilizer.id,
        data={"region": str(pelagonia.id), "mentor": ""},
    )
    page.get("people.show", user_id=user.id)
    page.post("people.end_posting", posting_id=mentor.id)

    assert user.roles == {Role.MOBILIZER}
    assert mobilizer.region_id == pelagonia.id
    assert mobilizer.mentor_id is None


def test_a_role_that_cannot_be_given_is_refused_beside_the_field(make, page, chief):
    user, skopje = make.mobilizer("Polog"), make.region("Skopje")
    data = {"cycle": str(make.the_cycle().id), "region": str(skopje.id), "mentor": ""}

    for role in ("mobilizer", "coordinator", "administrator", ""):
        answer = page.post(
            "people.add_posting", user_id=user.id, data={**data, "role": role}, expect=200
        )
        assert answer.query("#role-error")
    assert len(user.postings) == 1


def test_a_coordinator_finds_nothing_to_change_about_herself(make, page, chief):
    answer = page.get("people.show", user_id=chief.id)

    assert not answer.query("main form")
    page.get("accounts.own")
    page.post("people.deactivate", user_id=chief.id, expect=409)
    page.post("people.end_posting", posting_id=chief.postings[0].id, expect=409)


def test_a_lost_phone_is_signed_out_from_the_desk(app, make, page, chief):
    mira = make.mobilizer()
    phone = Page(app)
    phone.sign_in(mira)

    page.get("people.show", user_id=mira.id)
    page.post("people.sign_out", user_id=mira.id)

    phone.get("accounts.own", expect=302)


def test_closing_an_account_keeps_the_person_in_the_list_of_the_closed(make, page, chief):
    mira = make.mobilizer(full_name="Mira")

    page.get("people.show", user_id=mira.id)
    page.post("people.deactivate", user_id=mira.id)

    assert names(page.get("people.index", state="closed")) == ["Mira"]
    page.get("people.show", user_id=mira.id)
    page.post("people.reactivate", user_id=mira.id)
    assert db.session.scalar(select(User.deactivated_at).where(User.id == mira.id)) is None
