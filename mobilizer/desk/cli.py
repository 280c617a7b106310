"""``mobilizer verify``: whether what was published, and how it came about, is what was logged."""

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

import click
from flask.cli import with_appcontext

from mobilizer.audit import queries as log
from mobilizer.core.database import db, hold_still, reading
from mobilizer.desk.queries import contents
from mobilizer.desk.queries.files import broken_files
from mobilizer.desk.queries.kinds import KINDS
from mobilizer.findings import queries as findings
from mobilizer.opendata.rules.cells import short
from mobilizer.opendata.rules.checking import Checked, check, is_beside, packages_in
from mobilizer.opendata.rules.description import FILE
from mobilizer.opendata.rules.folder import strangers
from mobilizer.opendata.rules.tables import SHA256


class Hash(click.ParamType[str]):
    """A SHA-256, as somebody copied it from a page or a print."""

    name = "hash"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Read it; what is none could only be told to be another one than it is held against."""
        typed = value.strip().lower()
        if not re.fullmatch(SHA256, typed):
            told = f"“{short(value)}” is no SHA-256: that has 64 signs, 0-9 and a-f."
            self.fail(told, param, ctx)
        return typed


A_HASH = Hash()


@click.command("verify")
@click.option(
    "--from",
    "folder",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Check the data packages in this folder instead: needs no database and no settings.",
)
@click.option(
    "--head", type=A_HASH, help="With --from: a head of the chain of findings, kept elsewhere."
)
@click.option(
    "--sha256",
    type=A_HASH,
    help=f"With --from: the SHA-256 of {FILE}, as a release prints it.",
)
@click.option("--audit-head", type=A_HASH, help="A head of the log that was kept elsewhere.")
@click.option(
    "--files",
    is_flag=True,
    help="Read all photos, clips and the packages of months, too: slow where many are.",
)
def command(
    folder: Path | None,
    head: str | None,
    sha256: str | None,
    audit_head: str | None,
    *,
    files: bool,
) -> None:
    """Walk the chains and all that the log vouches for; status 1 and a line for each fault.

    With --from: count every score of a data package again, from its files alone.
    """
    if folder is not None:
        if files or audit_head is not None:
            raise click.UsageError("--from reads files alone: no log, no photos.")
        _verify_packages(folder, head, sha256)
    elif head is not None or sha256 is not None:
        raise click.UsageError("--head and --sha256 are of packages: say --from as well.")
    else:
        _verify_database(audit_head, files=files)


command.stands_alone = True  # type: ignore[attr-defined]  # it decides whether it needs the app


def _verify_packages(folder: Path, head: str | None, sha256: str | None) -> None:
    packages = packages_in(folder)
    if sha256 is not None and len(packages) > 1:
        raise click.UsageError(f"--sha256 is of one package; {folder} holds {len(packages)}.")
    astray = [] if packages == [folder] else _astray(folder, packages)
    for name in astray:
        click.echo(f"{short(name)}: is no package")
    # All of them are checked, also after one in which something is wrong.
    are_whole = [_is_whole(one, folder, check(one, head, sha256)) for one in packages]
    if astray or not all(are_whole):
        raise SystemExit(1)


def _astray(folder: Path, packages: Sequence[Path]) -> list[str]:
    """What else lies in a folder of packages."""
    known = {package.name for package in packages}
    return [name for name in strangers(folder, known) if not is_beside(name)]


def _is_whole(package: Path, folder: Path, checked: Checked) -> bool:
    """Tell what came of a package, and whether nothing is wrong with it."""
    for fault in checked.faults:
        click.echo(f"{package.name}: {fault}" if package != folder else fault)
    if checked.faults:
        return False
    click.echo(
        f"{checked.cycle}: {checked.scores} scores counted again, all as published; "
        f"{checked.findings} findings hold together; the head is {checked.head or 'none yet'}."
    )
    if checked.unread:
        click.echo(f"Not read, for only the tables are: {', '.join(checked.unread)}.")
    click.echo(f"The SHA-256 of {FILE} is {checked.sha256}: compare it with the site's.")
    return True


@with_appcontext
def _verify_database(audit_head: str | None, *, files: bool) -> None:
    is_whole = True
    with reading():
        hold_still()
        for fault in _faults(audit_head, files=files):
            click.echo(fault)
            is_whole = False
        if is_whole:
            _tell_heads()
        _tell_numbers()
    if not is_whole:
        raise SystemExit(1)


def _faults(audit_head: str | None, *, files: bool) -> Iterator[str]:
    for fault in findings.broken_links():
        yield f"finding {fault.number}: {fault.says}"
    for broken in log.broken_seals():
        yield f"audit row {broken.row}: {broken.says}"
    for forged in contents.forged():
        yield f"{forged.name} {forged.number}: {forged.says}"
    for name, says in broken_files() if files else ():
        yield f"file {name}: {says}"
    if audit_head is not None and log.sealed(audit_head) is None:
        yield f"audit head {audit_head}: is not in the log: rows were cut off, or all made anew"


def _tell_heads() -> None:
    newest, seal = findings.head(), log.head(db.session())
    if newest is None:
        click.echo("Nothing has been published yet.")
    else:
        click.echo(f"{newest.number} findings hold together; the head is {newest.hash}.")
    if seal is None:
        click.echo("Nothing has been logged yet.")
    else:
        click.echo(f"{seal.number} rows of the log hold together; the head is {seal.hash}.")


def _tell_numbers() -> None:
    numbers = {"rows of the log": log.number_of_rows()}
    numbers |= {kind.many: contents.number_of(kind) for kind in KINDS}
    click.echo(f"Walked {', '.join(f'{number} {many}' for many, number in numbers.items())}.")
