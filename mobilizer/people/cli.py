"""`mobilizer people`: the first administrator, and invitations without a browser."""

import os
from collections.abc import Callable
from typing import TypeVar

import click
from flask import current_app
from flask.cli import AppGroup
from sqlalchemy import Select

from mobilizer.accounts.actions import invitations, passwords, postings
from mobilizer.accounts.actions.creation import create
from mobilizer.accounts.models import User
from mobilizer.accounts.queries import named
from mobilizer.accounts.rules import Role
from mobilizer.accounts.rules.invitations import DAYS, USUAL_DAYS, link
from mobilizer.accounts.rules.names import compared
from mobilizer.accounts.rules.passwords import check_password
from mobilizer.accounts.rules.postings import Place
from mobilizer.core.database import db
from mobilizer.core.errors import RuleBroken
from mobilizer.core.language import LANGUAGES
from mobilizer.core.words import N_
from mobilizer.cycles.queries import by_code as cycle_by_code
from mobilizer.people.actions import place
from mobilizer.places.queries import by_code as place_by_code

PASSWORD = "MOBILIZER_PASSWORD"  # noqa: S105  # the name of a variable

Row = TypeVar("Row")

command = AppGroup("people", help="Administrators and invitations.")


@command.command("create-admin")
@click.option("--name", prompt="Sign-in name", help="A user name or an e-mail address.")
@click.option("--language", type=click.Choice(LANGUAGES), default="en", show_default=True)
def create_admin(name: str, language: str) -> None:
    """Make an administrator's account.

    The password is asked for, or read from the variable MOBILIZER_PASSWORD; it is never an
    argument, which others on the machine could read.
    """
    password = os.environ.get(PASSWORD) or click.prompt(
        "Password", hide_input=True, confirmation_prompt=True
    )
    check_password(password, name)
    user = create(name, passwords.hashed(password), language=language)
    postings.keep(user, Role.ADMINISTRATOR, Place(), by=None)
    db.session.commit()
    click.echo(f"{user.sign_in_name} can sign in as an administrator.")


@command.command("invite")
@click.option("--role", type=click.Choice([role.value for role in Role]), required=True)
@click.option("--cycle", help="The code of a cycle; an administrator needs none.")
@click.option("--region", help="The code of a region, for a mobilizer or a mentor.")
@click.option("--mentor", help="The sign-in name of a mobilizer's mentor.")
@click.option("--days", type=click.Choice([str(days) for days in DAYS]), default=str(USUAL_DAYS))
@click.option("--language", type=click.Choice(LANGUAGES), default="en", show_default=True)
def invite(
    role: str, cycle: str | None, region: str | None, mentor: str | None, days: str, language: str
) -> None:
    """Make an invitation and print its link, which works once."""
    where = place(
        _found(cycle_by_code, N_("There is no cycle %(code)s."), cycle),
        _found(place_by_code, N_("There is no place %(code)s."), region),
        _found(_by_name, N_("Nobody signs in as %(code)s."), mentor),
    )
    _, token = invitations.invite(Role(role), where, by=None, days=int(days), language=language)
    db.session.commit()
    click.echo(link(current_app.config["SITE_URL"], token))


def _found(find: Callable[[str], Select[Row]], message: str, code: str | None) -> Row | None:
    """The one record with a code; None if no code is given.

    Raises:
        RuleBroken: there is none.
    """
    if not code:
        return None
    row = db.session.scalars(find(code)).one_or_none()
    if row is None:
        raise RuleBroken(message, code=code)
    return row


def _by_name(name: str) -> Select[User]:
    return named(compared(name))
