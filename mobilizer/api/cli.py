"""``mobilizer export``: the data packages of public cycles, in a folder."""

from pathlib import Path

import click

from mobilizer.api.queries.editions import edition
from mobilizer.api.queries.packing import write_package
from mobilizer.core.database import db, hold_still, reading
from mobilizer.core.errors import RuleBroken
from mobilizer.core.words import N_
from mobilizer.cycles.models import Cycle
from mobilizer.cycles.queries import public
from mobilizer.opendata.rules.description import FILE

A_FOLDER = click.Path(file_okay=False, path_type=Path)


@click.command("export")
@click.argument("folder", type=A_FOLDER)
@click.option("--cycle", "code", help="Only this cycle, and into FOLDER itself.")
def command(folder: Path, code: str | None) -> None:
    """Write what is published to FOLDER: a data package for each public cycle.

    Each stands in a folder of its own, named by the cycle's code; with --cycle that one package
    stands in FOLDER itself. `mobilizer verify --from FOLDER` checks it, `mobilizer import package
    FOLDER` takes it in.
    """
    with reading():
        hold_still()
        cycles = public() if code is None else public().where(Cycle.code == code)
        found = db.session.scalars(cycles).all()
        if not found:
            raise RuleBroken(N_("There is no public cycle to export."))
        for cycle in found:
            into = folder if code else folder / cycle.code
            _make(into)
            files = write_package(edition(cycle), into)
            rows = sum(file.rows for file in files.values())
            click.echo(f"{into}: {len(files)} tables, {rows} rows.")


def _make(folder: Path) -> None:
    """A folder to write into: an empty one, or one that holds an earlier package.

    Raises:
        RuleBroken: it holds something else, or cannot be made.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        is_free = (folder / FILE).is_file() or not any(folder.iterdir())
    except OSError as fault:
        raise RuleBroken(N_("%(folder)s cannot be written to."), folder=folder) from fault
    if not is_free:
        raise RuleBroken(N_("%(folder)s is not empty and holds no package."), folder=folder)
