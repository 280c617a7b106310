"""``mobilizer mirror``: the public site as files."""

import shutil
from contextvars import Context
from pathlib import Path

import click
from flask import Flask, current_app, render_template

from mobilizer.api.actions import keep_made, keep_made_of, made, made_of, stale, unkept_months
from mobilizer.core import clock
from mobilizer.core.database import db, reading
from mobilizer.core.language import offered
from mobilizer.findings.queries import head
from mobilizer.mirror import actions
from mobilizer.mirror.queries import PublicSite


@click.command("mirror")
@click.argument("folder", type=click.Path(path_type=Path))
def command(folder: Path) -> None:
    """Write the whole public site to FOLDER; an earlier mirror there is replaced.

    The files work from any web server and from a memory stick. Status 1 if a page points to
    something that is not there.
    """
    actions.check_folder(folder)
    _pack()
    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]  # noqa: SLF001  # how Werkzeug says it
    mirror = actions.begin(PublicSite(app), folder)
    told = _told(mirror.site.address)
    try:
        mirror.take()
        mirror.put_door(Context().run(_written, app, "door", "/", told))
        mirror.point(
            {code: Context().run(_written, app, "note", f"/{code}/", told) for code in offered()}
        )
        actions.finish(mirror, folder, told)
    finally:
        shutil.rmtree(mirror.folder, ignore_errors=True)
    click.echo(f"{len(mirror.pages)} pages are in {folder}.")
    for address in mirror.broken:
        click.echo(f"{address}: a page points there, and nothing is there")
    if mirror.broken:
        raise SystemExit(1)


def _pack() -> None:
    """Make the data packages that are of before: what is mirrored together fits together."""
    for code in stale():
        with made(code) as one:
            if one is not None:
                keep_made(one)
        db.session.commit()
    for month in unkept_months():
        with made_of(month) as one:
            if one is not None:
                keep_made_of(month.month, one)
        db.session.commit()


def _told(site: str) -> dict[str, object]:
    """What a mirror says of itself: where the site is, its day, and the head of the chain."""
    with reading():
        newest = head()
        return {
            "site": site,
            "made_on": clock.today(current_app.config["TIME_ZONE"]),
            "findings": newest.number if newest else 0,
            "head": newest.hash if newest else "",
        }


def _written(app: Flask, template: str, address: str, told: dict[str, object]) -> str:
    """A template of the mirror's own, in the language of an address."""
    with app.test_request_context(address, base_url=str(told["site"])):
        return render_template(f"mirror/{template}.html", **told)
