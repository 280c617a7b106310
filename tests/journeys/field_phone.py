"""A mobilizer's phone in the field: its network comes and goes, and somebody looks into it."""

import json
from collections.abc import Callable
from datetime import datetime
from io import BytesIO
from typing import Any

from PIL import Image
from playwright.sync_api import Locator, expect

from mobilizer.accounts.models import User
from mobilizer.core import clock
from mobilizer.core.database import db
from mobilizer.core.sessions import COOKIE
from tests.journeys.field import NOVEMBER, Field
from tests.support.browser import PATIENCE, PHONE, Window, assert_accessible, assert_fits
from tests.support.page import Page

SAID = "Words that say what was seen, where, when and by whom."
VIDEO = "https://www.youtube.com/watch?v=dQw4w9WgXcQ"
#: How long one waits before one looks again, in milliseconds.
STEP = 50
#: What Chromium's console says when there is no network, or none that answers.
NO_NETWORK = ("net::ERR_", "Failed to load resource")
#: Asks a store of whoever was here last.
WITH_STORE = """async ([name, verb, whole]) => {
  const ended = (asked) =>
    new Promise((resolve) => (asked.onsuccess = () => resolve(asked.result)));
  const { current } = JSON.parse(localStorage.getItem("mobilizer-people"));
  const db = await ended(indexedDB.open(`mobilizer-${current}`));
  const all = await ended(db.transaction(name, "readwrite").objectStore(name)[verb]());
  db.close();
  if (whole) return all.map((one) => [...new Uint8Array(one[whole])]);
  return all?.map((one) => ({ ...one, body: undefined, bytes: one.bytes?.byteLength }));
}"""
FULL = """(full) => {
  const put = (window.roomyPut ??= IDBObjectStore.prototype.put);
  IDBObjectStore.prototype.put = function (record) {
    if (full && this.name === "media") throw new DOMException("", "QuotaExceededError");
    return put.call(this, record);
  };
}"""


