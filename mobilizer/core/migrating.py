"""Bringing the database to the newest form.

What does it takes eight megabytes, which a process that serves would carry along for nothing: it
is loaded where it is wanted.
"""

from flask import Flask, current_app

from mobilizer.core.database import db


def prepare(app: Flask) -> None:
    """Tell Flask-Migrate where the migrations of an application are."""
    from flask_migrate import Migrate  # noqa: PLC0415  # 8 MB, for who migrates alone

    folder = str(app.config["ROOT"] / "migrations")
    Migrate(app, db, directory=folder, render_as_batch=True)


def upgrade() -> None:
    """Bring the database of this application to the newest form. Safe to run twice."""
    prepare(current_app)
    from flask_migrate import upgrade  # noqa: PLC0415  # 8 MB, for who migrates alone

    upgrade()
