"""``mobilizer scores``: the published numbers on the command line."""

import json

import click

from mobilizer.core.database import db, reading
from mobilizer.core.errors import RuleBroken
from mobilizer.core.words import N_
from mobilizer.cycles.models import Cycle
from mobilizer.scorecards.queries import scores
from mobilizer.scorecards.queries.days import day_asked
from mobilizer.scorecards.rules import By


@click.command("scores")
@click.option("--cycle", "code", required=True, help="The cycle's code.")
@click.option("--by", type=click.Choice([by.value for by in By]), help="Told apart by this.")
@click.option("--as-of", help="As of the end of this day, such as 2026-10-31.")
@click.option("--json", "as_json", is_flag=True, help="The same as /api/v1/scores answers.")
def command(code: str, by: str | None, as_of: str | None, as_json: bool) -> None:
    """Show the scores of a cycle."""
    with reading():
        cycle = db.session.scalar(db.select(Cycle).where(Cycle.code == code))
        if cycle is None:
            raise RuleBroken(N_("There is no cycle “%(code)s”."), code=code)
        rows = scores(cycle, By(by) if by else None, day_asked([as_of or ""], cycle))
    if as_json:
        click.echo(json.dumps(rows, ensure_ascii=False, indent=2))
        return
    for row in rows:
        score = row["score"]
        shown = f"{score['percent']} %" if score["percent"] is not None else "no score yet"
        exact = f"{score['numerator']}/{score['denominator']}"
        click.echo(f"{row['name']}: {shown} ({exact}; {row['promises']} promises)")
