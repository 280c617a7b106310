"""``mobilizer import``: another tracker's file, or a data package, in one transaction."""

from pathlib import Path

import click

from mobilizer.accounts.models import User
from mobilizer.accounts.queries import named
from mobilizer.accounts.rules.names import compared
from mobilizer.core.database import db
from mobilizer.core.errors import RuleBroken
from mobilizer.core.words import N_
from mobilizer.imports.actions import take_in, take_over
from mobilizer.imports.rules.mapping import Mapping, read_mapping
from mobilizer.imports.rules.reading import Imported, read_row, repeated
from mobilizer.imports.rules.table import MAX_BYTES, Fault, read_table
from mobilizer.opendata.rules.checking import check, packages_in

A_FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)
A_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.group("import")
def command() -> None:
    """Take in what others published."""


@command.command("promises")
@click.argument("file", type=A_FILE)
@click.option("--mapping", "mapping_file", required=True, type=A_FILE, help="A .toml file.")
@click.option("--cycle", "code", required=True, help="The cycle's code.")
@click.option("--dry-run", is_flag=True, help="Report every fault and change nothing.")
@click.option("--publish", is_flag=True, help="Publish the promises and the tracker's verdicts.")
def promises(file: Path, mapping_file: Path, code: str, *, dry_run: bool, publish: bool) -> None:
    """Take in the promises of a CSV or JSON lines FILE, all or none."""
    mapping = _mapping(mapping_file)
    rows, faults = _read(file, mapping)
    for fault in sorted(faults, key=lambda one: (one.row, one.column)):
        click.echo(f"{file.name}: {_where(fault)}{fault.broken}", err=True)
    if faults:
        raise SystemExit(1)
    run = take_in(rows, mapping, code, publish=publish)
    if dry_run:
        db.session.rollback()
        click.echo("Nothing was changed; this is what a run would do:")
    else:
        db.session.commit()
    click.echo(
        f"{run.new} new, {run.changed} changed, {run.same} the same, "
        f"{run.kept} kept as rewritten here; {run.findings} findings published."
    )


@command.command("package")
@click.argument("folder", type=A_FOLDER)
@click.option("--by", "name", help="Who publishes its replies and answers here, by sign-in name.")
@click.option("--dry-run", is_flag=True, help="Report every fault and change nothing.")
def package(folder: Path, name: str | None, *, dry_run: bool) -> None:
    """Take the data packages in FOLDER into an empty programme, all or none.

    What `mobilizer export` writes comes in with the numbers and hashes of its findings, with
    replies, answers to questions, corrections and figures of agreement. Photos and clips stay
    where they were published.
    """
    folders = packages_in(folder)
    faults = [f"{one.name}: {fault}" for one in folders for fault in check(one).faults]
    for fault in faults:
        click.echo(fault, err=True)
    if faults:
        raise SystemExit(1)
    taken = take_over(folders, by=_publisher(name) if name else None)
    if dry_run:
        db.session.rollback()
        click.echo("Nothing was changed; this is what a run would do:")
    else:
        db.session.commit()
    click.echo(
        f"{taken.cycles} cycles, {taken.promises} promises, {taken.findings} findings, "
        f"{taken.replies} replies, {taken.answers} answers; "
        "photos and clips stay where they were published."
    )


def _publisher(name: str) -> User:
    found = db.session.scalars(named(compared(name))).unique().one_or_none()
    if found is None:
        raise RuleBroken(N_("Nobody signs in as “%(name)s”."), name=name)
    return found


def _mapping(file: Path) -> Mapping:
    try:
        return read_mapping(file.read_text("utf-8"))
    except UnicodeDecodeError as fault:
        raise RuleBroken(f"{file.name}: this is not a UTF-8 text.") from fault
    except RuleBroken as broken:
        raise RuleBroken(f"{file.name}: {broken}") from broken


def _read(file: Path, mapping: Mapping) -> tuple[list[Imported], list[Fault]]:
    with file.open("rb") as opened:
        content = opened.read(MAX_BYTES + 1)
    table = read_table(
        content,
        mapping.columns,
        encoding=mapping.encoding,
        is_json=file.suffix.lower() in (".jsonl", ".ndjson", ".json"),
    )
    rows: list[Imported] = []
    faults = list(table.faults)
    for row in table.rows:
        found = read_row(row, mapping)
        if isinstance(found, Imported):
            rows.append(found)
        else:
            faults += found
    return rows, [*faults, *repeated(rows)]


def _where(fault: Fault) -> str:
    row = f"row {fault.row}" if fault.row else ""
    return ", ".join(part for part in (row, fault.column) if part) + ": " if row else ""
