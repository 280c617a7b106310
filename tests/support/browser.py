"""A real browser at the size of a phone and of a desk, that forgives nothing.

An error in the console, a breach of the content policy or a request to another site fails the
test at its end, unless the test said beforehand which error it expects.
"""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from flask import Flask
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Route,
    expect,
    sync_playwright,
)
from playwright.sync_api import Page as Tab

from tests.support import chromium, messages
from tests.support.site import Site

FLAGS = (
    "--disable-background-networking --disable-component-update --disable-gpu --disable-quic "
    "--disable-sync --no-first-run"
).split()
#: How long a browser is waited for, in milliseconds. The package's five seconds are too few on a
#: laden machine; a wait costs only as long as it lasts.
PATIENCE = 40_000
expect.set_options(timeout=PATIENCE)
PHONE = {"width": 360, "height": 740}
DESKTOP = {"width": 1280, "height": 800}
#: WCAG 2.2 up to AA, and what axe holds to be good practice.
AXE = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "resultTypes": ["violations"],
}


#: Set by continuous integration: a test in the browser that fails is run once more, and named.
AGAIN = "MOBILIZER_BROWSER_AGAIN" in os.environ
#: So many letters of a failure are told, the last ones.
LONGEST_REASON = 3000


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Give each test in the browser its second try where nobody is there to look at the first."""
    for item in items if AGAIN else ():
        if "chrome" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.flaky(reruns=1))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say why a test failed at its first try: whoever passes at the second is still a defect."""
    for report in terminalreporter.stats.get("rerun", ()):
        terminalreporter.section(f"first try: {report.nodeid}")
        terminalreporter.write_line(report.longreprtext[-LONGEST_REASON:])


class Window:
    """Browser contexts of one test, and what went wrong in them."""

    def __init__(self, browser: Browser, site: Site) -> None:
        self.browser = browser
        self.site = site
        self.faults: list[str] = []
        self.expected: list[str] = []
        self.contexts: list[BrowserContext] = []

    def open(self, size: dict[str, int], **options: Any) -> Tab:
        """A new visitor with a screen of this size; ``tab.goto("/en/")`` asks our site."""
        phone = {"is_mobile": True, "has_touch": True} if size == PHONE else {}
        context = self.browser.new_context(
            base_url=self.site.url, viewport=size, reduced_motion="reduce", **phone | options
        )
        context.set_default_timeout(PATIENCE)
        context.route(lambda url: not url.startswith(self.site.url), self._refuse)
        context.on("console", self._note)
        context.on("weberror", lambda error: self.faults.append(f"uncaught: {error.error}"))
        self.contexts.append(context)
        return context.new_page()

    def expect(self, part: str) -> None:
        """Let errors pass that contain this, such as ``404``."""
        self.expected.append(part)

    def close(self) -> None:
        """Close all and say what went wrong."""
        for context in self.contexts:
            context.close()
        wrong = [f for f in self.faults if not any(part in f for part in self.expected)]
        assert not wrong, "\n".join(wrong)

    def _refuse(self, route: Route) -> None:
        self.faults.append(f"a request to another site: {route.request.url}")
        route.abort()

    def _note(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            where = message.location.get("url", "")
            self.faults.append(f"console {message.type}: {message.text} ({where})")


@pytest.fixture(scope="session")
def chrome() -> Iterator[Browser]:
    """The installed Chromium, started once."""
    sandbox = [] if os.geteuid() else ["--no-sandbox"]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium.found(), args=[*FLAGS, *sandbox]
        )
        yield browser
        browser.close()


@pytest.fixture
def site(
    built: Callable[[str], tuple[Flask, Any]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Site]:
    """The programme, served with an empty database."""
    app, store = built("sqlite")
    store.refresh(app)
    app.extensions["front"].forget()
    monkeypatch.setitem(app.config, "MEDIA_FOLDER", tmp_path / "media")
    if messages.STRICT:
        messages.refuse_untranslated(monkeypatch)
    site = Site(app)
    monkeypatch.setitem(app.config, "SITE_URL", site.url)
    yield site
    site.end()


@pytest.fixture
def window(chrome: Browser, site: Site) -> Iterator[Window]:
    """Opens further visitors: ``window.open(PHONE, locale="sq")``."""
    window = Window(chrome, site)
    yield window
    window.close()


@pytest.fixture
def phone(window: Window) -> Tab:
    """A visitor with a phone, 360 px wide."""
    return window.open(PHONE)


@pytest.fixture
def desktop(window: Window) -> Tab:
    """A visitor with a screen 1280 px wide."""
    return window.open(DESKTOP)


def assert_accessible(tab: Tab, *, only: list[str] | None = None) -> None:
    """Fail with axe's words if it finds anything, or if the page is wider than its screen.

    Args:
        tab: what to look at.
        only: the names of axe's rules, to look at nothing else.
    """
    options = AXE if only is None else {"runOnly": {"type": "rule", "values": only}}
    axe = Axe() if tab.evaluate("!window.axe") else Axe("0")  # It is long: once for each page.
    found = axe.run(tab, options=options)
    assert not found.violations_count, f"{tab.url}: {found.generate_report()}"
    assert_fits(tab)


def assert_fits(tab: Tab) -> None:
    """Fail if the page is wider than its screen."""
    wider = tab.evaluate(
        "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    )
    assert wider <= 0, f"{tab.url} is {wider} px wider than the screen"
