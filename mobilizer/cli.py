"""The command ``mobilizer``: every way in that is not a page.

Exit status: 0 done, 1 the input or the data is at fault (one line per fault), 2 wrong usage.
"""

from importlib import import_module
from importlib.util import find_spec
from typing import Any

import click
from flask.cli import FlaskGroup, with_appcontext

from config import NotConfigured
from mobilizer.core.errors import RuleBroken
from mobilizer.core.migrating import upgrade
from mobilizer.factory import create_app

#: The features whose ``cli.py`` gives a command or group named ``command``.
WITH_COMMANDS = (
    "elections",
    "people",
    "scorecards",
    "api",
    "desk",
    "imports",
    "demo",
    "mirror",
    "indexing",
    "tallies",
)


class Program(FlaskGroup):
    """Flask's command group, less the commands that an operator should not meet."""

    def main(self, *args: Any, **kwargs: Any) -> Any:
        """Run a command; a fault of the input or the settings is one line and status 1."""
        try:
            return super().main(*args, **kwargs)
        except (RuleBroken, NotConfigured) as fault:
            raise SystemExit(f"mobilizer: {fault}") from fault


main = Program(
    name="mobilizer",
    create_app=create_app,
    add_default_commands=False,
    load_dotenv=False,
    help="Hold politicians to their promises.",
)


@main.group("db")
def database() -> None:
    """Look after the database."""


@database.command("upgrade")
@with_appcontext
def upgrade_database() -> None:
    """Bring the database to the newest form. Safe to run twice."""
    upgrade()


@main.command("serve")
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8000, show_default=True, envvar="PORT")
@click.option("--workers", default=1, show_default=True, help="Processes that readers ask.")
@click.option("--worker", is_flag=True, help="Do jobs as well, as `mobilizer worker` does.")
def serve(host: str, port: int, workers: int, *, worker: bool) -> None:
    """Serve the site with Granian until stopped."""
    import_module("mobilizer.serving").serve(host, port, workers, has_worker=worker)


@main.command("worker")
@click.option("--once", is_flag=True, help="Do what is due now, and end.")
@with_appcontext
def work(*, once: bool) -> None:
    """Do what is done after an answer was given: reminders, files to be read.

    Several may run at once. SIGTERM and Ctrl+C end it after the job at hand.
    """
    count = import_module("mobilizer.working").work(once=once)
    if once:
        click.echo(f"{count} jobs taken up.")


def in_the_application(command: click.Command) -> click.Command:
    """The same command, or group of commands, run inside the application."""
    if isinstance(command, click.Group):
        for part in command.commands.values():
            in_the_application(part)
    elif command.callback is not None and not getattr(command, "stands_alone", False):
        command.callback = with_appcontext(command.callback)
    return command


for feature in WITH_COMMANDS:
    if find_spec(f"mobilizer.{feature}.cli"):
        main.add_command(in_the_application(import_module(f"mobilizer.{feature}.cli").command))
