"""``make pictures``: the demonstration on a database of its own, photographed into docs/pictures/.

The story is told as of one fixed day, so that the pictures change only when the pages do.
"""

import logging
import os
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

from flask import Flask
from PIL import Image
from playwright.sync_api import Browser, ViewportSize, sync_playwright
from playwright.sync_api import Page as Tab

import config
from mobilizer.accounts.actions import passwords
from mobilizer.core import clock
from mobilizer.core.database import db
from mobilizer.core.migrating import upgrade
from mobilizer.demo.actions import tell
from mobilizer.demo.cli import PASSWORD
from mobilizer.factory import create_app
from tests.support import chromium
from tests.support.site import Site

FOLDER = config.ROOT / "docs" / "pictures"
#: The day on which the story is told, and the moment at which it is looked at.
MOMENT = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
DESK = ViewportSize(width=1280, height=860)
PHONE = ViewportSize(width=360, height=780)
COLOURS = 256


@dataclass(frozen=True)
class Picture:
    """One page: where it is, how large the screen is, and who looks at it."""

    name: str
    address: str
    size: ViewportSize
    who: str = ""
    #: What is done on the page before it is photographed.
    then: Callable[[Tab], object] | None = None


def first_waiting(tab: Tab) -> None:
    """Open the first report of the queue, as a page of its own."""
    tab.goto(tab.locator("main tbody a").first.get_attribute("href") or "")


PICTURES = (
    Picture("scorecard", "/en/", DESK),
    Picture("promise", "/mk/promises/4", DESK),
    Picture("month", "/field/", PHONE, "mobilizer11@demo.example"),
    Picture("review", "/desk/review/", DESK, "mentor6@demo.example", first_waiting),
)


def main() -> None:
    """Make every picture."""
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    with TemporaryDirectory() as folder, sync_playwright() as playwright:
        site = _served(Path(folder))
        sandbox = [] if os.geteuid() else ["--no-sandbox"]
        browser = playwright.chromium.launch(executable_path=chromium.found(), args=sandbox)
        FOLDER.mkdir(parents=True, exist_ok=True)
        for picture in PICTURES:
            file = FOLDER / f"{picture.name}.png"
            file.write_bytes(_small(_taken(browser, site, picture)))
            print(f"{file.relative_to(config.ROOT)}: {file.stat().st_size // 1024} KB")
        browser.close()
        site.stop()


def _served(folder: Path) -> Site:
    environment = {
        "DATABASE_URL": f"sqlite:///{folder / 'pictures.sqlite3'}",
        "MEDIA_URL": str(folder / "media"),
    }
    app: Flask = create_app(**config.settings(environment))
    with app.app_context(), clock.at(MOMENT):
        upgrade()
        tell(passwords.hashed(PASSWORD))
        db.session.commit()
    site = Site(app)
    site.moment = MOMENT
    return site


def _taken(browser: Browser, site: Site, picture: Picture) -> bytes:
    is_phone = picture.size is PHONE
    context = browser.new_context(
        base_url=site.url,
        viewport=picture.size,
        device_scale_factor=2 if is_phone else 1,
        is_mobile=is_phone,
        color_scheme="light",
        reduced_motion="reduce",
        locale="en",
    )
    tab = context.new_page()
    if picture.who:
        tab.goto("/account/sign-in?lang=en")
        tab.fill("[name=sign_in_name]", picture.who)
        tab.fill("[name=password]", PASSWORD)
        tab.locator("main form button").click()
    tab.goto(picture.address)
    if picture.then:
        picture.then(tab)
    # The phone fills its page by itself; the desk has the next report on its way for ever.
    tab.wait_for_load_state("networkidle" if is_phone else "load")
    taken = tab.screenshot()
    context.close()
    return taken


def _small(taken: bytes) -> bytes:
    """The same picture in few colours: half of the bytes."""
    file = BytesIO()
    image = Image.open(BytesIO(taken)).convert("RGB")
    few = image.quantize(COLOURS, kmeans=1, dither=Image.Dither.NONE)
    few.save(file, "PNG", optimize=True)
    return file.getvalue()


if __name__ == "__main__":
    main()
