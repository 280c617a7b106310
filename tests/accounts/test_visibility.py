import pytest

from mobilizer.accounts.queries import visible_to
from mobilizer.core import clock
from mobilizer.core.database import db


@pytest.fixture
def programme(make):
    """Two regions of one cycle, another cycle, an administrator; and who is who."""
    other = make.the_cycle() and make.cycle()
    return {
        "mira": make.mobilizer("Polog"),
        "mentor": make.mentor("Polog"),
        "far": make.mobilizer("Pelagonia"),
        "coordinator": make.coordinator(),
        "elsewhere": make.mobilizer("Polog", cycle=other),
        "chief elsewhere": make.coordinator(cycle=other),
        "administrator": make.administrator(),
        "nobody": make.user(),
    }


SEEN = {
    "mira": {"mira"},
    "mentor": {"mira", "mentor"},
    "coordinator": {"mira", "mentor", "far", "coordinator"},
    "chief elsewhere": {"elsewhere", "chief elsewhere"},
    "nobody": {"nobody"},
}


@pytest.mark.parametrize("who", SEEN)
def test_who_knows_of_whom(programme, who):
    seen = {user.id for user in db.session.scalars(visible_to(programme[who]))}

    assert {name for name, user in programme.items() if user.id in seen} == SEEN[who]


def test_an_administrator_knows_every_account(programme):
    seen = db.session.scalars(visible_to(programme["administrator"])).all()

    assert len(seen) == len(programme)


def test_whose_posting_has_ended_knows_of_nobody_but_is_still_known(make, programme):
    programme["mentor"].postings[0].ended_at = clock.now()

    assert db.session.scalars(visible_to(programme["mentor"])).all() == [programme["mentor"]]
    assert programme["mentor"] in db.session.scalars(visible_to(programme["coordinator"])).all()


def test_whose_account_is_closed_knows_of_nobody_else(programme):
    programme["coordinator"].deactivated_at = clock.now()

    found = db.session.scalars(visible_to(programme["coordinator"])).all()

    assert found == [programme["coordinator"]]


def test_a_mentor_in_two_cycles_knows_the_regions_of_each_apart(make):
    first, second = make.the_cycle(), make.cycle()
    mentor = make.mentor("Polog", cycle=first)
    make.posting(mentor, "mentor", "Pelagonia", cycle=second)
    hers = [make.mobilizer("Polog", cycle=first), make.mobilizer("Pelagonia", cycle=second)]
    others = [make.mobilizer("Pelagonia", cycle=first), make.mobilizer("Polog", cycle=second)]

    seen = db.session.scalars(visible_to(mentor)).all()

    assert all(user in seen for user in hers)
    assert not any(user in seen for user in others)
