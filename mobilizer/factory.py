"""Puts the application together. The only module that imports views."""

from importlib import import_module
from importlib.util import find_spec
from typing import Any

from flask import Blueprint, Flask
from flask_login import LoginManager
from werkzeug.middleware.proxy_fix import ProxyFix

import config
from mobilizer.accounts.queries import signed_in
from mobilizer.core import (
    database,
    drawing,
    formats,
    language,
    numbers,
    policy,
    stylesheet,
    web,
)
from mobilizer.core.database import db
from mobilizer.core.jsons import Jsons
from mobilizer.core.sessions import DatabaseSessions
from mobilizer.cycles.queries import demonstrates, time_zones
from mobilizer.cycles.queries.telling import told as setting_told
from mobilizer.desk.rules import gone, sentence, told
from mobilizer.desk.views import in_words
from mobilizer.publication.actions import attend
from mobilizer.publication.tasks import Watch
from mobilizer.publication.views import Front
from mobilizer.replies.queries import held_of
from mobilizer.scorecards.queries.mobilizers import why_unshown
from mobilizer.scoring.rules import METHODOLOGY, Counts, Rating
from mobilizer.sharing.views import addresses, telling
from mobilizer.tallies import actions as tallies

#: The features that serve pages, from the ground up.
FEATURES = (
    "accounts",
    "cycles",
    "people",
    "promises",
    "assignments",
    "evidence",
    "monitoring",
    "board",
    "replies",
    "requests",
    "conversation",
    "mentoring",
    "review",
    "progress",
    "sheets",
    "agreement",
    "scorecards",
    "sharing",
    "api",
    "reminders",
    "follow",
    "sync",
    "phone",
    "desk",
)
#: The features that store something: importing them makes their tables known.
STORED = (
    "audit",
    "places",
    "accounts",
    "elections",
    "cycles",
    "search",
    "promises",
    "assignments",
    "evidence",
    "monitoring",
    "conversation",
    "mentoring",
    "findings",
    "tallies",
    "replies",
    "requests",
    "review",
    "agreement",
    "opendata",
    "jobs",
    "publication",
    "reminders",
    "follow",
    "sync",
)


def create_app(**overrides: Any) -> Flask:
    """Make an application.

    Args:
        overrides: settings that replace those read by ``config.settings``.

    Raises:
        NotConfigured: a setting that production needs is missing.
    """
    settings = {**config.settings(), **overrides}
    root = settings["ROOT"]
    app = Flask("mobilizer", static_folder=root / "static", template_folder=root / "templates")
    app.config.from_mapping(settings)
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.json = Jsons(app)
    _stand_behind_proxies(app)
    _connect(app)
    app.session_interface = DatabaseSessions()
    language.install(app)
    formats.install(app)
    numbers.install(app)
    web.install(app)
    stylesheet.install(app)
    _show_scores(app)
    _know_people(app)
    _tell_steps(app)
    _tell_machines(app)
    for feature in FEATURES:
        _register(app, feature)
    policy.install(app)
    _stand_in_front(app)
    return app


def _stand_behind_proxies(app: Flask) -> None:
    """Take a visitor's address and scheme from what the trusted proxies say of them."""
    if number := app.config["PROXIES"]:
        fixed = ProxyFix(app.wsgi_app, x_for=number, x_proto=number, x_host=0)
        app.wsgi_app = fixed  # type: ignore[method-assign]  # as Flask's own documents do


def _stand_in_front(app: Flask) -> None:
    """Answer from memory what is the same for everybody, before anything else is asked."""
    with app.app_context():
        watch = Watch(db.engine, lambda connection: connection.scalars(time_zones()))
    app.extensions["front"] = front = Front(app, watch)
    app.wsgi_app = front  # type: ignore[method-assign]  # as Flask's own documents do


def _connect(app: Flask) -> None:
    for feature in STORED:
        import_module(f"mobilizer.{feature}.models")
    db.init_app(app)
    app.teardown_request(lambda _: database.read_only(only=False))
    with app.app_context():
        database.prepare(db.engine)
        attend(db.engine)
    tallies.attend()


def _show_scores(app: Flask) -> None:
    """Give ``templates/parts/`` what they draw scores with."""

    def segments(counts: Counts) -> list[drawing.Segment[Rating]]:
        return drawing.segments((rating, counts[rating]) for rating in Rating)

    app.jinja_env.globals.update(
        ratings=tuple(Rating), methodology=METHODOLOGY, segments=segments, band=drawing.band
    )


def _know_people(app: Flask) -> None:
    manager = LoginManager(app)
    manager.session_protection = None  # Addresses change under a phone; our sessions are our own.
    manager.user_loader(signed_in)
    # The phone's pages stand below replies, and still say what a report waits for.
    app.jinja_env.globals["held_of"] = held_of
    # So do accounts below the scorecards, and still say whether the page she wants is there.
    app.jinja_env.globals["why_unshown"] = why_unshown
    app.jinja_env.globals["works_in_demonstration"] = lambda: demonstrates(policy.person())


def _tell_steps(app: Flask) -> None:
    """Give ``templates/parts/`` the sentences of the log: every record's page tells its steps."""
    app.jinja_env.globals.update(
        sentence=sentence, told=told, gone=gone, in_words=in_words, setting_told=setting_told
    )


def _tell_machines(app: Flask) -> None:
    """Give the public pages what stands in their heads, and what they offer to put elsewhere."""
    app.jinja_env.globals.update(
        told_to_machines=telling.told, shared_here=telling.shared, whole_address=addresses.whole
    )


def _register(app: Flask, feature: str) -> None:
    name = f"mobilizer.{feature}.views"
    if find_spec(name) is None:
        return
    for blueprint in vars(import_module(name)).values():
        if isinstance(blueprint, Blueprint):
            app.register_blueprint(blueprint)
