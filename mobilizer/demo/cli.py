"""``mobilizer demo``: a programme to look around in."""

import secrets

import click
from flask import current_app

from mobilizer.accounts.actions import passwords
from mobilizer.accounts.rules import Role
from mobilizer.core.database import db
from mobilizer.core.migrating import upgrade
from mobilizer.cycles.models import Cycle
from mobilizer.demo.actions import tell
from mobilizer.demo.actions.telling import whole_story

#: Known to everybody who reads this: for looking around on one's own machine only.
PASSWORD = "walnut lantern swallow"  # noqa: S105  # printed for whoever tries it


@click.command("demo")
@click.option("--if-empty", is_flag=True, help="Do nothing where there is a cycle already.")
@click.option("--yes", is_flag=True, help="Also in production, with a password of its own.")
def command(*, if_empty: bool, yes: bool) -> None:
    """Make a demonstration programme: real places, invented parties and promises.

    Brings the database up first. On the same day the result is the same.
    """
    is_production = current_app.config["IS_PRODUCTION"]
    if is_production and not yes:
        raise click.UsageError("This is a production site: say --yes to put a demonstration on it.")
    upgrade()
    there = db.session.scalars(db.select(Cycle).limit(1)).first()
    if there is not None and not if_empty:
        raise click.ClickException("There is a cycle already: a demonstration needs an empty site.")
    password = secrets.token_urlsafe(12) if is_production else PASSWORD
    if there is None:
        click.echo("Telling a year of a demonstration …")
        tell(passwords.hashed(password))
        db.session.commit()
    if there is None or (there.is_demonstration and not is_production):
        _print_sign_ins(password)


def _print_sign_ins(password: str) -> None:
    people = whole_story().people
    click.echo("Parties, promises and verdicts in it are invented. To sign in:")
    for role in (Role.MOBILIZER, Role.MENTOR, Role.COORDINATOR, Role.ADMINISTRATOR):
        names = [one.sign_in_name for one in people if one.role is role]
        others = f" … {names[-1]}" if len(names) > 1 else ""
        click.echo(f"  {names[0]}{others}")
    click.echo(f"  password: {password}")
