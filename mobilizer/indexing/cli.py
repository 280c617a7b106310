"""``mobilizer search``: the public's index of words, written anew and checked."""

import click

from mobilizer.core.database import db, hold_still, reading
from mobilizer.indexing.actions import keep_sets, write_anew
from mobilizer.indexing.queries import faults


@click.group("search")
def command() -> None:
    """Look after what the public finds promises by."""


@command.command("rebuild")
def rebuild() -> None:
    """Write the index anew from what is public. Safe while the site runs, and to run twice."""
    promises = sets = 0
    for done in write_anew():
        db.session.commit()
        promises += done
    for done in keep_sets():
        db.session.commit()
        sets += done
    click.echo(f"{promises} promises can be found; {sets} sets of common words were changed.")


@command.command("check")
def check() -> None:
    """Compare the index with what is public; status 1 and a line for each fault."""
    is_whole = True
    with reading():
        hold_still()
        for fault in faults():
            click.echo(f"{fault.about}: {fault.says}")
            is_whole = False
    if not is_whole:
        raise SystemExit(1)
    click.echo("The index agrees with what is public.")
