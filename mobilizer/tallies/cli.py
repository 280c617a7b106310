"""``mobilizer tallies``: what pages are built from, checked and written anew."""

import click

from mobilizer.core.database import db, hold_still, reading
from mobilizer.cycles.models import Cycle
from mobilizer.tallies.actions import hold
from mobilizer.tallies.actions import rebuild as rebuild_of
from mobilizer.tallies.queries.checking import faults


@click.group("tallies")
def command() -> None:
    """What the public pages are built from."""


@command.command()
def check() -> None:
    """Count everything again, and name what is stored otherwise."""
    with reading():
        hold_still()
        cycles = db.session.execute(db.select(Cycle.id, Cycle.code)).all()
        found = [f"{code}: {fault}" for key, code in cycles for fault in faults(db.session(), key)]
    for line in found:
        click.echo(line)
    if found:
        raise SystemExit(1)
    click.echo("All is as it was counted.")


@command.command()
def rebuild() -> None:
    """Count everything again, and write it down."""
    cycles = db.session.execute(db.select(Cycle.id, Cycle.code)).all()
    hold(db.session(), [key for key, _ in cycles])
    for key, code in cycles:
        click.echo(f"{code}: {rebuild_of(db.session(), key)} promises")
    db.session.commit()
