"""``mobilizer verify``: check what has been published."""

import click

from mobilizer.core.database import reading
from mobilizer.findings.queries import broken_links, head


@click.command("verify")
def command() -> None:
    """Walk the chain of published findings; status 1 and a line for each fault."""
    with reading():
        found = list(broken_links())
        newest = head() if not found else None
    for fault in found:
        click.echo(f"finding {fault.number}: {fault.says}")
    if found:
        raise SystemExit(1)
    if newest is None:
        click.echo("Nothing has been published yet.")
    else:
        click.echo(f"{newest.number} findings hold together; the head is {newest.hash}.")
