"""The largest paint of public pages on a bad line: 400 kbit/s, each request 400 ms on its way.

Chromium at the size of a phone, with nothing kept, asks the demonstration as it is served. The
seconds are those of the browser, so what else runs on the machine adds to them; the median of some
tries is told beside what the issue allows.
"""

import os
from statistics import median
from typing import Any

from playwright.sync_api import Browser, ViewportSize, sync_playwright

from bench.public import demonstration, of_the_demonstration
from bench.running import PROGRAM, running
from config import database
from mobilizer.core.database import db
from mobilizer.factory import create_app
from tests.support import chromium
from tests.support.browser import FLAGS, PHONE
from tests.support.databases import STORES

PAGES = {
    "home": "/{lang}/",
    "a topic": "/{lang}/topics/{topic}",
    "a municipality": "/{lang}/municipalities/{municipality}",
    "a promise": "/{lang}/promises/{promise}",
}
LANGUAGES = ("sq", "mk")
TRIES = 3
#: What the issue allows: seconds, and kilobytes of HTML and CSS.
MOST, MOST_WEIGHT = 2.5, 30
LINE = {"latency": 400, "downloadThroughput": 50_000, "uploadThroughput": 50_000, "offline": False}
#: What a page cannot be shown without, as the browser calls it.
KINDS = ("Document", "Stylesheet")
#: The last of the largest paints so far, in milliseconds, and by how much anything has moved.
SEEN = """
new Promise(done => {
  const seen = { paint: 0, shift: 0 };
  new PerformanceObserver(list => list.getEntries().forEach(one => seen.paint = one.startTime))
    .observe({ type: "largest-contentful-paint", buffered: true });
  new PerformanceObserver(list => list.getEntries().forEach(one => seen.shift += one.value))
    .observe({ type: "layout-shift", buffered: true });
  setTimeout(() => done(seen), 500);
})
"""


def main() -> None:
    """Measure and print."""
    with demonstration(STORES["sqlite"]().url) as (_, port, environment):
        app = create_app(**database(environment["DATABASE_URL"]))
        with app.app_context():
            known = of_the_demonstration()
            db.engine.dispose()
        with running([PROGRAM, "serve"], port, environment), sync_playwright() as playwright:
            sandbox = [] if os.geteuid() else ["--no-sandbox"]
            browser = playwright.chromium.launch(
                executable_path=chromium.found(), args=[*FLAGS, *sandbox]
            )
            _measure(browser, environment["SITE_URL"], known)
            browser.close()


def _measure(browser: Browser, site: str, known: dict[str, Any]) -> None:
    print(f"\n{'400 kbit/s, 400 ms':26}{'largest paint':>15}{'shift':>8}{'requests':>10}{'KB':>8}")
    for name, address in PAGES.items():
        for lang in LANGUAGES:
            path = address.format(lang=lang, **known)
            seen = [_paint(browser, site + path) for _ in range(TRIES)]
            paint, shift, requests, weight = (median(one) for one in zip(*seen, strict=True))
            print(f"{f'{name}, {lang}':26}{paint:13.2f} s{shift:8.3f}{requests:10.0f}{weight:8.1f}")
            if weight > MOST_WEIGHT:
                raise SystemExit(f"{path} is too heavy.")


def _paint(browser: Browser, address: str) -> tuple[float, float, int, float]:
    """Seconds, how much has moved, requests, and kilobytes of HTML and CSS as they came."""
    context = browser.new_context(
        viewport=ViewportSize(width=PHONE["width"], height=PHONE["height"]), is_mobile=True
    )
    tab = context.new_page()
    line = context.new_cdp_session(tab)
    kinds: dict[str, str] = {}
    sizes: dict[str, float] = {}
    line.on("Network.responseReceived", lambda e: kinds.__setitem__(e["requestId"], e["type"]))
    line.on(
        "Network.loadingFinished",
        lambda e: sizes.__setitem__(e["requestId"], e["encodedDataLength"]),
    )
    line.send("Network.enable")
    line.send("Network.emulateNetworkConditions", LINE)
    tab.goto(address, wait_until="networkidle")
    seen = tab.evaluate(SEEN)
    context.close()
    weight = sum(sizes.get(one, 0) for one, kind in kinds.items() if kind in KINDS)
    return seen["paint"] / 1000, seen["shift"], len(kinds), weight / 1024