class FieldPhone:
    """One phone: ``phone.tab`` is its browser's window."""

    def __init__(
        self, window: Window, field: Field, clock: datetime = NOVEMBER, **options: Any
    ) -> None:
        """A phone whose own clock stands there at first, and goes on."""
        self.window, self.field = window, field
        self.tab = window.open(PHONE, locale="en", **options)
        self.tab.context.clock.install(time=clock)

    def signs_in(self, who: int | None = None) -> None:
        """Let her in without typing her password, which other tests do."""
        visitor, site = Page(self.field.site.app), self.field.site
        with site.app.app_context(), clock.at(site.moment or NOVEMBER):
            visitor.sign_in(db.session.get(User, who or self.field.her))
        cookie = visitor.client.get_cookie(COOKIE)
        assert cookie is not None
        self.tab.context.add_cookies([{"name": COOKIE, "value": cookie.value, "url": site.url}])

    def installs(self) -> None:
        """Open the site once with a network: the worker is in control and the pack is there."""
        self.signs_in()
        self.tab.goto("/field/")
        self.is_ready()
        self.waits_until("navigator.serviceWorker.controller")

    def is_ready(self) -> None:
        expect(self.tab.locator("#phone")).to_have_attribute("data-ready", "yes")

    def loses_network(self) -> None:
        for part in NO_NETWORK:
            self.window.expect(part)
        self.tab.context.set_offline(True)

    def finds_network(self) -> None:
        self.tab.context.set_offline(False)

    def sends(self) -> None:
        """Press "send now", where the phone would try by itself later."""
        self.tab.evaluate("dispatchEvent(new Event('online'))")

    def opens(self, address: str = "/field/") -> None:
        self.tab.goto(address)
        self.is_ready()

    def reopens(self, address: str = "/field/") -> None:
        """The window is gone; another one opens."""
        self.tab.close()
        self.tab = self.tab.context.new_page()
        self.opens(address)

    # --- what befalls her phone

    def clears(self, store: str) -> None:
        """A store of the phone is empty all at once."""
        self.tab.evaluate(WITH_STORE, [store, "clear"])

    def is_full(self, *, full: bool = True) -> None:
        """No file finds room any more, as a browser says it; its quota itself cannot be set."""
        self.tab.evaluate(FULL, full)

    def loses_everything(self) -> None:
        """The browser clears what sites keep, as it does where room runs out."""
        kinds = "indexeddb,cache_storage,service_workers"
        asked = {"origin": self.field.site.url, "storageTypes": kinds}
        self.tab.context.new_cdp_session(self.tab).send("Storage.clearDataForOrigin", asked)

    def is_told(self, message: dict[str, str]) -> None:
        """A message comes in, as if from the browser's push service."""
        session = self.tab.context.new_cdp_session(self.tab)
        found: list[Any] = []

        def note(told: Any) -> None:
            found.append(told)

        session.on("ServiceWorker.workerRegistrationUpdated", note)
        session.send("ServiceWorker.enable")
        self.waits_until("(await navigator.serviceWorker.getRegistration())?.active")
        [registration] = found[0]["registrations"]
        session.send(
            "ServiceWorker.deliverPushMessage",
            {
                "origin": self.field.site.url,
                "registrationId": registration["registrationId"],
                "data": json.dumps(message),
            },
        )

    def caches(self) -> list[str]:
        """The caches of the site, each of one build."""
        return list(self.tab.evaluate("caches.keys()"))

    # --- what is counted and looked at

    def counts_taps(self) -> None:
        """From now on, over all pages."""
        self.tab.context.add_init_script(
            "addEventListener('click', (event) => event.isTrusted && localStorage.setItem("
            "'taps', Number(localStorage.getItem('taps')) + 1), true)"
        )

    def counted_taps(self) -> int:
        return int(self.tab.evaluate("localStorage.getItem('taps')"))

    def looks_right(self, address: str) -> None:
        """Accessible in light and dark, and no wider than a small phone."""
        self.tab.set_viewport_size({"width": 360, "height": 4000})
        self.opens(address)
        assert_accessible(self.tab)
        self.tab.emulate_media(color_scheme="dark")
        assert_accessible(self.tab, only=["color-contrast"])
        self.tab.emulate_media(color_scheme="light")
        self.tab.set_viewport_size({"width": 320, "height": 640})
        assert_fits(self.tab)
        assert self.tab.evaluate("document.activeElement.tagName") == "H1"

    def bytes_of_photo(self) -> bytes:
        """What would be sent of the only photo."""
        return bytes(self.tab.evaluate(WITH_STORE, ["media", "getAll", "bytes"])[0])

    # --- what she does

    def card(self, title: str) -> Locator:
        return self.tab.locator("article.todo", has_text=title)

    def taps(self, words: str, *, within: Locator | None = None) -> None:
        place = within or self.tab.locator("#content")
        place.locator(f'a:text-is("{words}"), button:text-is("{words}")').first.click()

    def types(self, label: str, text: str) -> None:
        self.tab.get_by_label(label).first.fill(text)

    def chooses(self, question: str, answer: str) -> None:
        self.tab.get_by_role("group", name=question).get_by_label(answer, exact=True).check()

    def begins(self, title: str) -> None:
        """Open a report that is due."""
        self.card(title).get_by_role("link", name="File November 2026").click()
        self.sees(title)

    def says_the_same(self, title: str) -> None:
        """Two taps from the home screen."""
        self.taps("Same as October 2026", within=self.card(title))
        self.taps("Send to mentor")

    def changes_the_state(self, reason: str = SAID) -> None:
        self.types("Reason for the rating", reason)
        self.taps("Next")
        self.sees("What did you find?")
        self.taps("Next")
        self.sees("Add evidence")

    def files(
        self, title: str, *, link: str = VIDEO, reason: str = SAID, photo: bytes | None = None
    ) -> None:
        """The whole report, beginning at the home screen."""
        self.begins(title)
        self.changes_the_state(reason)
        if photo:
            self.adds_photo(photo)
        if link:
            self.types("Link to a video or page", link)
        self.taps("Next")
        self.sees("None yet." if not (link or photo) else "What changed since")
        self.taps("Send to mentor")
        expect(self.tab.locator("h1")).to_have_text("My month")

    def adds_photo(self, photo: bytes) -> None:
        shown = self.tab.locator("#added li")
        before = shown.count()
        self.tab.locator('input[name="photo"]').set_input_files(
            {"name": "IMG_1.jpg", "mimeType": "image/jpeg", "buffer": photo}
        )
        expect(shown).to_have_count(before + 1)

    # --- what she sees

    def sees(self, words: str) -> None:
        expect(self.tab.locator("body")).to_contain_text(words)

    def line_says(self, words: str) -> None:
        expect(self.tab.locator("#line")).to_contain_text(words)

    def has_received(self, number: int) -> None:
        """So many receipts stand on the phone by now."""
        self.waits_until(f"(await ({WITH_STORE})(['receipts', 'getAll'])).length === {number}")

    def waits_until(self, asked: str) -> None:
        """Until this holds in the window. It may await, as ``wait_for_function`` does not."""
        self.waits_for(lambda: self.tab.evaluate(f"async () => Boolean({asked})"))

    def waits_for(self, happened: Callable[[], bool]) -> None:
        """Until this is so, while the browser goes on."""
        for _ in range(PATIENCE // STEP):
            if happened():
                return
            self.tab.wait_for_timeout(STEP)
        raise AssertionError("waited in vain")

    def kept(self, store: str) -> list[dict[str, Any]]:
        """What stands in one of the stores of whoever was here last."""
        return list(self.tab.evaluate(WITH_STORE, [store, "getAll"]))


def picture(width: int = 2400, height: int = 1800) -> bytes:
    """A photo as a phone takes it: large, and saying where it was."""
    file = BytesIO()
    exif = Image.Exif()
    exif[0x010F] = "SecretPhoneMaker"
    Image.effect_noise((width // 4, height // 4), 60).resize((width, height)).convert("RGB").save(
        file, "JPEG", quality=90, exif=exif
    )
    return file.getvalue()
