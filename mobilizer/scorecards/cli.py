"""``mobilizer scores``: the published numbers on the command line."""

import json
from datetime import datetime

import click

from mobilizer.core import clock
from mobilizer.core.database import db, reading
from mobilizer.core.errors import RuleBroken
from mobilizer.core.words import N_
from mobilizer.cycles.models import Cycle
from mobilizer.scorecards.queries import scores
from mobilizer.scorecards.rules import By


@click.command("scores")
@click.option("--cycle", "code", required=True, help="The cycle's code.")
@click.option("--by", type=click.Choice([by.value for by in By]), help="Told apart by this.")
@click.option("--as-of", type=click.DateTime(["%Y-%m-%d"]), help="As of the end of this day.")
@click.option("--json", "as_json", is_flag=True, help="The same as /api/v1/scores answers.")
def command(code: str, by: str | None, as_of: datetime | None, as_json: bool) -> None:
    """Show the scores of a cycle."""
    with reading():
        cycle = db.session.scalar(db.select(Cycle).where(Cycle.code == code))
        if cycle is None:
            raise RuleBroken(N_("There is no cycle “%(code)s”."), code=code)
        day = as_of.date() if as_of else clock.today(cycle.time_zone)
        rows = scores(cycle, By(by) if by else None, day)
    if as_json:
        click.echo(json.dumps(rows, ensure_ascii=False, indent=2))
        return
    for row in rows:
        score = row["score"]
        shown = f"{score['percent']} %" if score["percent"] is not None else "no score yet"
        exact = f"{score['numerator']}/{score['denominator']}"
        click.echo(f"{row['name']}: {shown} ({exact}; {row['promises']} promises)")
