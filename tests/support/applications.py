"""Applications as the tests want them."""

from flask import Flask

import config
from mobilizer.core import migrating
from mobilizer.factory import create_app
from tests.support import scratch


def application(url: str) -> Flask:
    """An application on this database, untouched by the settings of whoever runs the tests."""
    environment = {
        "DATABASE_URL": url,
        "MEDIA_URL": str(scratch.folder("media")),
        "SECRET_KEY": "only for tests",
        "VAPID_KEY": "7e" * 32,
        "SITE_URL": "http://localhost",
    }
    app = create_app(**config.settings(environment), TESTING=True)
    migrating.prepare(app)
    return app
