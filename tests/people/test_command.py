import pytest
from sqlalchemy import select

from mobilizer.accounts.models import Invitation, User
from mobilizer.accounts.rules import Role
from mobilizer.core.database import db
from mobilizer.core.errors import RuleBroken
from mobilizer.core.sessions import hashed
from mobilizer.people.cli import PASSWORD, command

GOOD = "gumbo lantern fiddle"


@pytest.fixture
def run(app):
    """Run a command as the operator does, on this database."""
    runner = app.test_cli_runner()

    def run(*arguments, fails=False, **options):
        db.session.commit()
        result = runner.invoke(command, arguments, **options)
        if fails:
            assert isinstance(result.exception, RuleBroken | SystemExit)
        else:
            assert result.exit_code == 0, result.output
        return result

    return run


def test_the_first_administrator_is_made_with_a_password_that_is_asked_for(run):
    result = run("create-admin", "--name", "Chief", input=f"{GOOD}\n{GOOD}\n")

    user = db.session.scalars(select(User)).one()
    assert (user.sign_in_name, user.roles) == ("chief", {Role.ADMINISTRATOR})
    assert GOOD not in result.output


def test_the_password_can_be_given_in_the_environment(run):
    run("create-admin", "--name", "chief", env={PASSWORD: GOOD})

    assert db.session.scalars(select(User)).one().password_hash.startswith("$argon2id$")


def test_a_password_is_never_an_argument(run):
    result = run("create-admin", "--name", "chief", "--password", GOOD, fails=True)

    assert result.exit_code == 2


@pytest.mark.parametrize(
    ("name", "password"),
    [("chief", "short"), ("ab", GOOD), ("taken", GOOD), ("chief", "password12")],
)
def test_a_bad_name_or_password_makes_nobody(make, run, name, password):
    make.user(sign_in_name="taken")

    run("create-admin", "--name", name, env={PASSWORD: password}, fails=True)

    assert db.session.scalars(select(User.sign_in_name)).all() == ["taken"]


def test_an_invitation_is_printed_as_a_link(make, run):
    mentor, cycle = make.mentor("Polog", sign_in_name="besa"), make.the_cycle()
    where = ("--cycle", cycle.code, "--region", make.region("Polog").code)

    result = run("invite", "--role", "mobilizer", *where, "--mentor", "Besa", "--days", "3")

    [invitation] = db.session.scalars(select(Invitation))
    link = result.output.strip()
    assert link.startswith("http://localhost/account/invitation/")
    assert hashed(link.rpartition("/")[2]) == invitation.token_hash
    assert invitation.mentor_id == mentor.id


def test_a_coordinator_needs_no_region_and_an_administrator_no_cycle(make, run):
    run("invite", "--role", "coordinator", "--cycle", make.the_cycle().code)
    run("invite", "--role", "administrator")

    assert len(db.session.scalars(select(Invitation)).all()) == 2


@pytest.mark.parametrize(
    "arguments",
    [
        ("--role", "mobilizer"),
        ("--role", "mobilizer", "--cycle", "none-such"),
        ("--role", "coordinator", "--cycle", "none-such"),
        ("--role", "queen"),
        (),
    ],
)
def test_what_is_not_there_invites_nobody(make, run, arguments):
    make.the_cycle()

    run("invite", *arguments, fails=True)

    assert not db.session.scalars(select(Invitation)).all()
