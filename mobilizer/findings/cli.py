"""``mobilizer verify``: check what has been published, and the log of how it came about."""

from collections.abc import Iterator

import click

from mobilizer.audit import queries as log
from mobilizer.core.database import db, reading
from mobilizer.findings import queries


@click.command("verify")
@click.option("--audit-head", metavar="HASH", help="A head of the log that was kept elsewhere.")
def command(audit_head: str | None) -> None:
    """Walk the chains of findings and of the log; status 1 and a line for each fault."""
    is_whole = True
    with reading():
        for fault in _faults(audit_head):
            click.echo(fault)
            is_whole = False
        if not is_whole:
            raise SystemExit(1)
        _tell_heads()


def _faults(audit_head: str | None) -> Iterator[str]:
    for fault in queries.broken_links():
        yield f"finding {fault.number}: {fault.says}"
    for broken in log.broken_seals():
        yield f"audit row {broken.row}: {broken.says}"
    for fault in (*queries.unlogged(), *queries.missing()):
        yield f"finding {fault.number}: {fault.says}"
    if audit_head is not None and log.sealed(audit_head.strip().lower()) is None:
        yield f"audit head {audit_head}: is not in the log: rows were cut off, or all made anew"


def _tell_heads() -> None:
    newest, seal = queries.head(), log.head(db.session())
    if newest is None:
        click.echo("Nothing has been published yet.")
    else:
        click.echo(f"{newest.number} findings hold together; the head is {newest.hash}.")
    if seal is None:
        click.echo("Nothing has been logged yet.")
    else:
        click.echo(f"{seal.number} rows of the log hold together; the head is {seal.hash}.")
