"""`mobilizer places load`: a country's places, and the elections and parties that belong to it.

It stands here and not with the places, because whoever loads a country loads both, and
elections may know of places while places know nothing of elections.
"""

import click
from flask.cli import AppGroup

from mobilizer.core.database import db
from mobilizer.elections import actions
from mobilizer.places import actions as places
from mobilizer.places.rules import COUNTRIES

command = AppGroup("places", help="Regions, municipalities, elections and parties of a country.")


@command.command("load")
@click.argument("country", type=click.Choice([code.lower() for code in COUNTRIES]))
def load(country: str) -> None:
    """Load what belongs to COUNTRY, or bring it up to date. A second run changes nothing."""
    runs = [module.load(country.upper()) for module in (places, actions)]
    db.session.commit()
    added, changed = (sum(len(getattr(run, what)) for run in runs) for what in ("added", "changed"))
    click.echo(f"{country}: {added} added, {changed} changed.")
